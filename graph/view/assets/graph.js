// The library's canvas: what is drawn, where, and by what sign.
{
  // Above PLAIN ties no arrow can be told from the next, and the library draws lines far faster.
  const MANY = 800, PLAIN = 4000;
  const NS = "http://www.w3.org/2000/svg";
  const many = H.nodes.length > MANY || H.edges.length > 2 * MANY;
  const widest = Math.max(1, ...H.edges.map((edge) => edge.weight));

  const place = (node) => (H.state.layout === "chain"
    ? { x: node.cx, y: node.cy } : { x: node.x * H.stretch, y: node.y * H.stretch });
  H.place = place;
  // Forces are laid out for Gephi's larger units; a screen wants names to have room.
  H.stretch = 2.6;
  H.many = many;
  const size = (node) => (many ? 13 : 9) + 2.6 * Math.sqrt(node.ties.length);
  H.sizeOf = size;

  const signed = (node) => (H.state.colour === "kind" ? `kind-${node.kind}` : `layer-${node.role ? node.layer : 8}`);
  const elements = () => [
    ...H.nodes.map((node, number) => ({ group: "nodes", position: place(node), classes: signed(node),
      data: { id: `n${number}`, n: number, size: 2 * size(node) } })),
    ...H.edges.map((edge, number) => ({ group: "edges", classes: `m-${edge.modality}`,
      data: { id: `e${number}`, n: number, source: `n${edge.source}`, target: `n${edge.target}`,
        width: 1 + 3 * Math.log1p(edge.weight - 1) / Math.log1p(widest), colour: edge.relation } })),
  ];

  H.style = (light) => {
    const ink = H.ink(light);
    const tables = { kind: H.data.signs.kind, layer: H.data.signs.layer };
    const signs = Object.entries(tables).flatMap(([table, rows]) =>
      Object.entries(rows).map(([key, sign]) => ({ selector: `node.${table}-${key}`, style: {
        "background-color": H.tone(sign.colour, light), ...shape(sign.shape) } })));
    const ties = Object.keys(H.data.signs.tie).map((key) => ({ selector: `edge[colour = "${key}"]`,
      style: { "line-color": H.tone(H.tieColour(key), light),
        "target-arrow-color": H.tone(H.tieColour(key), light) } }));
    const grey = H.tone(H.data.signs.tie.other.colour, light);
    return [
      { selector: "node", style: { width: "data(size)", height: "data(size)", "border-width": 1.5,
        "border-color": ink.rim, "background-color": "#7d8590", "overlay-opacity": 0 } },
      ...signs,
      { selector: "edge", style: { width: "data(width)", opacity: ink.edge, "line-color": grey,
        "target-arrow-color": grey, "target-arrow-shape": "triangle", "arrow-scale": 0.9,
        "curve-style": H.edges.length > PLAIN ? "haystack" : many ? "straight" : "bezier", "control-point-step-size": 26,
        "overlay-opacity": 0 } },
      ...ties,
      { selector: "edge.m-claimed", style: { "line-style": "dashed", "line-dash-pattern": [7, 4] } },
      { selector: "edge.m-derived", style: { "line-style": many ? "solid" : "dashed", "line-dash-pattern": [3, 3] } },
      { selector: ".far", style: { opacity: 0.27 } },
      { selector: "edge.close", style: { opacity: 0.95, "z-index": 2 } },
      { selector: ".off", style: { display: "none" } },
    ];
  };
  const shape = (name) => (H.CORNERS[name]
    ? { shape: "polygon", "shape-polygon-points": H.CORNERS[name].join(" ") }
    : { shape: name === "round" ? "round-rectangle" : "ellipse" });

  H.start = () => {
    H.cy = cytoscape({ container: H.by("graph"), elements: elements(), style: H.style(),
      layout: { name: "preset", fit: false }, minZoom: 0.02, maxZoom: 5, boxSelectionEnabled: false,
      selectionType: "single", autounselectify: true, hideEdgesOnViewport: H.edges.length > 6000,
      textureOnViewport: many, pixelRatio: many ? 1 : "auto" });
    H.cyNodes = H.nodes.map((node, number) => H.cy.getElementById(`n${number}`));
    H.cyEdges = H.edges.map((edge, number) => H.cy.getElementById(`e${number}`));
    H.cy.on("tap", (event) => {
      if (event.target === H.cy) H.choose(null);
      else H.choose(event.target.isNode() ? "node" : "edge", event.target.data("n"));
    });
    H.cy.on("scrollzoom dragpan pinchzoom", () => { fitted = false; });
    H.cy.on("mouseover", "node, edge", (event) => H.emit("hover", event.target, event.renderedPosition));
    H.cy.on("mouseout", "node, edge", () => H.emit("hover", null));
  };
  H.paintSigns = () => H.cy.batch(() => H.nodes.forEach((node, number) => H.cyNodes[number].classes(
    [signed(node), ...["off", "far"].filter((name) => H.cyNodes[number].hasClass(name))])));
  H.fit = (some) => {
    const shown = some ?? H.cy.nodes().not(".off");
    if (shown.length) H.cy.viewport(H.frame(shown, H.cy.width(), H.cy.height(), Boolean(some)));
    fitted = true;
  };
  // Who has not moved the picture keeps all of it in sight when the panel takes its room.
  let fitted = true;
  H.resize = () => {
    const before = H.cy.width();
    H.cy.resize();
    if (fitted && H.cy.width() && H.cy.width() !== before) H.fit(H.state.near ? H.cy.nodes().not(".off") : undefined);
  };
  // Zoom and pan by which a part fills the window, its bands and names with it.
  H.frame = (shown, width, height, part) => {
    // The library's own bounding box costs seconds where there are thousands of ties.
    const box = { x1: Infinity, x2: -Infinity, y1: Infinity, y2: -Infinity }, last = H.data.bands.at(-1);
    shown.forEach((each) => {
      if (!each.isNode()) return;
      const { x, y } = each.position(), size = H.sizeOf(H.nodes[each.data("n")]);
      box.x1 = Math.min(box.x1, x - size);
      box.x2 = Math.max(box.x2, x + size);
      box.y1 = Math.min(box.y1, y - size);
      box.y2 = Math.max(box.y2, y + size);
    });
    let [left, right] = [box.x1, box.x2];
    const chain = H.state.layout === "chain";
    if (chain && !part) [left, right] = [Math.min(0, left), Math.max(last.x + last.width, right)];
    const [side, top, foot] = [chain && !part ? 4 : 60, chain ? 56 : 34, 48];
    const level = Math.min(1.5, (width - 2 * side) / (right - left), (height - top - foot) / (box.y2 - box.y1 || 1));
    return { zoom: level, pan: { x: width / 2 - (left + right) / 2 * level,
      y: top + (height - top - foot) / 2 - (box.y1 + box.y2) / 2 * level } };
  };
  H.on("layout", () => {
    const calm = many || matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (calm) {
      H.cy.batch(() => H.nodes.forEach((node, number) => H.cyNodes[number].position(place(node))));
      H.fit();
    } else {
      const run = H.cy.layout({ name: "preset", positions: (each) => place(H.nodes[each.data("n")]),
        fit: false, animate: true, animationDuration: 450 });
      run.one("layoutstop", () => H.fit());
      run.run();
    }
  });
  // A style for thousands of elements takes seconds: none that is there already.
  let dark = H.dark();
  H.on("look", () => {
    if (H.dark() === dark) return;
    dark = H.dark();
    H.cy.style(H.style());
  });
  H.on("colour", () => { H.paintSigns(); });

  // Legend signs as small drawings: attributes, since the policy allows no style of an element.
  H.sign = (sign, light) => {
    const drawing = document.createElementNS(NS, "svg");
    for (const [name, value] of [["width", 15], ["height", 15], ["viewBox", "-1.2 -1.2 2.4 2.4"], ["aria-hidden", "true"]]) drawing.setAttribute(name, value);
    const corners = H.CORNERS[sign.shape];
    const tag = corners ? "polygon" : sign.shape === "round" ? "rect" : "circle";
    const part = document.createElementNS(NS, tag);
    const set = corners ? { points: corners.join(" ") } : tag === "rect"
      ? { x: -0.9, y: -0.7, width: 1.8, height: 1.4, rx: 0.5 } : { r: 1 };
    for (const [name, value] of Object.entries({ ...set, fill: H.tone(sign.colour, light) })) part.setAttribute(name, value);
    drawing.append(part);
    return drawing;
  };
  H.stroke = (colour, dashes) => {
    const drawing = document.createElementNS(NS, "svg");
    for (const [name, value] of [["width", 26], ["height", 12], ["aria-hidden", "true"]]) drawing.setAttribute(name, value);
    const line = document.createElementNS(NS, "line");
    for (const [name, value] of Object.entries({ x1: 1, y1: 6, x2: 25, y2: 6, "stroke-width": 2.2,
      stroke: H.tone(colour), "stroke-dasharray": dashes.join(" ") })) line.setAttribute(name, value);
    drawing.append(line);
    return drawing;
  };
}
