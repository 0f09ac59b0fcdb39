// Breadth-first over all pages that can be reached from one, by following every link.

import { inParallel } from "./browser.js";

/** What a page names: links, and ids that links can name. Runs inside the page. */
function look() {
  const attributes = [
    ["a[href], area[href], link[href]", "href"],
    ["img[src], script[src], source[src], iframe[src], video[src], audio[src]", "src"],
    ["object[data]", "data"],
  ];
  const targets = [];
  for (const [selector, attribute] of attributes) {
    for (const element of document.querySelectorAll(selector)) {
      // Absolute on purpose: where the page is published, not a link to follow.
      if (["canonical", "alternate"].includes(element.rel)) continue;
      const written = element.getAttribute(attribute);
      // Not the property of that name, which is no string on a link in a drawing.
      targets.push({ written, url: new URL(written, document.baseURI).href });
    }
  }
  const refresh = document.querySelector("meta[http-equiv=refresh i]")?.content.split(/url=/i)[1];
  if (refresh) targets.push({ written: refresh, url: new URL(refresh, document.baseURI).href });
  const ids = [...document.querySelectorAll("[id], a[name]")].flatMap((e) => [e.id, e.name]);
  return { targets, ids: ids.filter(Boolean) };
}

const withoutFragment = (url) => url.split("#")[0];

/**
 * Follows every link from `start`. `isInside` tells the site's addresses from others, `exists`
 * whether a file stands there. Gives back the pages' addresses and all that is wrong with links.
 */
export async function crawl(context, start, { isInside, exists }) {
  const visited = new Map();
  const wrong = [];
  let frontier = [start];
  while (frontier.length > 0) {
    const looks = await inParallel(frontier, async (url) => {
      const page = await context.newPage();
      await page.goto(url, { waitUntil: "load" });
      const seen = await page.evaluate(look);
      await page.close();
      return seen;
    });
    frontier.forEach((url, at) => visited.set(url, looks[at]));
    const found = new Set();
    for (const { targets } of looks) {
      for (const { url } of targets) {
        const file = withoutFragment(url);
        if (isInside(file) && /\.html$/.test(file) && exists(file) && !visited.has(file)) found.add(file);
      }
    }
    frontier = [...found].sort();
  }
  for (const [page, { targets }] of visited) {
    for (const { written, url } of targets) {
      const file = withoutFragment(url);
      const trouble = (what) => wrong.push(`${page}: ${JSON.stringify(written)} ${what}`);
      if (/^(data|mailto|tel):/.test(url)) continue;
      if (/^(https?:)?\/\//.test(written)) continue;
      if (!isInside(file)) trouble("leads out of the site");
      else if (!exists(file)) trouble("leads to a file that is not there");
      else if (url.includes("#") && visited.has(file)) {
        const id = decodeURIComponent(url.slice(url.indexOf("#") + 1));
        if (id && !visited.get(file).ids.includes(id)) trouble("names an id that is not there");
        if (!id) trouble("names no id");
      }
    }
  }
  return { visited: [...visited.keys()], wrong };
}
