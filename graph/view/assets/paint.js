// Bands under the picture, names and badges over it, at one size whatever the zoom.
{
  const FONT = 'system-ui, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
  const SIZE = 12, LONGEST = 22, MOST = 220;
  const widths = new Map();
  let kept = [], waiting = 0, zoom = 0;

  const canvas = (id) => {
    const sheet = H.by(id), box = H.by("stage");
    const ratio = devicePixelRatio || 1;
    const [width, height] = [box.clientWidth, box.clientHeight];
    if (sheet.width !== Math.round(width * ratio) || sheet.height !== Math.round(height * ratio)) {
      sheet.width = Math.round(width * ratio);
      sheet.height = Math.round(height * ratio);
    }
    const draw = sheet.getContext("2d");
    draw.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw.clearRect(0, 0, width, height);
    return [draw, width, height];
  };

  // From the picture's own places to those of a canvas.
  const view = () => ({ zoom: H.cy.zoom(), x: H.cy.pan().x, y: H.cy.pan().y });

  H.paintBands = (draw, at, width, height, light) => {
    if (H.state.layout !== "chain") return;
    const ink = H.ink(light);
    draw.textAlign = "center";
    draw.textBaseline = "top";
    for (const band of H.data.bands) {
      const left = band.x * at.zoom + at.x, wide = band.width * at.zoom;
      if (left > width || left + wide < 0) continue;
      draw.fillStyle = ink.band[band.layer % 2];
      draw.fillRect(left, 0, wide, height);
      draw.fillStyle = band.nodes ? ink.ink : ink.soft;
      const [from, to] = [Math.max(left, 0), Math.min(left + wide, width)], middle = (from + to) / 2;
      if (to - from < 28) continue;
      const text = lines(draw, H.w(`layer.${band.layer}`), to - from - 5);
      [...text, ...(band.nodes ? [] : ["–"])].forEach((line, n) => draw.fillText(line, middle, 8 + n * 15));
    }
  };
  // On one line, on two, in smaller letters, or cut: whichever fits first.
  const lines = (draw, text, room) => {
    const parts = /\s/.test(text) ? text.split(/\s+/) : text.split(/(?<=[、])/);
    for (const [size, tried] of [[SIZE, [text]], [SIZE, parts], [10, parts]]) {
      draw.font = `600 ${size}px ${FONT}`;
      if (tried.every((part) => draw.measureText(part).width <= room)) return tried;
    }
    return parts.map((part) => {
      let cut = part;
      while (cut.length > 1 && draw.measureText(cut).width > room) cut = cut.slice(0, -1);
      return cut.length < part.length && cut.length > 1 ? `${cut.slice(0, -1)}…` : cut;
    });
  };

  // Far away only the best tied have their names, and people before their listings.
  const COARSE = 0.6, FINE = 1.1, FIRST = 90;
  const rough = (n) => /^(Listing|Post|SourceRef|PriceQuote|TextCluster|Claim)$/.test(H.nodes[n].kind);
  const named = (at) => {
    if (at.zoom >= FINE || H.nodes.length <= FIRST) return null;
    const people = H.ranked.filter((n) => H.nodeOn[n] && !rough(n));
    return new Set(at.zoom >= COARSE ? people : people.slice(0, FIRST));
  };
  const label = (node) => (node.label ??= H.cut(node.name, LONGEST));
  const width = (draw, text) => {
    if (!widths.has(text)) widths.set(text, draw.measureText(text).width);
    return widths.get(text);
  };
  const prominent = () => new Set([...(H.state.chosen?.what === "node" ? [H.state.chosen.number] : []),
    ...(H.hits ?? []).slice(0, MOST), ...(H.closeTo ?? [])]);
  const order = () => {
    const first = prominent();
    return H.ranked.filter((n) => H.nodeOn[n]).map((n) => [first.has(n) ? 0 : 1, n])
      .sort((a, b) => a[0] - b[0]).map((pair) => pair[1]);
  };
  // The best tied first; a name that would lie on another stays away until there is room.
  H.chooseNames = (draw, at, wide, high) => {
    draw.font = `${SIZE}px ${FONT}`;
    const cells = new Map(), found = [], some = named(at), first = prominent();
    const near = (x, y) => [-1, 0, 1].flatMap((a) => [-1, 0, 1].flatMap((b) =>
      cells.get(`${Math.floor(x / 120) + a},${Math.floor(y / 40) + b}`) ?? []));
    for (const n of order()) {
      if (found.length >= MOST) break;
      if (some && !some.has(n) && !first.has(n)) continue;
      const node = H.nodes[n], spot = H.cyNodes[n].position();
      const x = spot.x * at.zoom + at.x, y = spot.y * at.zoom + at.y + H.sizeOf(node) * at.zoom + 3;
      if (x < -60 || y < -20 || x > wide + 60 || y > high + 20) continue;
      const half = width(draw, label(node)) / 2 + 3;
      const free = near(x, y).every((other) => Math.abs(other.x - x) > other.half + half ||
        Math.abs(other.y - y) > SIZE + 2);
      if (!free || (H.state.layout === "chain" && y < 34)) continue;
      const box = { x, y, half };
      const cell = `${Math.floor(x / 120)},${Math.floor(y / 40)}`;
      cells.set(cell, [...(cells.get(cell) ?? []), box]);
      found.push(n);
    }
    return found;
  };
  H.paintNames = (draw, at, names, light) => {
    const ink = H.ink(light);
    draw.font = `${SIZE}px ${FONT}`;
    draw.textAlign = "center";
    draw.textBaseline = "top";
    draw.lineJoin = "round";
    draw.lineWidth = 3.5;
    draw.strokeStyle = ink.paper;
    for (const n of names) {
      const node = H.nodes[n], spot = H.cyNodes[n].position();
      const x = spot.x * at.zoom + at.x, y = spot.y * at.zoom + at.y + H.sizeOf(node) * at.zoom + 3;
      const dim = H.closeTo && !H.closeTo.has(n);
      draw.globalAlpha = dim ? 0.45 : 1;
      draw.fillStyle = ink.ink;
      draw.strokeText(label(node), x, y);
      draw.fillText(label(node), x, y);
    }
    draw.globalAlpha = 1;
  };
  H.paintBadges = (draw, at, light) => {
    const ink = H.ink(light);
    draw.textAlign = "center";
    draw.textBaseline = "middle";
    draw.font = `700 10px ${FONT}`;
    H.nodes.forEach((node, n) => {
      if (!node.rank || !H.nodeOn[n]) return;
      const spot = H.cyNodes[n].position(), away = H.sizeOf(node) * at.zoom * 0.75 + 3;
      const x = spot.x * at.zoom + at.x + away, y = spot.y * at.zoom + at.y - away;
      draw.beginPath();
      draw.arc(x, y, 8, 0, 7);
      draw.fillStyle = ink.ink;
      draw.fill();
      draw.lineWidth = 1.5;
      draw.strokeStyle = ink.paper;
      draw.stroke();
      draw.fillStyle = ink.paper;
      draw.fillText(String(node.rank), x, y + 0.5);
    });
  };
  const ring = (draw, at) => {
    const chosen = H.state.chosen;
    if (chosen?.what !== "node" || !H.nodeOn[chosen.number]) return;
    const spot = H.cyNodes[chosen.number].position();
    draw.beginPath();
    draw.arc(spot.x * at.zoom + at.x, spot.y * at.zoom + at.y, H.sizeOf(H.nodes[chosen.number]) * at.zoom + 5, 0, 7);
    draw.lineWidth = 3;
    draw.strokeStyle = H.ink().focus;
    draw.stroke();
  };

  H.repaint = (calm) => {
    if (!H.cy) return;
    const at = view();
    const [under, wide, high] = canvas("under");
    H.paintBands(under, at, wide, high);
    const [over] = canvas("over");
    // While a large picture moves, the names that were chosen move with it.
    const moving = H.many && !calm && at.zoom === zoom;
    if (!moving) { kept = H.chooseNames(over, at, wide, high); zoom = at.zoom; }
    ring(over, at);
    H.paintNames(over, at, kept);
    H.paintBadges(over, at);
    if (moving) {
      clearTimeout(waiting);
      waiting = setTimeout(() => H.repaint(true), 140);
    }
  };
  H.named = () => kept;
  H.startPaint = () => {
    H.ranked = H.nodes.map((node, n) => n).sort((a, b) => (H.nodes[b].rank > 0) - (H.nodes[a].rank > 0) ||
      H.nodes[b].ties.length - H.nodes[a].ties.length || a - b);
    H.cy.on("render", () => H.repaint());
    new ResizeObserver(() => { H.resize(); H.repaint(true); }).observe(H.by("stage"));
    for (const name of ["look", "language", "filtered", "chosen", "layout", "colour"]) H.on(name, () => H.repaint(true));
  };
}
