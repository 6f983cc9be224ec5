// Search in names, ids, roles and quotes.
{
  const MOST = 30, CLEAR = 0.55;
  const box = H.by("find"), list = H.by("hits");
  let texts = null, at = -1, waiting = 0;
  H.hits = [];

  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const read = () => H.nodes.map((node) => [
    fold(`${node.name}\n${node.id}`),
    fold([...node.roles.map((role) => `${role[0]} ${H.data.words[`role.${role[0]}`]?.join(" ") ?? ""}`),
      ...node.quotes.map((n) => H.data.quotes[n].text), ...node.props.map((pair) => pair[1])].join("\n"))]);

  const search = () => {
    texts ??= read();
    const wanted = fold(box.value.trim());
    const found = wanted ? H.ranked.filter((n) => texts[n].some((text) => text.includes(wanted))) : [];
    found.sort((a, b) => texts[b][0].includes(wanted) - texts[a][0].includes(wanted));
    H.hits = found;
    at = -1;
    show(wanted);
    H.repaint(true);
  };
  const show = (wanted) => {
    list.replaceChildren(...H.hits.slice(0, MOST).map((n, row) => item(n, row)));
    if (wanted) {
      const text = H.hits.length ? H.w("ui.found", { n: H.hits.length }) : H.w("ui.nothing");
      list.prepend(H.el("li", { role: "presentation" }, H.el("small", {}, text)));
      H.say(text);
    }
    list.hidden = !wanted;
    box.setAttribute("aria-expanded", String(Boolean(wanted)));
    box.removeAttribute("aria-activedescendant");
  };
  const item = (n, row) => {
    const node = H.nodes[n];
    const told = [H.w(`kind.${node.kind}`), node.role ? H.role(node.role) : "", H.cut(node.id, 60)].filter(Boolean);
    return H.el("li", { role: "option", id: `hit${row}`, "data-n": n, "aria-selected": "false",
      on: { mousedown: (event) => { event.preventDefault(); go(n); } } },
    H.cut(node.name, 80), H.el("small", {}, told.join(" · ")));
  };
  const go = (n) => {
    if (!H.nodeOn[n]) H.reset();
    H.choose("node", n);
    H.centre(n);
    close();
    (H.state.view === "picture" ? H.by("graph") : H.by("panel").querySelector("h2")).focus();
  };
  const close = () => {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
  };
  const step = (by) => {
    const rows = [...list.querySelectorAll("[role=option]")];
    if (!rows.length) return;
    at = (at + by + rows.length) % rows.length;
    rows.forEach((each, n) => each.setAttribute("aria-selected", String(n === at)));
    rows[at].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", rows[at].id);
  };
  H.centre = (n) => {
    if (H.state.view !== "picture") return;
    H.resize();
    const spot = H.cyNodes[n].renderedPosition(), [wide, high] = [H.cy.width(), H.cy.height()];
    const seen = spot.x > 40 && spot.y > 50 && spot.x < wide - 40 && spot.y < high - 50;
    if (seen && H.cy.zoom() >= CLEAR) return;
    if (H.cy.zoom() < CLEAR) H.cy.zoom(CLEAR);
    H.cy.center(H.cyNodes[n]);
  };
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 100);
  });
  box.addEventListener("blur", close);
  box.addEventListener("focus", () => { if (box.value.trim()) list.hidden = false; });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      const row = list.querySelector("[aria-selected=true]") ?? list.querySelector("[role=option]");
      if (row && !list.hidden) go(Number(row.dataset.n));
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (box.value) { box.value = ""; search(); } else H.by("graph").focus();
    }
  });
}
