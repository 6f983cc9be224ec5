// What is visible: kinds, roles, ties, how they are known, time, neighbours.
{
  H.nodeOn = new Uint8Array(H.nodes.length).fill(1);
  H.edgeOn = new Uint8Array(H.edges.length).fill(1);

  const dated = (one) => one.first !== null || one.last !== null;
  const inTime = (one) => {
    const { from, to } = H.state;
    if (from === null || !dated(one)) return true;
    return (one.first ?? one.last) <= to && (one.last ?? one.first) >= from;
  };
  const kept = () => {
    const { chosen, near } = H.state;
    if (!near || !chosen) return null;
    return H.around(chosen);
  };
  // A node with what it is tied to, or the two ends of a tie.
  H.around = (chosen) => {
    if (chosen.what === "edge") {
      const edge = H.edges[chosen.number];
      return new Set([edge.source, edge.target]);
    }
    const all = new Set([chosen.number]);
    for (const number of H.nodes[chosen.number].ties) {
      all.add(H.edges[number].source).add(H.edges[number].target);
    }
    return all;
  };
  const nodeFits = (node, n, only) => {
    const { off } = H.state;
    return !off.kind.has(node.kind) && !off.role.has(H.roleOf(node)) && inTime(node) && (!only || only.has(n));
  };
  const edgeFits = (edge) => {
    const { off } = H.state;
    return !off.tie.has(edge.relation) && !off.modality.has(edge.modality) && inTime(edge);
  };
  const tie = () => H.edges.forEach((edge, n) => {
    H.edgeOn[n] = H.edgeFit[n] && H.nodeOn[edge.source] && H.nodeOn[edge.target] ? 1 : 0;
  });
  const alone = (node) => !node.ties.some((n) => H.edgeOn[n]);

  H.filter = () => {
    const only = kept();
    H.nodes.forEach((node, n) => { H.nodeOn[n] = nodeFits(node, n, only) ? 1 : 0; });
    H.edgeFit = H.edges.map(edgeFits);
    if (H.state.near && H.state.chosen?.what === "node") {
      H.edges.forEach((edge, n) => { H.edgeFit[n] &&= only.has(edge.source) && only.has(edge.target); });
    }
    tie();
    const narrow = H.state.from !== null && H.narrowed();
    H.nodes.forEach((node, n) => {
      const floats = narrow && !dated(node) && node.ties.length > 0;
      const chosen = H.state.chosen?.what === "node" && H.state.chosen.number === n;
      if (H.nodeOn[n] && !chosen && (floats || H.state.lone) && alone(node)) H.nodeOn[n] = 0;
    });
    tie();
    show();
  };
  // What was shown last: only what changes costs the library anything.
  const seen = { nodes: new Uint8Array(H.nodes.length).fill(1), edges: new Uint8Array(H.edges.length).fill(1) };
  const mark = (all, on, was) => all.forEach((each, n) => {
    if (on[n] === was[n]) return;
    each.toggleClass("off", !on[n]);
    was[n] = on[n];
  });
  const show = () => {
    H.cy.batch(() => {
      mark(H.cyNodes, H.nodeOn, seen.nodes);
      mark(H.cyEdges, H.edgeOn, seen.edges);
    });
    count();
    H.emit("filtered");
  };
  const sum = (bits) => bits.reduce((all, bit) => all + bit, 0);
  const count = () => {
    const nodes = sum(H.nodeOn);
    H.by("count").textContent = H.w("ui.shown", { n: nodes, all: H.nodes.length, m: sum(H.edgeOn), ties: H.edges.length });
    H.by("empty").hidden = nodes > 0;
  };
  H.on("language", () => H.cy && count());

  // What is chosen stands out, the rest steps back.
  H.lift = () => {
    const { chosen, near } = H.state;
    H.closeTo = chosen && !near ? H.around(chosen) : null;
    const own = (n) => chosen && (chosen.what === "edge" ? n === chosen.number
      : H.edges[n].source === chosen.number || H.edges[n].target === chosen.number);
    H.cy.batch(() => {
      H.cyNodes.forEach((each, n) => each.toggleClass("far", Boolean(H.closeTo) && !H.closeTo.has(n)));
      H.cyEdges.forEach((each, n) => {
        each.toggleClass("far", Boolean(H.closeTo) && !own(n));
        each.toggleClass("close", Boolean(own(n)));
      });
    });
  };
  H.choose = (what, number) => {
    H.state.chosen = what === null ? null : { what, number };
    if (!H.state.chosen) H.state.near = false;
    H.by("near").setAttribute("aria-pressed", String(H.state.near));
    if (H.state.near) H.filter();
    else if (H.wasNear) H.filter();
    H.wasNear = H.state.near;
    H.lift();
    H.emit("chosen");
  };
  H.toggleNear = () => {
    if (!H.state.chosen) return;
    H.state.near = !H.state.near;
    H.wasNear = H.state.near;
    H.by("near").setAttribute("aria-pressed", String(H.state.near));
    H.filter();
    H.lift();
    H.fit(H.state.near ? H.cy.nodes().not(".off") : undefined);
  };
  H.reset = () => {
    for (const set of Object.values(H.state.off)) set.clear();
    H.state.lone = H.state.near = H.wasNear = false;
    H.wholeTime?.();
    H.by("near").setAttribute("aria-pressed", "false");
    H.filter();
    H.lift();
    H.emit("reset");
  };
}
