"use strict";
(() => {
  const list = document.getElementById("list");
  const find = document.getElementById("find");
  const act = document.getElementById("act");
  const shown = document.getElementById("shown");
  const articles = [...list.getElementsByTagName("article")];
  document.querySelector(".js").hidden = false;

  const visible = () => articles.filter((each) => each.checkVisibility());
  let texts = null;

  function filter() {
    texts ??= articles.map((each) =>
      [".id", ".text"].map((part) => each.querySelector(part).textContent).join(" ").toLowerCase());
    const wanted = find.value.trim().toLowerCase();
    let count = 0;
    articles.forEach((each, n) => {
      const fits = texts[n].includes(wanted) &&
        (!act.value || each.dataset.p.split(" ").includes(act.value));
      each.hidden = !fits;
      count += fits;
    });
    shown.textContent = count === articles.length ? "" : `${count} / ${articles.length}`;
  }

  const WIDEST = 450;

  function rows(mark, on) {
    const left = mark.getBoundingClientRect().left;
    mark.classList.toggle("flip", on && left + WIDEST > document.documentElement.clientWidth);
    for (const id of (mark.getAttribute("aria-describedby") ?? "").split(" ")) {
      document.getElementById(id)?.classList.toggle("on", on);
    }
  }

  function step(by) {
    const open = visible();
    if (!open.length) return;
    const here = open.indexOf(document.activeElement.closest?.("article"));
    const next = open[Math.min(open.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
    next.scrollIntoView({ block: "start" });
    next.querySelector(".id").focus({ preventScroll: true });
  }

  let waiting = 0;
  find.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  act.addEventListener("change", filter);
  for (const [type, on] of [["mouseover", true], ["mouseout", false], ["focusin", true],
    ["focusout", false]]) {
    list.addEventListener(type, (event) => {
      const mark = event.target.closest("mark");
      if (mark) rows(mark, on);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input[type=search], select")) {
      if (event.key === "Escape") {
        find.value = "";
        filter();
        event.target.blur();
      }
      return;
    }
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") {
      event.preventDefault();
      find.focus();
    } else if (event.key === "e") {
      const whys = document.activeElement.closest?.("article")?.querySelectorAll("details") ?? [];
      const open = [...whys].some((each) => !each.open);
      for (const why of whys) why.open = open;
    }
  });
})();
