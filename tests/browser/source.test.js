// The restoration shown: what is known about a character appears on hover, focus and tap, without a
// script; a section leads to its lines, and they lead back.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { guarded, launch } from "./lib/browser.js";
import { nothing } from "./lib/nothing.js";
import { fileUrl } from "./lib/site.js";

const SOURCE = "zh/sources/blockchain-cities.html";
const NARROW = { width: 360, height: 740 };

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Opens the page of the source, looks at it, and makes sure that nothing went wrong. */
async function onSource(options, look, name = SOURCE) {
  const { context, troubles } = await guarded(browser, options);
  const page = await context.newPage();
  await page.goto(fileUrl(name), { waitUntil: "load" });
  await look(page);
  await context.close();
  nothing(troubles);
}

const shownTips = (page) =>
  page.locator(".tip").evaluateAll((tips) => tips.filter((tip) => tip.checkVisibility()).map((tip) => tip.id));

const doubt = (page, at) => page.locator("button.doubt").nth(at);
const tipOf = async (page, at) => page.locator(`[id="${await doubt(page, at).getAttribute("aria-describedby")}"]`);

for (const javaScriptEnabled of [true, false]) {
  const script = javaScriptEnabled ? "with" : "without";

  test(`by keyboard, ${script} a script`, async () => {
    await onSource({ javaScriptEnabled }, async (page) => {
      assert.deepEqual(await shownTips(page), []);
      // From the text before the first doubt, Tab leads to it, and on to the next.
      await page.locator("#lines").click();
      // Where it stands, the pointer may come to lie on a doubt as the page scrolls.
      await page.mouse.move(0, 0);
      const seen = new Set();
      for (let presses = 0; presses < 40 && seen.size < 3; presses += 1) {
        await page.keyboard.press("Tab");
        const shown = await shownTips(page);
        assert.ok(shown.length <= 1, `only one at a time: ${shown}`);
        shown.forEach((id) => seen.add(id));
      }
      assert.equal(seen.size, 3);
      const [first] = seen;
      assert.match(await page.locator(`[id="${first}"]`).textContent(), /\d\.\d %.*\d\.\d %/);
      assert.equal((await shownTips(page)).length, 1);
      if (javaScriptEnabled) {
        await page.keyboard.press("Escape");
        assert.deepEqual(await shownTips(page), []);
      }
    });
  });

  test(`by pointer, ${script} a script: the pointer can go into what is shown`, async () => {
    await onSource({ javaScriptEnabled, viewport: { width: 1280, height: 900 } }, async (page) => {
      await doubt(page, 1).hover();
      const tip = await tipOf(page, 1);
      assert.ok(await tip.isVisible());
      const box = await doubt(page, 1).boundingBox();
      const shown = await tip.boundingBox();
      assert.ok(shown.y - (box.y + box.height) < 12, "it is beside its character");
      await page.mouse.move(box.x + 4, shown.y + shown.height / 2, { steps: 12 });
      assert.ok(await tip.isVisible());
      await page.mouse.move(2, 2);
      assert.ok(!(await tip.isVisible()));
    });
  });

  test(`by tap on a small screen, ${script} a script`, async () => {
    await onSource({ javaScriptEnabled, viewport: NARROW, hasTouch: true }, async (page) => {
      for (const at of [0, 4]) {
        await doubt(page, at).tap();
        const tip = await tipOf(page, at);
        assert.ok(await tip.isVisible());
        const { x, width } = await tip.boundingBox();
        assert.ok(x >= 0 && x + width <= NARROW.width, "it is inside the screen");
      }
    });
  });

  test(`what the source has opens by keyboard, ${script} a script`, async () => {
    await onSource({ javaScriptEnabled }, async (page) => {
      const line = page.locator(".line:has(details)").first();
      await line.locator("summary").focus();
      await page.keyboard.press("Enter");
      assert.ok(await line.locator(".original").isVisible());
    });
  });
}

test("a section leads to its lines, and they lead back, in both languages", async () => {
  for (const lang of ["zh", "en"]) {
    const section = `${lang}/national-support.html`;
    await onSource({ javaScriptEnabled: false }, async (page) => {
      await page.locator(".meta a[href*='/sources/']").click();
      await page.waitForURL(/sources\/blockchain-cities\.html#L2$/);
      assert.ok(await page.locator("#L2").evaluate((line) => line.matches(":target")));
      await page.locator("h3:has(~ #L2) a").first().click();
      await page.waitForURL((url) => url.href === fileUrl(section));
    }, section);
  }
});

test("marks differ by more than colour", async () => {
  await onSource({}, async (page) => {
    const style = (selector, property) =>
      page.locator(selector).first().evaluate((element, name) => getComputedStyle(element)[name], property);
    assert.equal(await style("button.doubt", "borderTopStyle"), "dashed");
    assert.equal(await style(".line .inferred", "textDecorationStyle"), "dotted");
    assert.equal(await style(".key .corrected ins", "textDecorationStyle"), "double");
    assert.equal(await style(".key .lost", "textDecorationLine"), "line-through");
  });
});
