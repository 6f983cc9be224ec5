// The picture by keyboard: arrows go to the next node in that direction.
{
  const TURNS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  const next = ([dx, dy]) => {
    const here = H.state.chosen?.what === "node" ? H.state.chosen.number : null;
    if (here === null || !H.nodeOn[here]) return H.ranked.find((n) => H.nodeOn[n]) ?? null;
    const from = H.cyNodes[here].position();
    let best = null, least = Infinity;
    for (const n of H.ranked) {
      if (n === here || !H.nodeOn[n]) continue;
      const to = H.cyNodes[n].position(), [x, y] = [to.x - from.x, to.y - from.y];
      const along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (along <= 0.5 || aside > along * 2) continue;
      if (along + aside * 2 < least) [best, least] = [n, along + aside * 2];
    }
    return best;
  };
  const tell = (n) => {
    const node = H.nodes[n];
    H.say([H.cut(node.name, 60), H.w(`kind.${node.kind}`), node.role ? H.role(node.role) : "", H.w("ui.neighbours", { n: node.ties.length })].filter(Boolean).join(", "));
  };
  const seen = (n) => {
    const spot = H.cyNodes[n].renderedPosition(), box = H.by("stage");
    if (spot.x < 30 || spot.y < 40 || spot.x > box.clientWidth - 30 || spot.y > box.clientHeight - 30) H.cy.center(H.cyNodes[n]);
  };
  const zoom = (by) => H.cy.zoom({ level: H.cy.zoom() * by, renderedPosition: { x: H.cy.width() / 2, y: H.cy.height() / 2 } });

  H.by("graph").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const turn = TURNS[event.key];
    if (turn) {
      event.preventDefault();
      const n = next(turn);
      if (n !== null) { H.choose("node", n); seen(n); tell(n); }
    } else if (event.key === "Enter" && H.state.chosen) H.by("panel").querySelector("h2")?.focus();
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") H.fit();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches?.("input[type=search]");
    if (event.key === "Escape" && !typing) {
      if (H.by("about").open) H.by("about").open = false;
      else if (H.state.near) H.toggleNear();
      else if (H.state.chosen) H.choose(null);
      if (H.state.view === "picture") H.by("graph").focus();
    } else if (typing) return;
    else if (event.key === "/") { event.preventDefault(); H.by("find").focus(); }
    else if (event.key === "n" || event.key === "N") H.toggleNear();
  });
}
