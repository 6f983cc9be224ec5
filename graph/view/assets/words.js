// The interface in two languages; the data stay as they were written.
{
  const LANG = { en: "en", zh: "zh-Hans" };
  H.told = (pair) => pair[H.state.lang === "zh" ? 1 : 0];
  H.w = (key, put = {}) => {
    const pair = H.data.words[key];
    const text = pair ? H.told(pair) : key.slice(key.indexOf(".") + 1);
    return text.replace(/\{(\w+)\}/g, (whole, name) => put[name] ?? whole);
  };
  H.role = (code) => (code === "-" ? H.w("ui.norole") : H.w(`role.${code}`));
  H.on("language", () => {
    document.documentElement.lang = LANG[H.state.lang];
    for (const each of document.querySelectorAll("[data-w]")) each.textContent = H.w(each.dataset.w);
    for (const each of document.querySelectorAll("[data-w-label]")) {
      each.setAttribute("aria-label", H.w(each.dataset.wLabel));
      if (each.matches("input")) each.placeholder = H.w("ui.search.short");
    }
    for (const each of document.querySelectorAll("[data-w-title]")) each.title = H.w(each.dataset.wTitle);
  });
}
