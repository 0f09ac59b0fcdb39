// The themes: the sample in the institution's, and with colours, fonts and a logo from its
// configuration. Both are built by tests/run.sh; without their folders these tests are skipped.

import assert from "node:assert/strict";
import axe from "axe-core";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { inParallel, launch } from "./lib/browser.js";
import { nothing } from "./lib/nothing.js";

const INSTITUTION = process.env.MINGWEN_INSTITUTION_SITE;
const CHANGED = process.env.MINGWEN_CHANGED_SITE;
const skip = (site) => (site && existsSync(site) ? false : "the site was not built");
const PAGES = ["index.html", "zh/index.html", "en/policy-2021.html", "zh/method.html", "parallel/industrial-parks.html", "en/timeline.html", "zh/glossary.html", "zh/print.html"];

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 360]) {
    test(`the institution's theme: axe finds nothing, nothing is too wide: ${colorScheme}, ${width} px`, { skip: skip(INSTITUTION) }, async () => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
      const wrong = await inParallel(PAGES, async (name) => {
        const page = await context.newPage();
        await page.goto(pathToFileURL(join(INSTITUTION, name)).href);
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document, { preload: false }));
        const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
        await page.close();
        return [
          ...violations.flatMap(({ id, nodes }) => nodes.map((node) => `${name}: ${id}: ${node.target.join(" ")} ${node.any[0]?.message ?? ""}`)),
          ...(wide > 0 ? [`${name} is ${wide} px too wide`] : []),
        ];
      });
      await context.close();
      nothing(wrong.flat());
    });
  }
}

test("the institution's pages keep the measure", { skip: skip(INSTITUTION) }, async () => {
  for (const width of [768, 1280]) {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    for (const name of ["zh/index.html", "zh/method.html"]) {
      await page.goto(pathToFileURL(join(INSTITUTION, name)).href);
      const characters = await page.locator(".prose > p").first()
        .evaluate((one) => one.clientWidth / parseFloat(getComputedStyle(one).fontSize));
      assert.ok(characters >= 34 && characters <= 40, `${name}, ${width} px: ${characters} characters`);
    }
    await context.close();
  }
});

test("the institution's report on paper: dark words on white, charts in its colour", { skip: skip(INSTITUTION) }, async () => {
  const context = await browser.newContext({ colorScheme: "dark" });
  const page = await context.newPage();
  await page.emulateMedia({ media: "print" });
  await page.goto(pathToFileURL(join(INSTITUTION, "en/policy-2021.html")).href);
  const seen = await page.evaluate(() => [".brand", ".top"].map((one) => getComputedStyle(document.querySelector(one)))
    .map((style) => [style.color, style.backgroundColor]));
  assert.deepEqual(seen[0][0], "rgb(0, 0, 0)");
  assert.deepEqual(seen[1][1], "rgba(0, 0, 0, 0)");
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--chart-accent")), "#8a1c2b");
  await context.close();
});

test("colours, fonts and logo come from the configuration", { skip: skip(CHANGED) }, async () => {
  const context = await browser.newContext({ colorScheme: "light" });
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(CHANGED, "zh/method.html")).href);
  const style = (selector, property) => page.locator(selector).first().evaluate((one, property) => getComputedStyle(one)[property], property);
  assert.equal(await style(".languages a", "color"), "rgb(138, 28, 43)");
  assert.equal(await style("html", "backgroundColor"), "rgb(253, 252, 249)");
  assert.match(await style(".prose", "fontFamily"), /^KaiTi/);
  assert.ok(await page.locator(".brand img").evaluate((img) => img.complete && img.naturalWidth > 0));
  await context.close();
});

test("the institution's theme does not count headings that have numbers of their own", { skip: skip(INSTITUTION) }, async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(INSTITUTION, "zh/method.html")).href);
  const count = () => page.locator(".prose > h2").first().evaluate((one) => getComputedStyle(one, "::before").content);
  assert.match(await count(), /counter/);
  await page.locator(".prose").evaluate((prose) => prose.classList.add("numbered"));
  assert.equal(await count(), "none");
  await context.close();
});
