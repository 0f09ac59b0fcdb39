// Every page, in light and dark, wide and narrow: accessible, inside its width, charts legible.

import assert from "node:assert/strict";
import axe from "axe-core";
import { after, before, test } from "node:test";
import { guarded, inParallel, launch } from "./lib/browser.js";
import { nothing } from "./lib/nothing.js";
import { fileUrl, shownPages } from "./lib/site.js";

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 360, height: 740 };
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SMALLEST_TEXT = 11;

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Opens every page in one context, a few at once, and gathers what `look` finds. */
async function onEveryPage(options, look) {
  const { context, troubles } = await guarded(browser, options);
  const found = await inParallel(shownPages, async (name) => {
    const page = await context.newPage();
    await page.goto(fileUrl(name), { waitUntil: "load" });
    const wrong = await look(page);
    await page.close();
    return wrong.map((what) => `${name}: ${what}`);
  });
  await context.close();
  return [...found.flat(), ...troubles];
}

const openAll = (page) =>
  page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));

async function violations(page) {
  await openAll(page);
  await page.evaluate(axe.source);
  const options = {
    runOnly: { type: "tag", values: TAGS },
    resultTypes: ["violations"],
    // It would fetch the style sheets once more, which a page in a folder may not do.
    preload: false,
  };
  const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), options);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}): ${node.target.join(" ")}: ${node.any[0]?.message ?? ""}`));
}

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [WIDE, NARROW]) {
    test(`axe finds nothing: ${colorScheme}, ${viewport.width} px`, async () => {
      nothing(await onEveryPage({ colorScheme, viewport }, violations));
    });
  }
}

test("a permalink at the end of a full line does not widen the page", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const name of ["zh/method.html", "en/method.html", "parallel/method.html"]) {
    await page.goto(fileUrl(name));
    for (let width = 320; width <= 400; width += 8) {
      await page.setViewportSize({ width, height: 740 });
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${name} is ${wide} px too wide for ${width} px`);
    }
  }
  await context.close();
});

test("a permalink stands on the last line of its block", async () => {
  const below = (page) => page.evaluate(() => [...document.querySelectorAll(".prose :is(p, li, dd, h2, h3) > .permalink")]
    .filter((link) => {
      const range = document.createRange();
      range.setStart(link.parentNode, 0);
      range.setEndBefore(link);
      return link.getBoundingClientRect().top > [...range.getClientRects()].at(-1).bottom - 2;
    })
    .map((link) => link.hash));
  for (const viewport of [WIDE, NARROW]) nothing(await onEveryPage({ viewport }, below));
});

test("the lines of a Chinese title break between words", async () => {
  const torn = await onEveryPage({ viewport: NARROW }, (page) => page.evaluate(() => {
    const range = document.createRange();
    const lines = (part) => { range.selectNodeContents(part); return range.getClientRects().length; };
    const titles = [...document.querySelectorAll("h1:lang(zh), .prose > :is(h2, h3):lang(zh)")];
    // With two parts in a line or more: a part of a single title in large type may need two lines.
    const parts = titles.flatMap((title) => [title, ...title.querySelectorAll(".clause")])
      .filter((one) => one.querySelector(":scope > wbr")).flatMap((one) => [...one.childNodes]);
    return parts.filter((part) => part.nodeType === Node.TEXT_NODE && lines(part) > 1).map((part) => part.data);
  }));
  nothing(torn);
});

test("nothing is wider than a screen of 360 px", async () => {
  const wide = await onEveryPage({ viewport: NARROW }, async (page) => {
    const width = () => page.evaluate(() => document.scrollingElement.scrollWidth);
    const wrong = [];
    if ((await width()) > NARROW.width) wrong.push(`is ${await width()} px wide`);
    await openAll(page);
    if ((await width()) > NARROW.width) wrong.push(`is ${await width()} px wide with all open`);
    return wrong;
  });
  nothing(wide);
});

/** The charts of a page: which drawings show, and how large their smallest text is on screen. */
function drawings() {
  return [...document.querySelectorAll("figure.chart")].map((figure) => {
    const shown = [...figure.querySelectorAll("svg")].filter((svg) => {
      const box = svg.getBoundingClientRect();
      return box.width > 0 && box.height > 0 && getComputedStyle(svg).visibility === "visible";
    });
    const sizes = shown.flatMap((svg) => [...svg.querySelectorAll("text")].map((text) =>
      parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().d));
    // The page for print has one drawing for paper, which a small screen scrolls, by keyboard too.
    const frame = (svg) => {
      const around = svg.closest(".chart-drawing");
      const scrolls = getComputedStyle(around).overflowX === "auto" && around.tabIndex === 0;
      return scrolls ? around : svg;
    };
    const inside = shown.every((svg) => {
      const box = frame(svg).getBoundingClientRect();
      return box.left >= 0 && box.right <= document.scrollingElement.clientWidth + 0.5;
    });
    return { id: figure.id, shown: shown.length, smallest: Math.min(...sizes), inside };
  });
}

for (const viewport of [WIDE, { width: 768, height: 900 }, NARROW, { width: 320, height: 640 }]) {
  test(`charts show one drawing each, with legible text: ${viewport.width} px`, async () => {
    let charts = 0;
    const wrong = await onEveryPage({ viewport }, async (page) => {
      const found = await page.evaluate(drawings);
      charts += found.length;
      return found.flatMap(({ id, shown, smallest, inside }) => [
        ...(shown === 1 ? [] : [`${id} shows ${shown} drawings`]),
        ...(viewport.width < NARROW.width || smallest >= SMALLEST_TEXT - 0.01 ? [] : [`${id} has text of ${smallest} px`]),
        ...(inside ? [] : [`${id} is cut off`]),
      ]);
    });
    nothing(wrong);
    assert.ok(charts > 0, "the sample has charts");
  });
}
