// A page as its reader needs it: a window of 320 px (which is 400 % of zoom on 1,280), text twice as
// large, wider spacing (WCAG 2.2, 1.4.4, 1.4.10 and 1.4.12), the system's own colours, more contrast,
// no movement.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { guarded, inParallel, launch } from "./lib/browser.js";
import { nothing } from "./lib/nothing.js";
import { SITE, fileUrl, files, readablePages } from "./lib/site.js";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** What leaves the window or lies over something else, once a sheet with `css` is added. Runs inside the page. */
function misplaced(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  const wrong = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) wrong.push(`${document.documentElement.scrollWidth} px wide`);
  const name = (one) => `${one.localName} ${JSON.stringify(one.textContent.trim().slice(0, 20))}`;
  // What stands in the margin is seen where there is one; what scrolls by itself is meant to.
  const elsewhere = ".table, pre, svg, .on-paper, .skip, .permalink, dialog, .tip";
  for (const one of document.querySelectorAll("body *")) {
    if (!one.offsetParent || one.closest(elsewhere)) continue;
    if (one.getBoundingClientRect().right > width + 1) wrong.push(`${name(one)} leaves the window`);
    const isCut = getComputedStyle(one).overflowY === "hidden" && one.scrollHeight > one.clientHeight + 1;
    if (isCut) wrong.push(`${name(one)} is cut off`);
  }
  const words = (one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return one.textContent ? [...range.getClientRects()] : [one.getBoundingClientRect()];
  };
  const parts = [...document.querySelectorAll(".top :is(.brand, .languages li, .find, .theme)")];
  const boxes = parts.filter((one) => one.offsetParent).flatMap((one) => words(one).map((box) => [one, box]));
  for (const [one, a] of boxes) {
    for (const [other, b] of boxes) {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (one !== other && across > 1 && down > 1) wrong.push(`${name(one)} lies over ${name(other)}`);
    }
  }
  return wrong;
}

const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-block-end: 2em !important; }`;

for (const [what, width, css] of [
  ["a window of 320 px", 320, ""],
  ["wider spacing on a phone", 360, SPACING],
  ["wider spacing on a wide screen", 1280, SPACING],
  ["text twice as large on a phone", 360, "html { font-size: 200%; }"],
  ["text twice as large on a wide screen", 1280, "html { font-size: 200%; }"],
]) {
  test(`nothing is cut off, covered or out of the window: ${what}`, async () => {
    const { context, troubles } = await guarded(browser, { viewport: { width, height: 800 } });
    const found = await inParallel(readablePages, async (name) => {
      const page = await context.newPage();
      await page.goto(fileUrl(name));
      const wrong = await page.evaluate(misplaced, css);
      await page.close();
      return wrong.map((what) => `${name}: ${what}`);
    });
    await context.close();
    nothing([...found.flat(), ...troubles]);
  });
}

test("in the system's own colours what is current, marked or gone to can be told", async () => {
  const { context } = await guarded(browser, { forcedColors: "active", viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const style = (selector, property) =>
    page.locator(selector).first().evaluate((one, name) => getComputedStyle(one).getPropertyValue(name), property);
  await page.goto(`${fileUrl("zh/policy-2021.html")}#s1`);
  assert.equal(await style(".languages span", "border-bottom-style"), "solid");
  assert.equal(await style(".prose > :target", "outline-style"), "solid");
  assert.notEqual(await style(".report [aria-current]", "border-left-color"), await style(".report a:not([aria-current])", "border-left-color"));
  await page.goto(fileUrl("zh/sources/blockchain-cities.html"));
  assert.equal(await style("button.doubt", "border-top-style"), "dashed");
  assert.match(await style(".lines .inferred", "text-decoration-line"), /underline/);
  await page.goto(fileUrl("zh/timeline.html"));
  await page.locator("#r1").check({ force: true });
  assert.equal(await style("#r1 + label", "outline-style"), "solid");
  // Of a map's steps only the frame is left.
  await page.goto(fileUrl("zh/policy-2021.html"));
  const stroke = await page.locator(".chart-wide").first().evaluate((drawing) => {
    drawing.insertAdjacentHTML("beforeend", '<rect fill="#005DA1" stroke="none"/>');
    return getComputedStyle(drawing.lastChild).stroke;
  });
  assert.notEqual(stroke, "none");
  await context.close();
});

test("whoever asks for more contrast has no grey text", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { context } = await guarded(browser, { contrast: "more", colorScheme });
    const page = await context.newPage();
    await page.goto(fileUrl("en/policy-2021.html"));
    const color = (selector) => page.locator(selector).first().evaluate((one) => getComputedStyle(one).color);
    assert.equal(await color(".lead"), await color("h1"));
    assert.equal(await color(".meta"), await color("h1"));
    await context.close();
  }
});

test("nothing on the site moves by itself", () => {
  const sheets = files(SITE).filter((name) => name.endsWith(".css"));
  const moving = /@keyframes|\banimation(-name)?\s*:|\btransition(-property)?\s*:|scroll-behavior\s*:\s*smooth/;
  nothing(sheets.filter((name) => moving.test(readFileSync(join(SITE, name), "utf8"))));
});
