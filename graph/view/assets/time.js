// The time slider: a span of days, a curve of what happened, and play.
{
  const STEPS = 90, EVERY = 110;
  const dates = [...H.nodes, ...H.edges].flatMap((one) => [one.first, one.last]).filter((day) => day !== null);
  const first = dates.reduce((a, b) => Math.min(a, b), Infinity);
  const last = dates.reduce((a, b) => Math.max(a, b), -Infinity);
  let playing = 0, from, to, curve, told, play;

  H.narrowed = () => H.state.from > first || H.state.to < last;
  H.wholeTime = () => { if (dates.length) set(first, last); stop(); };

  const set = (start, end) => {
    H.state.from = start;
    H.state.to = end;
    if (!from) return;
    [from.value, to.value] = [start, end];
    for (const each of [from, to]) each.setAttribute("aria-valuetext", H.day(Number(each.value)));
    told.replaceChildren(`${H.day(start)} – ${H.day(end)}`, H.el("small", {}, undated()));
    draw();
  };
  const undated = () => {
    const n = H.nodes.filter((node) => node.first === null && node.last === null).length;
    return n ? H.w("ui.time.undated", { n }) : H.w("ui.zone", { zone: H.data.zone });
  };
  const stop = () => {
    clearInterval(playing);
    playing = 0;
    if (play) { play.textContent = `▶ ${H.w("ui.time.play")}`; play.setAttribute("aria-pressed", "false"); }
  };
  const toggle = () => {
    if (playing) return stop();
    const start = H.state.from;
    const step = Math.max(1, Math.round((last - start) / STEPS));
    if (H.state.to >= last) { set(start, start); H.filter(); }
    play.textContent = `⏸ ${H.w("ui.time.pause")}`;
    play.setAttribute("aria-pressed", "true");
    playing = setInterval(() => {
      set(H.state.from, Math.min(last, H.state.to + step));
      H.filter();
      if (H.state.to >= last) stop();
    }, EVERY);
  };
  const bins = () => {
    const n = Math.min(120, last - first + 1), counts = new Array(n).fill(0);
    for (const one of H.edges.some((edge) => edge.first !== null) ? H.edges : H.nodes) {
      if (one.first === null && one.last === null) continue;
      const place = (day) => Math.floor((day - first) / (last - first + 1) * n);
      for (let at = place(one.first ?? one.last); at <= place(one.last ?? one.first); at += 1) counts[at] += 1;
    }
    return counts;
  };
  const draw = () => {
    const box = curve.getBoundingClientRect(), ratio = devicePixelRatio || 1;
    if (!box.width) return;
    [curve.width, curve.height] = [box.width * ratio, box.height * ratio];
    const brush = curve.getContext("2d"), counts = bins(), most = Math.max(1, ...counts);
    brush.scale(ratio, ratio);
    const wide = (box.width - 15) / counts.length, ink = H.ink();
    counts.forEach((count, at) => {
      const day = first + (at + 0.5) / counts.length * (last - first + 1);
      brush.fillStyle = day >= H.state.from && day <= H.state.to + 1 ? ink.focus : ink.line;
      const high = count ? Math.max(1.5, Math.sqrt(count / most) * (box.height - 3)) : 0;
      brush.fillRect(7.5 + at * wide, box.height - high, Math.max(1, wide - 1), high);
    });
  };
  const slider = (word) => H.el("input", { type: "range", min: first, max: last, step: 1, id: word === "ui.time.from" ? "from" : "to",
    "aria-label": `${H.w("ui.time")} ${H.w(word)}`, on: { input: (event) => {
      stop();
      const own = event.target === from;
      const [a, b] = [Number(from.value), Number(to.value)];
      set(own ? Math.min(a, b) : a, own ? b : Math.max(a, b));
      H.filter();
    } } });
  const build = () => {
    if (!dates.length || first === last) { H.by("time").hidden = true; return; }
    play = H.el("button", { type: "button", id: "play", "aria-pressed": "false", on: { click: toggle } });
    curve = H.el("canvas", { "aria-hidden": "true" });
    [from, to] = [slider("ui.time.from"), slider("ui.time.to")];
    told = H.el("p", { class: "days" });
    H.by("time").replaceChildren(play, H.el("div", { class: "span" }, curve, from, to), told);
    stop();
    set(H.state.from ?? first, H.state.to ?? last);
  };
  H.on("language", build);
  H.on("look", () => curve && draw());
  addEventListener("resize", () => curve && draw());
}
