// Both languages side by side, and a paragraph's counterpart in place.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { guarded, launch } from "./lib/browser.js";
import { nothing } from "./lib/nothing.js";
import { SITE, fileUrl, pathInSite, readablePages } from "./lib/site.js";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const sideBySide = readablePages.filter((name) => name.startsWith("parallel/"));

async function withPage(options, look) {
  const { context, troubles } = await guarded(browser, options);
  await look(await context.newPage(), context);
  await context.close();
  nothing(troubles);
}

test("every page of both languages has its parallel page, without JavaScript", async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    const seen = new Set();
    for (const name of readablePages.filter((name) => /^(zh|en)\//.test(name))) {
      await page.goto(fileUrl(name));
      const link = page.locator('.languages a[href*="parallel/"]');
      if ((await link.count()) === 0) continue;
      await link.click();
      await page.waitForURL((url) => pathInSite(url.href)?.startsWith("parallel/"));
      assert.equal(pathInSite(page.url()).slice("parallel/".length), name.slice(3));
      seen.add(pathInSite(page.url()));
    }
    assert.deepEqual([...seen].sort(), sideBySide);
  });
});

test("wide: the blocks of a pair begin at the same height, side by side", async () => {
  await withPage({ viewport: { width: 1280, height: 900 } }, async (page) => {
    for (const name of sideBySide) {
      await page.goto(fileUrl(name));
      const wrong = await page.evaluate(() => [...document.querySelectorAll(".row")].flatMap((row) => {
        const [first, second] = [...row.querySelectorAll(":scope > .cell")].map((cell) => cell.getBoundingClientRect());
        const level = Math.abs(first.top - second.top) < 1;
        return level && first.right <= second.left ? [] : [row.id];
      }));
      assert.deepEqual(wrong, [], name);
    }
  });
});

test("narrow: the blocks of a pair stand one below the other, each marked", async () => {
  await withPage({ viewport: { width: 360, height: 740 } }, async (page) => {
    await page.goto(fileUrl(sideBySide[0]));
    const wrong = await page.evaluate(() => [...document.querySelectorAll(".row")].flatMap((row) => {
      const cells = [...row.querySelectorAll(":scope > .cell")];
      const [first, second] = cells.map((cell) => cell.getBoundingClientRect());
      const marked = cells.every((cell) => getComputedStyle(cell, "::before").content.length > 2);
      return first.bottom <= second.top + 1 && marked ? [] : [row.id];
    }));
    assert.deepEqual(wrong, []);
  });
});

test("both languages have the same anchors, and so has the parallel page", async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    const anchors = async (name) => {
      await page.goto(fileUrl(name));
      return page.locator(".prose > [id]:not(figure), .prose > :is(ol, ul) > li[id], .row[id]").evaluateAll((all) => all.map((one) => one.id));
    };
    for (const name of sideBySide) {
      const rest = name.slice("parallel/".length);
      const [zh, en, both] = [await anchors(`zh/${rest}`), await anchors(`en/${rest}`), await anchors(name)];
      assert.deepEqual(zh, en, rest);
      assert.deepEqual(zh, both.filter((id) => zh.includes(id)), rest);
      for (const id of zh) assert.match(id, /^[a-z0-9-]+$/, "short, without percent signs");
    }
  });
});

test("the place is kept when the edition is changed, by keyboard", async () => {
  await withPage({ viewport: { width: 1280, height: 500 } }, async (page) => {
    await page.goto(`${fileUrl("zh/industrial-parks.html")}#s1-2`);
    await page.locator(".languages a").last().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.href.includes("parallel/"));
    assert.match(new URL(page.url()).hash, /^#s1-2/);
    await page.locator('.languages a[hreflang="en"]').focus();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.href.includes("/en/"));
    assert.match(new URL(page.url()).hash, /^#s1-2/);
  });
});

test("the place is kept when the edition is changed by mouse: the header comes along when one scrolls back", async () => {
  for (const viewport of [{ width: 1280, height: 500 }, { width: 360, height: 640 }]) {
    await withPage({ viewport }, async (page) => {
      await page.goto(fileUrl("zh/method.html"));
      await page.mouse.move(viewport.width / 2, viewport.height / 2);
      // To the end of the way: a step back on the way would only shorten it.
      await page.mouse.wheel(0, 1500);
      await page.waitForFunction(() => scrollY === 1500);
      const link = page.locator('.languages a[hreflang="en"]');
      assert.ok((await link.boundingBox()).y < 0, "the header is out of the way of one who reads on");
      await page.mouse.wheel(0, -40);
      await page.waitForFunction(() => "up" in document.documentElement.dataset);
      const { x, y, width, height } = await link.boundingBox();
      assert.ok(y >= 0, "and comes back");
      const id = await page.evaluate(() => {
        const top = document.querySelector(".top").getBoundingClientRect().bottom + 8;
        return [...document.querySelectorAll(".prose > [id]:not(figure), .prose > :is(ol, ul) > li[id]")].find((one) => one.getBoundingClientRect().bottom > top).id;
      });
      await page.mouse.click(x + width / 2, y + height / 2);
      await page.waitForURL((url) => url.href.includes("/en/"));
      assert.equal(new URL(page.url()).hash, `#${id}`);
    });
  }
});

