// Every drawing of the gallery and of the charts' cases, with the fonts that are really there: no text is
// cut off, and none stands on another. And on the pages: values lead back to their sentences.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./lib/browser.js";
import { nothing } from "./lib/nothing.js";
import { SITE, fileUrl, readablePages } from "./lib/site.js";

const here = dirname(fileURLToPath(import.meta.url));
const FOLDERS = ["../gallery/drawings", "../charts"];
/** The page's fonts, as in the style of a drawing that stands alone. */
const FONTS = {
  zh: '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif',
  en: '"Helvetica Neue",Arial,"Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif',
};
const AT_ONCE = 40;

const drawings = FOLDERS.flatMap((folder) =>
  readdirSync(join(here, folder))
    .filter((name) => name.endsWith(".svg"))
    .map((name) => {
      const svg = readFileSync(join(here, folder, name), "utf8").replace(/^<\?xml[^>]*>\s*/, "");
      const lang = /[.-](en)[.-]/.test(name) ? "en" : "zh";
      return { name, lang, svg: svg.replace(/<style>[\s\S]*?<\/style>/, "") };
    }));

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** What is wrong in a page of drawings, each at its own size. */
function look() {
  const wrong = [];
  for (const part of document.querySelectorAll("section")) {
    const svg = part.querySelector("svg");
    const { width, height } = svg.viewBox.baseVal;
    const boxes = [...svg.querySelectorAll("text")].map((text) => {
      // From the first letter's origin to the end of the last: the box that `getBBox` gives is that of the
      // ink in some versions of Chromium, rounded outwards to whole pixels.
      const starts = text.getStartPositionOfChar(0).x;
      const ends = text.getEndPositionOfChar(text.getNumberOfChars() - 1).x;
      const size = Number(text.getAttribute("font-size"));
      const base = Number(text.getAttribute("y"));
      // The height of letters and of Chinese characters; a font's own box holds its line's space too.
      return { text: text.textContent, left: starts, right: ends, top: base - 0.85 * size, bottom: base + 0.15 * size };
    });
    for (const box of boxes) {
      const inside = box.left > -1 && box.right < width + 1 && box.top > -1 && box.bottom < height + 1;
      if (!inside) wrong.push(`${part.id}: cut off: ${box.text}`);
    }
    boxes.sort((a, b) => a.top - b.top);
    boxes.forEach((a, at) => {
      for (const b of boxes.slice(at + 1)) {
        if (b.top >= a.bottom) break;
        if (a.left < b.right - 0.5 && b.left < a.right - 0.5) wrong.push(`${part.id}: ${a.text} on ${b.text}`);
      }
    });
  }
  return wrong;
}

test("no text of a drawing is cut off or stands on another", async () => {
  assert.ok(drawings.length > 100, `only ${drawings.length} drawings`);
  const page = await browser.newPage();
  const wrong = [];
  for (let at = 0; at < drawings.length; at += AT_ONCE) {
    const parts = drawings.slice(at, at + AT_ONCE).map(({ name, lang, svg }) => {
      const [, , width, height] = svg.match(/viewBox="([^"]*)"/)[1].split(" ");
      const sized = svg.replace("<svg ", `<svg style="width:${width}px;height:${height}px;display:block" `);
      return `<section id="${name}" lang="${lang}" style='font-family:${FONTS[lang]}'>${sized}</section>`;
    });
    await page.setContent(`<!doctype html><style>text{font-variant-numeric:tabular-nums}</style>${parts.join("\n")}`);
    wrong.push(...(await page.evaluate(look)));
  }
  nothing(wrong);
});

/** What is wrong with the links in the drawings of a page. */
function lookAtLinks() {
  const wrong = [];
  for (const link of document.querySelectorAll("svg a")) {
    const value = link.textContent.trim();
    const target = document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
    if (!target) wrong.push(`${value} leads nowhere`);
    else if (target.closest("figure")) wrong.push(`${value} leads to no sentence`);
    if (!link.getAttribute("aria-label")?.includes(value)) wrong.push(`${value} has no name`);
    if (link.tabIndex !== 0) wrong.push(`${value} is not reached by keyboard`);
    if (link.closest("svg").getAttribute("role") === "img") wrong.push(`${value} is part of an image`);
  }
  return wrong;
}

test("a value in a drawing leads to its sentence, and is reached by keyboard", async () => {
  const linked = readablePages.filter((name) => readFileSync(join(SITE, name), "utf8").includes('href="#from-chart-'));
  for (const edition of ["zh/", "en/", "parallel/", "en/print.html"]) {
    assert.ok(linked.some((name) => name.startsWith(edition)), `no links in ${edition}`);
  }
  const page = await browser.newPage();
  const wrong = [];
  for (const name of linked) {
    await page.goto(fileUrl(name));
    wrong.push(...(await page.evaluate(lookAtLinks)).map((what) => `${name}: ${what}`));
  }
  nothing(wrong);
});
