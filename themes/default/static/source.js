// What is known about a character shows on hover, focus and tap by the style sheet alone. A script can
// do one thing more: Esc puts it away, until the reader goes to another character.
"use strict";
(() => {
  const away = () => document.querySelectorAll(".known.away");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const shown = document.querySelectorAll(".known:is(:hover, :focus-within)");
    shown.forEach((known) => known.classList.add("away"));
  });
  const comeBack = ({ type, target }) => {
    const here = target instanceof Element && target.closest(".known");
    if (!here) return;
    away().forEach((known) => {
      if (known !== here || type === "click") known.classList.remove("away");
    });
  };
  for (const type of ["pointerover", "focusin", "click"]) document.addEventListener(type, comeBack);
})();
