// The panel: what is claimed of the chosen node or tie, and the words behind it.
{
  const TIES = 40;
  const panel = H.by("panel");
  const section = (word, put, ...inside) => (inside.flat().filter(Boolean).length
    ? [H.el("h3", {}, H.w(word, put)), ...inside.flat().filter(Boolean)] : []);

  const quote = (n) => {
    const said = H.data.quotes[n];
    const told = [said.time, said.sender, said.venue].filter(Boolean).join(" · ");
    return H.el("blockquote", { class: "quote" },
      H.el("p", { dir: "auto" }, said.text + (said.cut ? "…" : "")),
      H.el("footer", {}, told, H.el("div", { class: "id" }, said.post)));
  };
  const evidence = (one) => {
    const shown = one.quotes.length;
    const words = shown === 0 ? H.w("ui.evidence.none", { id: one.id })
      : one.posts > shown ? H.w("ui.evidence.some", { n: shown, all: one.posts, id: one.id }) : "";
    return section("ui.evidence", {}, ...one.quotes.map(quote), words ? H.el("p", { class: "note" }, words) : null);
  };
  const properties = (one) => section("ui.properties", {}, one.props.length ? H.el("dl", {}, ...one.props.flatMap(
    ([name, value]) => [H.el("dt", {}, H.w(`prop.${name}`)), H.el("dd", {}, value)])) : null);

  const claim = ([code, basis, since, until, acts, days]) => {
    const span = since ? `${since} – ${until || "…"}` : "";
    const act = acts ? H.w("ui.acts", { n: acts, days }) : "";
    return H.el("li", {}, H.el("b", {}, H.role(code)), ` (${H.w(`basis.${basis}`)})`,
      H.el("span", {}, [span, act].filter(Boolean).join(" · ")));
  };
  const why = (pairs) => H.el("ul", { class: "why" }, ...pairs.map((pair) => H.el("li", {}, H.told(pair))));
  const passed = ({ head, sides }) => H.el("ul", { class: "why" }, H.el("li", {}, H.told(head), why(sides)));
  const broker = (node) => {
    const { badge } = node;
    if (!badge) return [];
    const both = badge.passed.length ? H.el("details", { class: "both" }, H.el("summary", {}, H.w("ui.both")),
      ...badge.passed.map(passed), H.el("p", { class: "note" }, H.told(badge.composed))) : null;
    return [H.el("h3", {}, H.el("span", { class: "badge" }, H.w("ui.broker", { n: badge.rank }))), why(badge.reasons),
      both, H.el("p", { class: "note" }, H.w("lead"))].filter(Boolean);
  };

  const link = (number, own) => {
    const edge = H.edges[number], out = edge.source === own;
    const other = H.nodes[out ? edge.target : edge.source];
    const told = [H.w(`modality.${edge.modality}`), product(edge), dates(edge)].filter(Boolean).join(" · ");
    return H.el("li", {}, H.el("button", { type: "button", on: { click: () => H.choose("edge", number) } },
      H.el("span", { "aria-hidden": "true" }, out ? "→" : "←"),
      H.el("span", {}, `${H.w(`tie.${edge.relation}`)} ${H.w(out ? "ui.to" : "ui.from")} ${H.cut(other.name, 40)}`, H.el("small", {}, told))));
  };
  const product = (edge) => edge.props.find(([name]) => name === "product")?.[1].replace(/^[a-z]+:/, "").replaceAll("_", " ") ?? "";
  const dates = (one) => [...new Set([H.day(one.first), H.day(one.last)])].filter(Boolean).join(" – ");
  const neighbours = (number) => {
    const ties = H.nodes[number].ties.filter((n) => H.edgeOn[n]).sort((a, b) =>
      H.edges[b].weight - H.edges[a].weight || a - b);
    const more = ties.length > TIES ? H.el("p", { class: "note" }, H.w("ui.more", { n: ties.length - TIES })) : null;
    return section("ui.neighbours", { n: ties.length }, ties.length
      ? H.el("ul", { class: "ties" }, ...ties.slice(0, TIES).map((n) => link(n, number))) : null, more);
  };

  const head = (...more) => H.el("div", { class: "head" }, ...more,
    H.el("button", { type: "button", id: "close", on: { click: () => { H.choose(null); H.by("graph").focus(); } } }, `✕ ${H.w("ui.close")}`));
  const ofNode = (number) => {
    const node = H.nodes[number];
    const near = H.el("button", { type: "button", "aria-pressed": String(H.state.near), on: { click: () => { H.toggleNear(); H.emit("chosen"); } } }, H.w("ui.near"));
    const centre = H.el("button", { type: "button", on: { click: () => H.centre(number) } }, H.w("ui.centre"));
    return [head(near, centre), H.el("div", { class: "sort" }, H.sign(H.signOf(node)), H.el("span", {}, H.w(`kind.${node.kind}`)), H.el("span", {}, dates(node))),
      H.el("h2", { tabindex: "-1", dir: "auto" }, node.name), H.el("div", { class: "id" }, node.id),
      ...section("ui.claimed", {}, node.roles.length ? H.el("ul", { class: "claims" }, ...node.roles.map(claim)) : null),
      ...broker(node), ...evidence(node), ...neighbours(number), ...properties(node)];
  };
  const end = (word, number) => H.el("li", {}, H.el("button", { type: "button", on: { click: () => { H.choose("node", number); H.centre(number); } } },
    H.el("span", { "aria-hidden": "true" }, word === "ui.source" ? "•" : "→"), H.el("span", {}, H.cut(H.nodes[number].name, 60), H.el("small", {}, H.w(`kind.${H.nodes[number].kind}`)))));
  const ofEdge = (number) => {
    const edge = H.edges[number];
    const sure = edge.confidence === null ? "" : `${H.w("ui.confidence")} ${edge.confidence.toFixed(2)}`;
    return [head(), H.el("div", { class: "sort" }, H.stroke(H.tieColour(edge.relation), H.DASHES[edge.modality] ?? []), H.el("span", {}, H.w(`modality.${edge.modality}`)), H.el("span", {}, sure)),
      H.el("h2", { tabindex: "-1" }, H.w(`tie.${edge.relation}`)), H.el("div", { class: "id" }, edge.id),
      H.el("ul", { class: "ties" }, end("ui.source", edge.source), end("ui.target", edge.target)),
      ...evidence(edge), ...properties(edge)];
  };
  const draw = () => {
    const { chosen } = H.state;
    panel.hidden = !chosen;
    if (!chosen) return;
    panel.replaceChildren(...(chosen.what === "node" ? ofNode(chosen.number) : ofEdge(chosen.number)));
    panel.scrollTop = 0;
    panel.setAttribute("aria-label", chosen.what === "node" ? H.cut(H.nodes[chosen.number].name, 60) : H.w("ui.relation"));
  };
  H.on("chosen", draw);
  H.on("language", draw);
}
