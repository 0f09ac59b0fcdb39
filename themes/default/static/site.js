// What a page can do with a script; all of it reads well without one.
// A classic script in the head: modules don't load from file://, and the theme must be known before
// the first paint.
"use strict";
window.mingwen = {};
(() => {
  const root = document.documentElement;

  // Storage may be switched off; then nothing is remembered.
  const recall = (key) => {
    try { return localStorage.getItem("mingwen-" + key); } catch { return null; }
  };
  const remember = (key, value) => {
    try {
      if (value === null) localStorage.removeItem("mingwen-" + key);
      else localStorage.setItem("mingwen-" + key, value);
    } catch { /* as above */ }
  };

  // Light or dark: the system's choice, until the reader makes another one. Going back to the
  // system's is forgetting that.
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const useTheme = (theme) => {
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  const addThemeButton = (header) => {
    const button = document.createElement("button");
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.type = "button";
    button.className = "theme";
    button.title = header.dataset.themeButton;
    button.setAttribute("aria-label", header.dataset.themeButton);
    button.addEventListener("click", () => {
      const dark = !isDark();
      const theme = dark === system.matches ? null : dark ? "dark" : "light";
      useTheme(theme);
      remember("theme", theme);
      show();
    });
    system.addEventListener("change", show);
    show();
    header.append(button);
  };
  root.dataset.script = "";
  useTheme(recall("theme"));

  // The choice of language is made once. Whoever comes back to it from the site itself, or with
  // the back button, wants to see it: no sending on then.
  const chosen = "choose" in root.dataset ? recall("lang") : null;
  const inside = document.referrer.startsWith(new URL(".", location.href).href);
  const [visit] = performance.getEntriesByType("navigation");
  const goes = chosen && !location.hash && !inside && !(visit && visit.type === "back_forward");
  if (goes) root.dataset.going = "";

  // The search opens by its button or by `/`; its script is fetched when it is first opened.
  const openSearch = (dialog) => {
    if (dialog.open) return;
    dialog.showModal();
    // What is typed while the script is fetched stays.
    dialog.querySelector("input").select();
    if (mingwen.opened) { mingwen.opened(); return; }
    if (dialog.querySelector("script")) return;
    const script = document.createElement("script");
    script.src = dialog.dataset.root + "assets/search.js";
    dialog.append(script);
  };
  const addSearch = (opener, dialog) => {
    opener.addEventListener("click", () => openSearch(dialog));
    // An input method may begin before the script is there.
    dialog.addEventListener("input", (event) => { dialog.composing = event.isComposing; });
    dialog.addEventListener("compositionend", () => { dialog.composing = false; });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      openSearch(dialog);
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    const [opener, dialog] = [document.querySelector(".find"), document.getElementById("search")];
    if (opener && dialog) addSearch(opener, dialog);
    const header = document.querySelector("[data-theme-button]");
    if (header) addThemeButton(header);
    const links = [...document.querySelectorAll("a[data-choose]")];
    for (const link of links) {
      link.addEventListener("click", () => remember("lang", link.dataset.choose));
    }
    const link = goes && links.find((link) => link.dataset.choose === chosen);
    if (link) location.replace(link.href);
    else delete root.dataset.going;
  });
})();
