// Search in the whole report, from a folder or from the web: nothing is asked of a server.
//
// This script and the texts, `search.<lang>.js`, are fetched when the search is first opened. Of a
// report above five megabytes that file holds the titles alone, and of each part of the texts which
// pairs of characters and beginnings of words are in it: parts are fetched as a query needs them,
// until there is as much as is shown.
// Chinese is found by any run of its characters, other words by how they begin; case, accents and
// width make no difference, nor do traditional forms, spaces beside Chinese and the commas of 1,250;
// every word of the query has to be on the page, and so does each part of fire-protection.
// What no page of the reader's language has is looked for in the other one.
"use strict";
(() => {
  // Most texts are plain ASCII and Chinese, which only case can change.
  const isPlain = (text) => /^[\x20-\x7e\u3001-\u303f\u4e00-\u9fff，。：；？！（）]*$/.test(text);
  const narrow = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").replace(/[“”]/g, '"');
  const punctuation = (text) => text.replace(/[，：；？！（）]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  // Traditional forms with the simplified ones, as the index names them, and whether it has any itself.
  const forms = new Map();
  let formsInTexts = false;
  const simple = (text) => text.replace(/[\u3400-\u9fff]/g, (c) => forms.get(c) ?? c);
  // Spaces beside Chinese, and the commas of large numbers.
  const dropped = /(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])|(?<=\d)[,，](?=\d{3}(?!\d))/g;
  const fold = (text) => (isPlain(text) ? punctuation(text) : narrow(text)).toLowerCase();
  const foldQuery = (text) => simple(fold(text));
  const foldText = (text) => {
    const folded = fold(text).replace(dropped, "");
    return formsInTexts ? simple(folded) : folded;
  };
  const isLetter = (c) => c !== undefined && /[\p{Script=Latin}\p{N}]/u.test(c);
  // A word of letters and digits alone counts from its beginning; anything else is found anywhere.
  const termsOf = (query) => [...new Set(foldQuery(query).replace(/(?<=\d),(?=\d{1,3}(?!\d))/g, "")
    .split(/\s+|(?<=\p{Script=Latin}{2})-(?=\p{Script=Latin}{2})/u).filter(Boolean))]
    .map((text) => ({ text, isWord: /^[\p{Script=Latin}\p{N}]/u.test(text) && !/\p{Script=Han}/u.test(text) }));
  const find = (folded, term, from = 0) => {
    let at = folded.indexOf(term.text, from);
    while (term.isWord && at > 0 && isLetter(folded[at - 1])) at = folded.indexOf(term.text, at + 1);
    return at;
  };
  const has = (folded, term) => find(folded, term) >= 0;

  /** A page of the index, ready to be searched: its texts folded, with the anchor and section of each. */
  const prepare = ([path, title, description, tag, list]) => {
    const blocks = [];
    let section = "";
    let heading = "";
    for (let at = 0; at < list.length; at += 2) {
      const [place, text] = [list[at], list[at + 1]];
      const isHeading = place[0] === "#";
      if (isHeading) { section = place.slice(1); heading = text; }
      const anchor = place[0] === "!" ? place.slice(1)
        : isHeading || !place ? section : section ? `${section}-${place}` : place;
      blocks.push({ anchor, heading: isHeading ? "" : heading, isHeading, text, folded: foldText(text) });
    }
    const [foldedTitle, foldedDescription] = [foldText(title), foldText(description)];
    const all = [foldedTitle, foldedDescription, ...blocks.map((block) => block.folded)].join("\n");
    return { path, title, description, tag, blocks, all, foldedTitle, foldedDescription };
  };

  /** The pages that hold every word, the best first: a word in a title counts most, then in a heading. */
  const search = (pages, query) => {
    const terms = termsOf(query);
    if (!terms.length) return [];
    const found = [];
    for (const page of pages) {
      if (!terms.every((term) => has(page.all, term))) continue;
      const passages = [];
      let score = 0;
      for (const term of terms) {
        if (has(page.foldedTitle, term)) score += page.foldedTitle === term.text ? 200 : 100;
        if (has(page.foldedDescription, term)) score += 10;
      }
      for (const block of page.blocks) {
        let count = 0;
        for (const term of terms) if (has(block.folded, term)) count += 1;
        if (!count) continue;
        score += block.isHeading ? 20 * count : count / (1 + passages.length);
        passages.push({ block, count: count + (block.isHeading ? 0.5 : 0) });
      }
      found.push({ page, score, passages });
    }
    return found.sort((a, b) => b.score - a.score);
  };

  /** The places of all words in a text, as ranges of its own characters. */
  const places = (text, terms) => {
    let folded = "";
    const starts = [];
    let at = 0;
    const gone = new Set([...text.matchAll(dropped)].map((one) => one.index));
    for (const c of text) {
      const piece = gone.has(at) ? "" : simple(fold(c));
      for (let i = 0; i < piece.length; i += 1) starts.push([at, at + c.length]);
      folded += piece;
      at += c.length;
    }
    const ranges = [];
    for (const term of terms) {
      for (let from = find(folded, term); from >= 0; from = find(folded, term, from + term.text.length)) {
        ranges.push([starts[from][0], starts[from + term.text.length - 1][1], term]);
      }
    }
    return ranges.sort((a, b) => a[0] - b[0]);
  };

  /** What a part has to hold if a term is in it: see `units` in src/render/search/filter.rs. */
  const unitsOf = ({ text, isWord }) => {
    const isPlain = (c) => /^[0-9a-z]$/.test(c);
    if (isWord && isPlain(text[0])) return ["^" + /^[0-9a-z]{1,3}/.exec(text)[0]];
    const units = text.length === 1 ? [text] : [];
    for (let at = 1; at < text.length; at += 1) {
      if (!isPlain(text[at - 1]) || !isPlain(text[at])) units.push(text.slice(at - 1, at + 1));
    }
    return units;
  };
  const hash = (unit) => {
    let sum = 0x811c9dc5;
    for (let at = 0; at < unit.length; at += 1) sum = Math.imul(sum ^ unit.charCodeAt(at), 0x01000193);
    return (sum ^ (sum >>> 15)) >>> 0;
  };
  /** Whether a part may hold a page with all terms. */
  const mayHold = (filter, terms) => terms.flatMap(unitsOf).every((unit) => {
    const bit = hash(unit) % (8 * filter.length);
    return filter[bit >> 3] & (1 << (bit & 7));
  });

  mingwen.forms = (pairs, inTexts) => {
    for (let at = 0; at < pairs.length; at += 2) forms.set(pairs[at], pairs[at + 1]);
    formsInTexts ||= inTexts;
  };
  Object.assign(mingwen, { prepare, search, mayHold: (filter, query) => mayHold(filter, termsOf(query)) });
  if (typeof document === "undefined") return;

  const dialog = document.getElementById("search");
  const [input, status, results, more] = ["input", "[role=status]", "ol", ".more"].map((one) => dialog.querySelector(one));
  const { root, said } = { root: dialog.dataset.root, said: dialog.dataset };
  const [own, others] = [said.langs, said.others ?? ""].map((langs) => langs.split(" ").filter(Boolean));
  // What is known of each language: its pages, the parts that were not fetched yet, and how many scripts
  // are under way.
  const texts = new Map();
  let limit = 10;

  const load = (lang, part) => {
    const script = document.createElement("script");
    texts.get(lang).loading += 1;
    script.src = `${root}assets/search.${lang}${part ? "." + part : ""}.js`;
    script.addEventListener("error", () => { texts.get(lang).loading -= 1; show(); });
    document.head.append(script);
  };
  // The pages of a report, or of a part of it.
  mingwen.found = (lang, list) => {
    texts.get(lang).loading -= 1;
    for (const page of list) texts.get(lang).pages.push(prepare(page));
    show();
  };
  // Of a large report, what is in each of its parts: the titles of its pages, and a filter.
  mingwen.parts = (lang, list) => {
    texts.get(lang).loading -= 1;
    texts.get(lang).parts = list.map(([titles, filter], at) => ({
      number: at + 1,
      titles: titles.map(foldText),
      filter: Uint8Array.from(atob(filter), (c) => c.charCodeAt(0)),
    }));
    show();
  };
  /** Takes the part that most likely answers the query from those that were not fetched. */
  const nextPart = (terms, langs) => {
    for (const lang of langs) {
      const { parts } = texts.get(lang);
      const isNamed = ({ titles }) => titles.some((title) => terms.every((term) => has(title, term)));
      const may = parts.filter(({ filter }) => mayHold(filter, terms));
      const part = may.find(isNamed) ?? may[0];
      if (part) return { lang, part };
    }
    return null;
  };

  const passageOf = (text, terms) => {
    const ranges = places(text, terms);
    const length = /\p{Script=Han}/u.test(text) ? 90 : 180;
    // It begins at the place with the most of the words near it.
    const near = ([from]) => new Set(ranges.filter(([at, to]) => at >= from && to <= from + length - 24).map((one) => one[2])).size;
    const counts = ranges.slice(0, 100).map(near);
    const first = ranges.length ? ranges[counts.indexOf(Math.max(...counts))][0] : 0;
    let start = first > 40 ? first - 24 : 0;
    if (start && /[A-Za-z]/.test(text[start])) start = Math.max(0, text.indexOf(" ", start) + 1 || start);
    const span = document.createElement("span");
    const end = Math.min(text.length, start + length);
    let at = start;
    if (start) span.append("…");
    for (const [from, to] of ranges) {
      if (from < at || to > end) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      span.append(text.slice(at, from), mark);
      at = to;
    }
    span.append(text.slice(at, end), end < text.length ? "…" : "");
    return span;
  };

  const linkTo = (href, lang, ...content) => {
    const link = document.createElement("a");
    link.href = root + encodeURI(href);
    if (lang) link.lang = lang;
    link.append(...content);
    return link;
  };

  const entry = ({ page, passages }, lang, terms) => {
    const item = document.createElement("li");
    const title = linkTo(page.path, page.tag || lang, passageOf(page.title, terms));
    title.className = "page-title";
    item.append(title);
    const list = document.createElement("ul");
    for (const { block } of passages.sort((a, b) => b.count - a.count).slice(0, 3)) {
      const line = document.createElement("li");
      const text = [passageOf(block.text, terms)];
      if (block.heading) {
        const heading = document.createElement("small");
        heading.textContent = block.heading;
        text.unshift(heading, " ");
      }
      line.append(linkTo(page.path + (block.anchor ? "#" + block.anchor : ""), page.tag || lang, ...text));
      list.append(line);
    }
    if (!passages.length && page.description) {
      const line = document.createElement("li");
      line.append(linkTo(page.path, page.tag || lang, passageOf(page.description, terms)));
      list.append(line);
    }
    if (list.childNodes.length) item.append(list);
    return item;
  };

  const isLoading = (langs) => langs.some((lang) => texts.get(lang).loading > 0);
  // Of `langs`: the pages that were found, and the part that is to be searched next, if it is wanted.
  const look = (terms, langs) => {
    for (const lang of langs) {
      if (!texts.has(lang)) { texts.set(lang, { pages: [], parts: [], loading: 0 }); load(lang, 0); }
    }
    const found = langs.flatMap((lang) => search(texts.get(lang).pages, input.value).map((one) => ({ ...one, lang })));
    const next = terms.length && dialog.open ? nextPart(terms, langs) : null;
    return { langs, found, next };
  };

  const show = () => {
    const terms = termsOf(input.value);
    let state = look(terms, own);
    // Letters that are about to become Chinese are nothing to look for.
    const isNowhere = terms.length && !dialog.composing && !state.found.length && !state.next && !isLoading(own);
    if (isNowhere && others.length) state = look(terms, others);
    const { langs, found, next } = state;
    if (next && !isLoading(langs) && found.length <= limit) {
      const { parts } = texts.get(next.lang);
      parts.splice(parts.indexOf(next.part), 1);
      load(next.lang, next.part.number);
    }
    const loading = isLoading(langs);
    const focused = results.contains(document.activeElement) ? document.activeElement.href : null;
    results.replaceChildren(...found.slice(0, limit).map((one) => entry(one, said[one.lang], terms)));
    if (focused) [...results.querySelectorAll("a")].find((link) => link.href === focused)?.focus();
    more.hidden = found.length <= limit;
    results.dataset.of = loading ? "" : input.value;
    let count = found.length === 1 ? said.one : found.length ? (next ? said.least : said.many).replace("{n}", found.length) : said.none;
    if (isNowhere && found.length) count = said.elsewhere.replace("{count}", count);
    status.textContent = !terms.length ? "" : loading ? `${said.loading} ${found.length ? count : ""}` : count;
  };

  mingwen.opened = show;
  let soon = 0;
  const showSoon = () => {
    limit = 10;
    clearTimeout(soon);
    soon = setTimeout(show, 60);
  };
  input.addEventListener("input", showSoon);
  input.addEventListener("compositionend", showSoon);
  more.addEventListener("click", () => {
    const next = results.children.length;
    limit += 20;
    show();
    results.children[next]?.querySelector("a").focus();
  });
  dialog.addEventListener("keydown", (event) => {
    const links = [...results.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? input).focus();
    // In a field for searching, Escape would only empty it.
    else if (event.key === "Escape") dialog.close();
    else if (event.key === "Enter" && event.target === input && !event.isComposing) {
      clearTimeout(soon);
      show();
      results.querySelector("a")?.click();
    } else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("a, .close")) dialog.close();
  });
  show();
})();
