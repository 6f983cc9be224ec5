// Light and dark, and the shapes that say what the colours say.
{
  const LOOKS = {
    light: { paper: "#f7f6f2", ink: "#22262b", soft: "#5d646e", line: "#dfddd6", rim: "#ffffff",
      band: ["#efede6", "#f7f6f2"], focus: "#1f5fbf", edge: 0.62 },
    dark: { paper: "#15171a", ink: "#e6e8eb", soft: "#9ca4ae", line: "#31363c", rim: "#0c0d0f",
      band: ["#1b1e22", "#15171a"], focus: "#8db4ff", edge: 0.7 },
  };
  const DARKER = { "#0072b2": "#3a9bd6", "#005a42": "#2f9c7c", "#5a3c96": "#9a80d4",
    "#a23b2a": "#dd7464", "#882255": "#cc6699", "#7a7a2a": "#b3b34d", "#7b4fa3": "#b08ad6",
    "#c0392b": "#ec7063" };
  // Corners from -1 to 1, y downwards, as the library wants them.
  H.CORNERS = {
    hexagon: [-0.55, -1, 0.55, -1, 1, 0, 0.55, 1, -0.55, 1, -1, 0],
    octagon: [-0.4, -1, 0.4, -1, 1, -0.4, 1, 0.4, 0.4, 1, -0.4, 1, -1, 0.4, -1, -0.4],
    rectangle: [-0.85, -0.85, 0.85, -0.85, 0.85, 0.85, -0.85, 0.85],
    note: [-0.85, -1, 0.3, -1, 0.85, -0.4, 0.85, 1, -0.85, 1],
    diamond: [0, -1, 1, 0, 0, 1, -1, 0],
    house: [0, -1, 0.9, -0.25, 0.9, 0.9, -0.9, 0.9, -0.9, -0.25],
    triangle: [0, -1, 1, 0.8, -1, 0.8],
    drop: [-1, -0.8, 1, -0.8, 0, 1],
    tag: [-1, -0.7, 0.35, -0.7, 1, 0, 0.35, 0.7, -1, 0.7],
    shield: [-0.85, -0.9, 0.85, -0.9, 0.85, 0.25, 0, 1, -0.85, 0.25],
    star: [0, -1, 0.27, -0.35, 0.95, -0.31, 0.43, 0.13, 0.59, 0.81, 0, 0.44, -0.59, 0.81, -0.43, 0.13,
      -0.95, -0.31, -0.27, -0.35],
    plus: [-0.35, -1, 0.35, -1, 0.35, -0.35, 1, -0.35, 1, 0.35, 0.35, 0.35, 0.35, 1, -0.35, 1,
      -0.35, 0.35, -1, 0.35, -1, -0.35, -0.35, -0.35],
  };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  H.dark = () => (H.state.look ?? (dark.matches ? "dark" : "light")) === "dark";
  H.ink = (light) => LOOKS[H.dark() && !light ? "dark" : "light"];
  H.tone = (colour, light) => (H.dark() && !light ? DARKER[colour] ?? colour : colour);
  dark.addEventListener("change", () => H.emit("look"));
  H.on("look", () => {
    if (H.state.look) document.documentElement.dataset.look = H.state.look;
    H.by("look").textContent = H.dark() ? "☾" : "☀";
  });

  const OTHER = { colour: "#7d8590", shape: "round" };
  H.signOf = (node) => {
    if (H.state.colour === "kind") return H.data.signs.kind[node.kind] ?? OTHER;
    return H.data.signs.layer[node.role ? node.layer : 8] ?? OTHER;
  };
  H.signOfRole = (code) => {
    const node = H.nodes.find((each) => each.role === code);
    return H.data.signs.layer[node ? node.layer : 8];
  };
  H.tieColour = (relation) => (H.data.signs.tie[relation] ?? H.data.signs.tie.other).colour;
  H.DASHES = { observed: [], analyst: [], claimed: [6, 4], derived: [3, 3] };

  // The outline of a sign around a middle, for legends and saved pictures.
  H.trace = (draw, shape, x, y, size) => {
    const corners = H.CORNERS[shape];
    draw.beginPath();
    if (corners) {
      for (let at = 0; at < corners.length; at += 2) {
        draw.lineTo(x + corners[at] * size, y + corners[at + 1] * size);
      }
      draw.closePath();
    } else if (shape === "round") draw.roundRect(x - size * 0.9, y - size * 0.7, size * 1.8, size * 1.4, size * 0.5);
    else draw.arc(x, y, size, 0, 7);
  };
}
