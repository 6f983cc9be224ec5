// The legend: what each sign means, how often it stands here, and a switch to hide it.
{
  const counted = (items, of) => {
    const counts = new Map();
    for (const item of items) {
      const key = of(item);
      if (key) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  };
  const row = (table, key, name, n, mark) => {
    const box = H.el("input", { type: "checkbox", checked: !H.state.off[table].has(key),
      "data-table": table, "data-key": key, on: { change: (event) => {
        if (event.target.checked) H.state.off[table].delete(key);
        else H.state.off[table].add(key);
        H.filter();
      } } });
    box.checked = !H.state.off[table].has(key);
    return H.el("li", {}, H.el("label", {}, box, mark, H.el("span", {}, name), H.el("span", { class: "n" }, n)));
  };
  const head = (word, table, keys) => {
    const all = (on) => () => {
      H.state.off[table] = new Set(on ? [] : keys);
      H.filter();
      draw();
    };
    const named = (key) => ({ type: "button", "aria-label": `${H.w(word)}: ${H.w(key)}` });
    return H.el("h2", {}, H.el("span", {}, H.w(word)),
      H.el("button", { ...named("ui.all"), on: { click: all(true) } }, H.w("ui.all")),
      H.el("button", { ...named("ui.none"), on: { click: all(false) } }, H.w("ui.none")));
  };
  const byCount = (counts) => [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const GREY = { colour: "#9aa0a8", shape: "round" };

  const kinds = () => {
    const rows = byCount(counted(H.nodes, (node) => node.kind));
    const sign = (kind) => (H.state.colour === "kind" ? H.data.signs.kind[kind] ?? GREY : GREY);
    return [head("ui.kinds", "kind", rows.map(([key]) => key)), H.el("ul", {}, ...rows.map(([key, n]) =>
      row("kind", key, H.w(`kind.${key}`), n, H.sign(sign(key)))))];
  };
  const roles = () => {
    const counts = counted(H.nodes, H.roleOf);
    const layer = (code) => H.nodes.find((node) => node.role === code)?.layer ?? 8;
    const rows = [...counts].sort((a, b) => layer(a[0]) - layer(b[0]) || b[1] - a[1]);
    if (!rows.length) return [];
    let last = null;
    const items = rows.flatMap(([code, n]) => {
      const at = layer(code), sign = H.state.colour === "role" ? H.data.signs.layer[at] : GREY;
      const title = at === last || code === "-" ? [] : [H.el("li", { class: "layer" }, H.w(`layer.${at}`))];
      last = at;
      return [...title, row("role", code, H.role(code), n, H.sign(sign))];
    });
    return [head("ui.roles", "role", rows.map(([key]) => key)), H.el("ul", {}, ...items)];
  };
  const ties = () => {
    const rows = byCount(counted(H.edges, (edge) => edge.relation));
    if (!rows.length) return [];
    return [head("ui.ties", "tie", rows.map(([key]) => key)), H.el("ul", {}, ...rows.map(([key, n]) =>
      row("tie", key, H.w(`tie.${key}`), n, H.stroke(H.tieColour(key), []))))];
  };
  const modalities = () => {
    const rows = byCount(counted(H.edges, (edge) => edge.modality));
    if (!rows.length) return [];
    return [head("ui.modality", "modality", rows.map(([key]) => key)), H.el("ul", {}, ...rows.map(([key, n]) =>
      row("modality", key, H.w(`modality.${key}`), n, H.stroke("#7d8590", H.DASHES[key] ?? []))))];
  };
  const whole = () => {
    const box = H.el("input", { type: "checkbox", id: "lone", on: { change: (event) => {
      H.state.lone = event.target.checked;
      H.filter();
    } } });
    box.checked = H.state.lone;
    return [H.el("div", { class: "whole" }, H.el("label", {}, box, H.el("span", {}, H.w("ui.lone"))),
      H.el("button", { type: "button", id: "reset", on: { click: H.reset } }, H.w("ui.reset")))];
  };
  const draw = () => {
    const held = document.activeElement?.dataset ?? {};
    const order = H.state.colour === "kind" ? [...kinds(), ...roles()] : [...roles(), ...kinds()];
    H.by("legend").replaceChildren(...order, ...ties(), ...modalities(), ...whole());
    if (held.key) document.querySelector(`#legend input[data-table="${held.table}"][data-key="${CSS.escape(held.key)}"]`)?.focus();
  };
  for (const name of ["language", "look", "colour", "reset"]) H.on(name, draw);
}
