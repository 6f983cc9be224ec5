// The same data as tables, for those who cannot see the picture.
{
  const PAGE = 250;
  const home = H.by("table");
  const state = { nodes: { by: "degree", down: true, rows: PAGE }, ties: { by: "source", down: false, rows: PAGE } };
  const name = (n) => H.cut(H.nodes[n].name, 80);
  const NODE = [["name", (n) => name(n)], ["kind", (n) => H.w(`kind.${H.nodes[n].kind}`)],
    ["role", (n) => (H.nodes[n].role ? H.role(H.nodes[n].role) : "")], ["layer", (n) => H.w(`layer.${H.nodes[n].layer}`)],
    ["degree", (n) => H.nodes[n].ties.length], ["first", (n) => H.day(H.nodes[n].first)],
    ["last", (n) => H.day(H.nodes[n].last)], ["id", (n) => H.nodes[n].id]];
  const TIE = [["source", (n) => name(H.edges[n].source)], ["relation", (n) => H.w(`tie.${H.edges[n].relation}`)],
    ["target", (n) => name(H.edges[n].target)], ["known", (n) => H.w(`modality.${H.edges[n].modality}`)],
    ["confidence", (n) => H.edges[n].confidence?.toFixed(2) ?? ""], ["first", (n) => H.day(H.edges[n].first)],
    ["last", (n) => H.day(H.edges[n].last)]];
  const NUMBERS = new Set(["degree", "confidence"]);

  const sorted = (rows, columns, { by, down }) => {
    const of = columns.find(([key]) => key === by)[1];
    const order = new Intl.Collator(H.state.lang, { numeric: true });
    const compare = (a, b) => order.compare(String(of(a)), String(of(b)));
    return [...rows].sort((a, b) => (down ? compare(b, a) : compare(a, b)) || a - b);
  };
  const table = (what, word, columns, on, open) => {
    const view = state[what], rows = sorted([...on.keys()].filter((n) => on[n]), columns, view);
    const turn = (key) => () => {
      Object.assign(view, { down: view.by === key ? !view.down : NUMBERS.has(key), by: key });
      draw(`${what}-${key}`);
    };
    const heads = columns.map(([key]) => H.el("th", { scope: "col", class: NUMBERS.has(key) ? "num" : "",
      "aria-sort": view.by !== key ? "none" : view.down ? "descending" : "ascending" },
    H.el("button", { type: "button", id: `${what}-${key}`, on: { click: turn(key) } }, H.w(`ui.${key}`) + (view.by === key ? (view.down ? " ↓" : " ↑") : ""))));
    const body = rows.slice(0, view.rows).map((n) => H.el("tr", { "data-n": n }, ...columns.map(([key, of], at) => (at === 0
      ? H.el("th", { scope: "row" }, H.el("button", { type: "button", on: { click: () => open(n) } }, of(n)))
      : H.el("td", { class: NUMBERS.has(key) ? "num" : key === "id" ? "id" : "" }, of(n))))));
    const left = rows.length - body.length;
    const more = left > 0 ? H.el("button", { type: "button", on: { click: () => { view.rows += PAGE; draw(); } } }, H.w("ui.table.more", { n: Math.min(PAGE, left) })) : null;
    return [H.el("table", {}, H.el("caption", {}, `${H.w(word)}: ${rows.length}`), H.el("thead", {}, H.el("tr", {}, ...heads)), H.el("tbody", {}, ...body)), more].filter(Boolean);
  };
  const draw = (focus) => {
    if (H.state.view !== "table") return;
    home.replaceChildren(
      ...table("nodes", "ui.table.nodes", NODE, H.nodeOn, (n) => H.choose("node", n)),
      ...table("ties", "ui.table.ties", TIE, H.edgeOn, (n) => H.choose("edge", n)));
    if (typeof focus === "string") H.by(focus)?.focus();
  };
  H.on("view", () => {
    const picture = H.state.view === "picture";
    H.by("stage").hidden = !picture;
    home.hidden = picture;
    if (picture) H.cy.resize();
    draw();
  });
  for (const event of ["filtered", "language"]) H.on(event, () => draw());
}
