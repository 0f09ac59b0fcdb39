// In-place extras for a reader of a text: the place is kept when the edition changes, the contents
// show where one is, notes and terms are explained beside their mention, and a paragraph shows its
// counterpart. Everything they show can be reached without them.
"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (tag, className) => Object.assign(document.createElement(tag), { className });
  const BLOCKS = ".prose > [id], .prose > :is(ol, ul) > li[id], .row, .year, .glossary > [id]";

  // The other edition is opened at the block at the top of the window. The keyboard goes to its link
  // from where one reads, and the browser then shows the link: what counts is where one was. A drawing is
  // called otherwise there: what stands before it leads to it.
  const header = document.querySelector(".top");
  const here = () => {
    if (scrollY < 100) return "";
    const top = Math.max(60, (header?.getBoundingClientRect().bottom ?? 0) + 8);
    const blocks = all(BLOCKS);
    const at = blocks.findIndex((one) => one.getBoundingClientRect().bottom > top);
    const block = blocks.slice(0, at + 1).findLast((one) => one.id && !one.matches("figure, :has(> .cell > figure)"));
    return block ? "#" + block.id : "";
  };
  let place = "";
  for (const link of all(".languages a")) {
    const aim = () => { link.hash = here() || location.hash; };
    link.addEventListener("pointerover", aim);
    link.addEventListener("click", (event) => { if (event.detail) aim(); });
    link.addEventListener("focus", () => { link.hash = place || here() || location.hash; });
  }

  // The header comes along when one scrolls back by hand, so that the switch is at hand anywhere in the
  // text. Jumps, and what the browser scrolls for the sake of the focus, leave it where it is.
  const root = document.documentElement;
  // Not `scrollY`: asking for it here would lay out the whole page while it is still being read.
  let last = 0;
  let still = 0;
  document.addEventListener("focusin", (event) => {
    still = performance.now() + 300;
    if (!header?.contains(event.target)) delete root.dataset.up;
  });
  addEventListener("scroll", () => {
    const step = scrollY - last;
    last = scrollY;
    if (!header) return;
    if (!header.contains(document.activeElement)) place = here();
    if (step > 4 || scrollY <= 0) delete root.dataset.up;
    else if (step < -4 && step > -innerHeight / 2 && performance.now() > still) {
      root.style.setProperty("--top", `${header.offsetHeight}px`);
      root.dataset.up = "";
    }
  }, { passive: true });

  // The part of the contents that is being read: the last heading above the middle of the window.
  const parts = all(".contents a")
    .map((link) => ({ link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter(({ heading }) => heading);
  const showPart = () => {
    const line = innerHeight * 0.4;
    const current = parts.findLast(({ heading }) => heading.getBoundingClientRect().top < line);
    for (const part of parts) {
      if (part === current) part.link.setAttribute("aria-current", "true");
      else part.link.removeAttribute("aria-current");
    }
  };
  if (parts.length) {
    const observer = new IntersectionObserver(showPart, { rootMargin: "0px 0px -60% 0px" });
    for (const { heading } of parts) observer.observe(heading);
  }

  // A small window beside a mention: of a note, or of a term. It stays while it is pointed at, and
  // Escape closes it. Where there is no room for all of it, below or above, it is scrolled: with the
  // arrow keys too, while the mention has the focus.
  const pop = make("div", "pop");
  let mention = null;
  let closing = 0;
  const close = () => {
    clearTimeout(closing);
    if (mention) mention.removeAttribute("aria-describedby");
    mention = null;
    pop.remove();
  };
  const isScrolled = () => pop.scrollHeight > pop.clientHeight;
  const closeSoon = () => { closing = setTimeout(close, 250); };
  const stay = () => clearTimeout(closing);
  const open = (link) => {
    stay();
    if (mention === link) return;
    close();
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const source = link.dataset.explain ? document.getElementById(link.dataset.explain) : target;
    if (!source) return;
    mention = link;
    pop.replaceChildren(...source.cloneNode(true).childNodes);
    for (const one of all(".footnote-back, .permalink, sup[aria-hidden]", pop)) one.remove();
    for (const one of all("[id]", pop)) one.removeAttribute("id");
    pop.id = "pop";
    pop.lang = source.closest("[lang]").lang;
    link.setAttribute("aria-describedby", "pop");
    pop.removeAttribute("tabindex");
    pop.style.maxHeight = "";
    link.closest("main").append(pop);
    pop.scrollTop = 0;
    const box = link.getBoundingClientRect();
    const width = root.clientWidth;
    const left = Math.max(8, Math.min(box.left - 16, width - pop.offsetWidth - 8));
    const roof = "up" in root.dataset ? header.offsetHeight : 0;
    const [above, below] = [box.top - roof - 14, root.clientHeight - box.bottom - 14];
    const isBelow = pop.offsetHeight <= below || above < Math.min(below, pop.offsetHeight);
    pop.style.maxHeight = `${Math.max(isBelow ? below : above, 48)}px`;
    if (isScrolled()) pop.tabIndex = 0;
    const top = isBelow ? box.bottom + 6 : box.top - pop.offsetHeight - 6;
    pop.style.left = `${left + scrollX}px`;
    pop.style.top = `${top + scrollY}px`;
  };
  pop.setAttribute("role", "tooltip");
  pop.addEventListener("pointerenter", stay);
  pop.addEventListener("pointerleave", closeSoon);
  // A finger that comes to scroll it takes the focus from the mention.
  pop.addEventListener("focusin", stay);
  pop.addEventListener("focusout", closeSoon);
  for (const link of all(".footnote-ref a, a.term")) {
    link.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") open(link); });
    link.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") closeSoon(); });
    link.addEventListener("focus", () => open(link));
    link.addEventListener("blur", closeSoon);
    link.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 40, ArrowUp: -40 }[event.key];
      if (!step || mention !== link || !isScrolled()) return;
      event.preventDefault();
      pop.scrollBy(0, step);
    });
    // The first tap shows it; a second one follows the link.
    let wasOpen = true;
    link.addEventListener("pointerdown", (event) => { wasOpen = event.pointerType === "mouse" || mention === link; });
    link.addEventListener("click", (event) => {
      if (!wasOpen) { event.preventDefault(); open(link); }
      wasOpen = true;
    });
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  // At once: it would cover what the keyboard goes to next.
  document.addEventListener("focusin", ({ target }) => { if (target !== mention && !pop.contains(target)) close(); });
  document.addEventListener("pointerdown", (event) => {
    if (mention && !pop.contains(event.target) && !mention.contains(event.target)) close();
  });

  // The day of reading, which a citation of a page wants to know.
  for (const place of all("[data-today]")) {
    const [now, two] = [new Date(), (number) => String(number).padStart(2, "0")];
    const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    const isChinese = place.closest("[lang]").lang.startsWith("zh");
    const written = isChinese ? day : now.toLocaleDateString("en-US", { dateStyle: "long" });
    place.textContent = place.dataset.today.replace("{day}", written);
  }

  // A paragraph's counterpart, from the script beside the page of both languages. A click on the
  // paragraph shows and hides it, and so does the button that comes with the paragraph's own link.
  const article = document.querySelector("article[data-pairs]");
  if (article) {
    const { pairs, parallel, other, otherName, otherAt, missing } = article.dataset;
    let found = null;
    const waiting = [];
    mingwen.pairs = (data) => { found = data; for (const done of waiting.splice(0)) done(); };
    const withPairs = (done, failed) => {
      if (found) { done(); return; }
      waiting.push(done);
      if (waiting.length > 1) return;
      const script = make("script");
      script.src = pairs;
      script.addEventListener("error", failed);
      document.head.append(script);
    };
    const button = make("button", "other");
    button.type = "button";
    button.textContent = otherName;
    button.lang = other;
    const shown = (block) => all(":scope > .counterpart", block.localName === "li" ? block : block.parentNode)
      .find((one) => one.dataset.of === block.id);
    const attach = (block) => {
      // To move it while it has the focus would lose that.
      if (block.contains(button) || !block.querySelector(".permalink")) return;
      block.querySelector(".permalink").after(button);
      button.setAttribute("aria-expanded", String(Boolean(shown(block))));
      button.classList.remove("below");
      const isOver = button.getBoundingClientRect().right > block.getBoundingClientRect().right;
      button.classList.toggle("below", isOver);
    };
    const show = (block) => {
      const old = shown(block);
      if (old) { old.remove(); attach(block); button.setAttribute("aria-expanded", "false"); return; }
      withPairs(() => {
        const html = found[block.id]?.[otherAt];
        if (shown(block)) return;
        const box = make("div", "counterpart");
        box.lang = html ? other : root.lang;
        box.dataset.of = block.id;
        if (html) box.innerHTML = html;
        else box.textContent = missing;
        const item = box.querySelector("li");
        if (block.localName === "li" && item) box.replaceChildren(...item.childNodes);
        for (const one of all("[id]", box)) one.removeAttribute("id");
        for (const link of all("a[href^='#']", box)) link.setAttribute("href", parallel + link.getAttribute("href"));
        if (block.localName === "li") block.append(box);
        else block.after(box);
        attach(block);
        button.setAttribute("aria-expanded", "true");
      }, () => { location.href = `${parallel}#${block.id}`; });
    };
    const blocks = all(".prose > :is(p, blockquote, .table, pre)[id], .prose > :is(ol, ul) > li[id]", article);
    for (const block of blocks) {
      block.addEventListener("pointerenter", () => attach(block));
      block.addEventListener("focusin", () => attach(block));
      // Tables and code take the focus themselves.
      block.addEventListener("keydown", (event) => {
        const opens = event.key === "Enter" && event.target === block;
        // Escape closes a small window first.
        const closes = event.key === "Escape" && !mention && shown(block);
        if (opens || closes) show(block);
      });
      block.addEventListener("click", (event) => {
        const busy = event.target.closest("a, button, summary, .counterpart, .footnotes");
        if (!busy && getSelection().isCollapsed) show(block);
      });
    }
    button.addEventListener("click", () => show(button.closest("[id]")));
  }
})();
