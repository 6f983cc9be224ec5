// The picture as a file and on paper, with its legend, stamp and mark; nothing is fetched.
{
  const EDGE = 1500, MARGIN = 28, RATIO = 2;

  // The whole of what is visible, drawn anew on a sheet of its own.
  H.sheet = (light) => {
    if (light) H.cy.style(H.style(true));
    const shown = H.cy.elements().not(".off"), box = shown.length ? shown.boundingBox() : { x1: 0, y1: 0, w: 1, h: 1 };
    const chain = H.state.layout === "chain";
    const bands = H.data.bands, end = bands.at(-1);
    const all = chain ? { x1: Math.min(0, box.x1), w: Math.max(end.x + end.width, box.x1 + box.w) - Math.min(0, box.x1), y1: box.y1, h: box.h } : box;
    const zoom = Math.min(1.5, EDGE / Math.max(all.w + 80, (all.h + 140) * 1.2));
    const wide = Math.max(900, Math.ceil((all.w + 80) * zoom)), top = 64, high = Math.ceil((all.h + 110) * zoom);
    const foot = 92;
    const sheet = document.createElement("canvas");
    [sheet.width, sheet.height] = [wide * RATIO, (top + high + foot) * RATIO];
    const draw = sheet.getContext("2d"), ink = H.ink(light);
    draw.scale(RATIO, RATIO);
    draw.fillStyle = ink.paper;
    draw.fillRect(0, 0, wide, top + high + foot);
    const at = { zoom, x: (wide - all.w * zoom) / 2 - all.x1 * zoom, y: 70 * zoom - all.y1 * zoom };
    draw.save();
    draw.translate(0, top);
    draw.beginPath();
    draw.rect(0, 0, wide, high);
    draw.clip();
    H.paintBands(draw, at, wide, high, light);
    if (shown.length) {
      const image = H.cy.renderer().bufferCanvasImage({ full: true, scale: zoom * RATIO });
      draw.drawImage(image, box.x1 * zoom + at.x, box.y1 * zoom + at.y, image.width / RATIO, image.height / RATIO);
      H.paintNames(draw, at, H.chooseNames(draw, at, wide, high), light);
      H.paintBadges(draw, at, light);
    }
    draw.restore();
    words(draw, wide, top + high, light);
    if (light) H.cy.style(H.style());
    return sheet;
  };
  const words = (draw, wide, under, light) => {
    const ink = H.ink(light), font = 'system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif';
    draw.textBaseline = "top";
    draw.textAlign = "left";
    draw.fillStyle = ink.ink;
    draw.font = `600 19px ${font}`;
    draw.fillText(H.cut(H.data.title, 110), MARGIN, 20);
    if (H.data.tlp) {
      const mark = `TLP:${H.data.tlp}`, room = draw.measureText(mark).width;
      draw.fillStyle = "#000";
      draw.fillRect(wide - room - MARGIN - 12, 14, room + 16, 31);
      draw.fillStyle = { RED: "#ff2b2b", GREEN: "#33ff00", CLEAR: "#fff" }[H.data.tlp] ?? "#ffc000";
      draw.fillText(mark, wide - room - MARGIN - 4, 20);
    }
    signs(draw, under + 12, wide, ink, font);
    draw.font = `12px ${font}`;
    draw.fillStyle = ink.soft;
    draw.fillText(`${H.by("count").textContent} · heichan ${H.data.version} · ${H.data.snapshot}`, MARGIN, under + 44);
    draw.fillText(H.w("ui.caution"), MARGIN, under + 62);
  };
  const signs = (draw, y, wide, ink, font) => {
    const found = new Map();
    H.nodes.forEach((node, n) => {
      if (!H.nodeOn[n]) return;
      const key = H.state.colour === "kind" ? H.w(`kind.${node.kind}`) : H.w(`layer.${node.role ? node.layer : 8}`);
      found.set(key, H.signOf(node));
    });
    let x = MARGIN + 8;
    draw.font = `13px ${font}`;
    for (const [key, sign] of found) {
      const room = draw.measureText(key).width + 40;
      if (x + room > wide) break;
      draw.fillStyle = H.tone(sign.colour, ink === H.ink(true));
      H.trace(draw, sign.shape, x, y + 8, 7);
      draw.fill();
      draw.fillStyle = ink.ink;
      draw.fillText(key, x + 14, y + 1);
      x += room;
    }
  };
  H.png = () => new Promise((done) => H.sheet(false).toBlob(done, "image/png"));
  const save = async () => {
    const address = URL.createObjectURL(await H.png());
    const link = H.el("a", { href: address, download: "heichan.png" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };
  const paper = () => {
    if (H.state.view !== "picture") { H.by("paper").width = 0; return; }
    const sheet = H.sheet(true), own = H.by("paper");
    [own.width, own.height] = [sheet.width, sheet.height];
    own.getContext("2d").drawImage(sheet, 0, 0);
  };
  H.by("png").addEventListener("click", save);
  H.by("print").addEventListener("click", () => print());
  addEventListener("beforeprint", paper);
}