test("the header stays away from what has the focus", async () => {
  await withPage({ viewport: { width: 360, height: 500 } }, async (page) => {
    await page.goto(`${fileUrl("zh/method.html")}#s5`);
    await page.locator("#s5 > .permalink").focus();
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press("Shift+Tab");
      const hidden = await page.evaluate(() => {
        const [one, top] = [document.activeElement, document.querySelector(".top").getBoundingClientRect()];
        return !one.closest(".top") && one.getBoundingClientRect().top < top.bottom;
      });
      assert.equal(hidden, false);
    }
  });
});

test("a key shows a paragraph's counterpart, and hides it again", async () => {
  await withPage({}, async (page) => {
    await page.goto(fileUrl("en/policy-2021.html"));
    await page.locator("#p1 > .permalink").focus();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "other");
    await page.keyboard.press("Enter");
    const box = page.locator('.counterpart[lang="zh-Hans"]');
    await box.waitFor();
    assert.match(await box.innerText(), /2021年，我国出台了多少区块链政策/);
    assert.equal(await page.locator(".other").getAttribute("aria-expanded"), "true");
    await page.keyboard.press("Enter");
    await box.waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await box.waitFor();
    await page.keyboard.press("Escape");
    await box.waitFor({ state: "detached" });
    // From a link in it too, whose small window goes first.
    await page.keyboard.press("Enter");
    await box.waitFor();
    await page.locator("#p1 a").first().focus();
    if (await page.locator(".pop").count()) {
      await page.keyboard.press("Escape");
      assert.equal(await box.count(), 1);
    }
    await page.keyboard.press("Escape");
    await box.waitFor({ state: "detached" });
  });
});

test("the button for the counterpart is whole and inside a small screen, wherever the last line ends", async () => {
  await withPage({ viewport: { width: 360, height: 740 } }, async (page) => {
    await page.goto(fileUrl("zh/policy-2021.html"));
    for (const block of await page.locator(".prose > p[id]").all()) {
      await block.locator(".permalink").focus();
      const { x, width, height } = await page.locator(".other").boundingBox();
      assert.ok(height < 40, `${height} px high`);
      assert.ok(x + width <= 360, `reaches ${x + width} px`);
    }
  });
});

test("by Tab one gets through all of a text, and through a quotation", async () => {
  const html = readFileSync(join(SITE, "zh/policy-2021.html"), "utf8");
  const quoted = html.replace(/<p id="p1">([\s\S]*?)<\/p>/, '<blockquote id="p1"><p>$1</p></blockquote>');
  assert.notEqual(quoted, html);
  await withPage({}, async (page, context) => {
    await context.route(/zh\/policy-2021\.html/, (route) => route.fulfill({ contentType: "text/html", body: quoted }));
    await page.goto(fileUrl("zh/policy-2021.html"));
    const links = await page.locator("a[href], summary, header button").evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
    const reached = new Set();
    for (let presses = 0; presses < 3 * links; presses += 1) {
      await page.keyboard.press("Tab");
      const [at, isLost] = await page.evaluate(() => {
        const one = document.activeElement;
        return [[...document.querySelectorAll("a[href], summary, header button")].indexOf(one), one === document.body];
      });
      // After the last one the focus leaves the page.
      if (isLost) break;
      if (at >= 0) reached.add(at);
    }
    assert.equal(reached.size, links);
  });
});

test("a click on an item of a list shows its counterpart", async () => {
  await withPage({}, async (page) => {
    await page.goto(fileUrl("zh/national-support.html"));
    await page.locator("#p2").click({ position: { x: 60, y: 10 } });
    const box = page.locator("#p2 > .counterpart");
    await box.waitFor();
    assert.match(await box.innerText(), /^Degree of support/);
    await page.locator("#p2").click({ position: { x: 60, y: 10 } });
    await box.waitFor({ state: "detached" });
  });
});

test("the choice of both languages is offered, and remembered", async () => {
  await withPage({}, async (page, context) => {
    await page.goto(fileUrl("index.html"));
    await page.locator('main a[data-choose="parallel"]').click();
    await page.waitForURL(fileUrl("parallel/index.html"));
    const later = await context.newPage();
    await later.goto(fileUrl("index.html"));
    await later.waitForURL(fileUrl("parallel/index.html"), { timeout: 5000 });
  });
});

test("previous and next stay inside the edition", async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(fileUrl("parallel/policy-2021.html"));
    await page.locator("a[rel=next]").click();
    await page.waitForURL((url) => /^parallel\/(?!policy-2021)/.test(pathInSite(url.href)));
    await page.locator("a[rel=prev]").click();
    await page.waitForURL((url) => pathInSite(url.href) === "parallel/policy-2021.html");
  });
});
