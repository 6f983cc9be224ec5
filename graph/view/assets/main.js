// Puts the parts together.
{
  const pressed = () => {
    for (const [name, key] of [["layout", "layout"], ["colour", "colour"], ["view", "view"]]) {
      for (const each of document.querySelectorAll(`[data-${name}]`)) {
        if (each.matches("button")) each.setAttribute("aria-pressed", String(each.dataset[key] === H.state[key]));
      }
    }
  };
  for (const name of ["layout", "colour", "view"]) {
    for (const each of document.querySelectorAll(`button[data-${name}]`)) {
      each.addEventListener("click", () => {
        H.state[name] = each.dataset[name];
        pressed();
        H.emit(name);
      });
    }
  }
  const about = () => {
    H.by("title").textContent = H.by("title").title = H.text(H.data.title);
    const tlp = H.by("tlp");
    tlp.hidden = !H.data.tlp;
    tlp.textContent = `TLP:${H.data.tlp}`;
    tlp.dataset.tlp = H.data.tlp;
    const own = [H.w("ui.caution"), H.w("ui.placed"), H.w("ui.zone", { zone: H.data.zone }), H.w("ui.keys"), `heichan ${H.data.version}`];
    H.by("stamp").replaceChildren(...[...own, ...H.data.about].map((line) => H.el("p", {}, line)));
  };
  H.on("language", about);

  const tip = H.by("tip");
  H.on("hover", (each, spot) => {
    tip.hidden = !each;
    if (!each) return;
    tip.textContent = each.isNode() ? ofNode(H.nodes[each.data("n")]) : ofEdge(H.edges[each.data("n")]);
    const x = Math.min(spot.x + 14, H.cy.width() - 240), y = Math.min(spot.y + 14, H.cy.height() - 60);
    tip.style.left = `${Math.max(4, x)}px`;
    tip.style.top = `${Math.max(4, y)}px`;
  });
  const ofNode = (node) => [H.cut(node.name, 120), [H.w(`kind.${node.kind}`), node.role ? `${H.role(node.role)} (${H.w(`basis.${node.roles.find((role) => role[0] === node.role)?.[1]}`)})` : ""].filter(Boolean).join(" · ")].join("\n");
  const ofEdge = (edge) => `${H.w(`tie.${edge.relation}`)} · ${H.w(`modality.${edge.modality}`)}`;

  H.by("near").addEventListener("click", H.toggleNear);
  H.by("fit").addEventListener("click", () => H.fit());
  H.by("look").addEventListener("click", () => { H.state.look = H.dark() ? "light" : "dark"; H.emit("look"); });
  H.by("language").addEventListener("click", () => { H.state.lang = H.state.lang === "zh" ? "en" : "zh"; H.emit("language"); });
  H.on("chosen", () => { H.by("near").disabled = !H.state.chosen; });

  H.start();
  H.startPaint();
  pressed();
  H.by("near").disabled = true;
  H.emit("language");
  H.emit("look");
  H.filter();
  H.fit();
  document.documentElement.dataset.ready = "1";
}
