// Data, state, events, and the one way from data to the document: text, never markup.
{
  const data = JSON.parse(document.getElementById("data").textContent);
  const HIDDEN = new RegExp("[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e" +
    "\\u200b\\u200c\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff\\ufff9-\\ufffb]", "g");

  H.data = data;
  H.nodes = data.nodes;
  H.edges = data.edges;
  H.state = {
    lang: navigator.language?.toLowerCase().startsWith("zh") ? "zh" : "en",
    look: null, layout: "chain", colour: "kind", view: "picture",
    chosen: null, near: false, lone: false,
    off: { kind: new Set(), role: new Set(), tie: new Set(), modality: new Set() },
    from: null, to: null,
  };

  for (const node of H.nodes) {
    for (const [name, empty] of [["roles", []], ["props", []], ["quotes", []],
      ["role", ""], ["posts", 0], ["badge", null], ["first", null], ["last", null]]) node[name] ??= empty;
    node.ties = [];
    node.rank = node.badge?.rank ?? 0;
  }
  H.edges.forEach((edge, number) => {
    for (const [name, empty] of [["props", []], ["quotes", []], ["posts", 0], ["first", null],
      ["last", null], ["confidence", null]]) edge[name] ??= empty;
    H.nodes[edge.source].ties.push(number);
    if (edge.source !== edge.target) H.nodes[edge.target].ties.push(number);
  });
  const HOLDERS = new Set(["Account", "Actor", "Syndicate"]);
  // Where all are people, their kinds say nothing.
  if (H.nodes.filter((node) => HOLDERS.has(node.kind)).length > H.nodes.length / 2) H.state.colour = "role";
  // The role by which a legend filters: none for what holds no role at all.
  H.roleOf = (node) => node.role || (HOLDERS.has(node.kind) ? "-" : "");

  const listeners = {};
  H.on = (name, listener) => (listeners[name] ??= []).push(listener);
  H.emit = (name, ...told) => (listeners[name] ?? []).forEach((listener) => listener(...told));

  // What turns the direction of a line, and what nobody sees, is shown by its code point.
  H.text = (value) => String(value).replace(HIDDEN, (sign) =>
    `⟦U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟧`);
  H.cut = (value, most) => {
    const text = H.text(value.slice(0, most * 4));
    const signs = [...text];
    return signs.length > most ? `${signs.slice(0, most - 1).join("")}…` : text;
  };
  H.by = (id) => document.getElementById(id);
  H.el = (tag, set = {}, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(set)) {
      if (name === "on") for (const [event, run] of Object.entries(value)) made.addEventListener(event, run);
      else if (value === true) made.setAttribute(name, "");
      else if (value !== false && value !== null) made.setAttribute(name, H.text(value));
    }
    made.append(...inside.filter((one) => one !== null && one !== "")
      .map((one) => (one instanceof Node ? one : H.text(one))));
    return made;
  };
  H.day = (number) => (number === null ? "" : new Date(number * 864e5).toISOString().slice(0, 10));
  H.say = (text) => { H.by("said").textContent = H.text(text); };
}
