// Finding one's way: contents, permalinks, terms, subjects, time line, citations. By keyboard, and
// without JavaScript where a reader does not need it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { guarded, launch } from "./lib/browser.js";
import { nothing } from "./lib/nothing.js";
import { REPORT, fileUrl, files, pathInSite, readablePages } from "./lib/site.js";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

async function withPage(name, options, look) {
  const { context, troubles } = await guarded(browser, options);
  const page = await context.newPage();
  await page.goto(fileUrl(name));
  await look(page);
  await context.close();
  nothing(troubles);
}

const without = { javaScriptEnabled: false };

test("the skip link comes first and leads to the text", async () => {
  await withPage("zh/method.html", without, async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate("document.activeElement.className"), "skip");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.hash === "#text");
  });
});

test("the contents mark the part that is read", async () => {
  await withPage("zh/method.html", { viewport: { width: 1280, height: 700 } }, async (page) => {
    for (const part of ["#s3", "#s5", "#s2"]) {
      await page.locator(`h2${part}`).evaluate((heading) => heading.scrollIntoView());
      await page.waitForFunction((part) => document.querySelector(".contents [aria-current]")?.hash === part, part);
    }
  });
});

test("permalinks show when they are focused, and lead to their place", async () => {
  await withPage("en/method.html", without, async (page) => {
    for (const place of ["#s2", "#s2-p1"]) {
      const link = page.locator(`${place} > .permalink`);
      assert.equal(await link.evaluate((one) => getComputedStyle(one).opacity), "0");
      await link.focus();
      assert.equal(await link.evaluate((one) => getComputedStyle(one).opacity), "1");
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.hash === place);
    }
  });
});

test("a term is explained on focus, with the other language's term, until Escape", async () => {
  await withPage("en/national-support.html", {}, async (page) => {
    await page.locator("a.term").first().focus();
    const pop = page.locator("[role=tooltip]");
    await pop.waitFor();
    assert.match(await pop.innerText(), /blockchain\s+区块链[\s\S]*ledger/);
    assert.equal(await page.locator("a.term").first().getAttribute("aria-describedby"), "pop");
    await page.keyboard.press("Escape");
    await pop.waitFor({ state: "detached" });
  });
});

test("what explains a term is gone when the keyboard goes on", async () => {
  await withPage("en/national-support.html", {}, async (page) => {
    const term = page.locator("a.term").first();
    await term.focus();
    await page.locator("[role=tooltip]").waitFor();
    const next = term.locator("xpath=following::a[1]");
    // Asked in the same breath: no moment of covering what comes next.
    const left = await next.evaluate((link) => {
      link.focus();
      const window = document.querySelector("[role=tooltip]");
      return window && !link.hasAttribute("aria-describedby");
    });
    assert.ok(!left);
  });
});

test("a term is explained when it is pointed at, and stays while its window is", async () => {
  await withPage("zh/national-support.html", {}, async (page) => {
    await page.locator("a.term").first().hover();
    const pop = page.locator("[role=tooltip]");
    await pop.waitFor();
    await pop.hover();
    // Longer than it takes to close once the pointer is away.
    await page.evaluate(() => new Promise((done) => { setTimeout(done, 400); }));
    assert.ok(await pop.isVisible());
    await page.mouse.move(5, 5);
    await pop.waitFor({ state: "detached" });
  });
});

test("a tap explains a term, a second one leads to the glossary", async () => {
  await withPage("zh/national-support.html", { hasTouch: true, viewport: { width: 360, height: 740 } }, async (page) => {
    const term = page.locator("a.term").first();
    await term.tap();
    await page.locator("[role=tooltip]").waitFor();
    assert.equal(pathInSite(page.url()), "zh/national-support.html");
    await term.tap();
    await page.waitForURL((url) => pathInSite(url.href) === "zh/glossary.html");
  });
});

test("without JavaScript a term leads to the glossary", async () => {
  await withPage("en/national-support.html", without, async (page) => {
    await page.locator("a.term").first().click();
    await page.waitForURL((url) => pathInSite(url.href) === "en/glossary.html");
    assert.match(await page.locator(new URL(page.url()).hash).innerText(), /blockchain/);
  });
});

test("a subject leads to its pages, in both languages", async () => {
  await withPage("zh/policy-2021.html", without, async (page) => {
    await page.locator(".tags a").first().click();
    await page.waitForURL((url) => pathInSite(url.href).startsWith("zh/tags/"));
    assert.ok((await page.locator(".listing > li").count()) > 1);
    const chinese = await page.locator(".listing > li").count();
    await page.locator('.languages a[hreflang="en"]').click();
    await page.waitForURL((url) => pathInSite(url.href).startsWith("en/tags/"));
    assert.equal(await page.locator(".listing > li").count(), chinese);
  });
});

/** How many events the report's data has: `import` writes each with its date on a line of its own. */
function events() {
  const data = join(REPORT, "content/data");
  const dates = files(data).map((name) => readFileSync(join(data, name), "utf8").match(/^ *- date:/gm)?.length ?? 0);
  return dates.reduce((sum, count) => sum + count);
}

test("the time line is filtered by region, by keyboard and without JavaScript", async () => {
  await withPage("zh/timeline.html", without, async (page) => {
    const shown = () => page.locator(".event").evaluateAll((all) => all.filter((one) => one.offsetParent).length);
    const all = events();
    assert.ok(all > 1);
    assert.equal(await shown(), all);
    await page.locator("#r0").focus();
    await page.keyboard.press("ArrowRight");
    const count = Number(await page.locator("#r1 + label small").innerText());
    assert.equal(await shown(), count);
    assert.ok(count < all);
    const years = await page.locator(".year").evaluateAll((all) => all.filter((one) => one.offsetParent && !one.querySelector(".event")).length);
    assert.equal(years, 0);
    await page.keyboard.press("ArrowLeft");
    assert.equal(await shown(), all);
    // Every event is found under one of the regions, the last of which stands for those without.
    const counts = await page.locator(".regions label small").evaluateAll((all) => all.map((one) => Number(one.textContent)));
    assert.equal(counts.slice(1).reduce((sum, one) => sum + one), all);
    assert.equal(await page.locator(".regions label span").last().innerText(), "其他");
  });
});

test("an event that is dated by its year alone has no day", async () => {
  await withPage("zh/timeline.html", without, async (page) => {
    const dates = await page.locator(".event time").evaluateAll((all) => all.map((one) => [one.dateTime, one.textContent]));
    const years = dates.filter(([machine]) => /^\d{4}$/.test(machine));
    assert.ok(years.length > 0);
    for (const [machine, text] of years) assert.equal(text, `${machine}年`);
  });
});

test("every text says how it is cited, without JavaScript", async () => {
  await withPage("zh/method.html", without, async (page) => {
    await page.locator(".cite summary").click();
    assert.match(await page.locator(".citation").innerText(), /^明文项目作者\. 文本是怎样复原的\[EB\/OL\]\/\/区块链最热的城市\. \(\d{4}-\d\d-\d\d\)\.$/);
    assert.match(await page.locator(".cite pre").innerText(), /^@misc\{/);
    assert.match(await page.locator(".facts").innerText(), /CC BY 4\.0/);
  });
  await withPage("en/method.html", without, async (page) => {
    await page.locator(".cite summary").click();
    assert.match(await page.locator(".citation").innerText(), /^The mingwen authors\. \(2026, November \d+\)\. How the text was restored\. Blockchain’s busiest cities\.$/);
  });
});

/** Reads one BibTeX entry as BibTeX does: a key, then names with a value in balanced braces or a macro. */
function parseBibtex(text) {
  const head = /^@misc\{([^\s,{}]+),\n/.exec(text);
  assert.ok(head, text);
  const fields = {};
  let at = head[0].length;
  while (text[at] !== "}") {
    const name = /^\s*([a-z]+) = /.exec(text.slice(at));
    assert.ok(name, text.slice(at));
    at += name[0].length;
    const from = at;
    let depth = 0;
    do {
      if (text[at] === "{") depth += 1;
      if (text[at] === "}") depth -= 1;
      at += 1;
      assert.ok(at < text.length, `braces do not balance: ${text}`);
    } while (depth > 0 || !/[,\n]/.test(text[at]));
    fields[name[1]] = text.slice(from, at);
    if (text[at] === ",") at += 1;
    if (text[at] === "\n") at += 1;
  }
  assert.equal(at, text.length - 1, text);
  return { key: head[1], fields };
}

test("the BibTeX of every page can be read, and no two pages have one key", async () => {
  const { context } = await guarded(browser, without);
  const page = await context.newPage();
  const keys = new Map();
  for (const name of readablePages) {
    await page.goto(fileUrl(name));
    const entry = page.locator(".cite pre");
    if (!(await entry.count())) continue;
    const { key, fields } = parseBibtex(await entry.textContent());
    assert.ok(!keys.has(key), `${key}: ${name} and ${keys.get(key)}`);
    keys.set(key, name);
    assert.match(fields.title, /^\{\{.+\}\}$/);
    assert.match(fields.year, /^\{\d{4}\}$/);
    assert.match(fields.month, /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$/);
    assert.match(fields.language, /^\{(chinese|english)\}$/);
  }
  assert.ok(keys.size > 20);
  await context.close();
});

test("the day of reading is the reader's own", async () => {
  await withPage("zh/method.html", {}, async (page) => {
    await page.locator(".cite summary").click();
    assert.match(await page.locator(".citation").innerText(), /\)\[\d{4}-\d\d-\d\d\]\.$/);
  });
});

test("the choice of light or dark is remembered on every page", async () => {
  await withPage("zh/method.html", { colorScheme: "light" }, async (page) => {
    await page.locator(".theme").focus();
    await page.keyboard.press("Enter");
    await page.goto(fileUrl("en/index.html"));
    assert.equal(await page.evaluate("document.documentElement.dataset.theme"), "dark");
  });
});

test("a note is shown beside its mention, on focus and on tap, and leads there and back without JavaScript", async () => {
  await withPage("en/method.html", { hasTouch: true }, async (page) => {
    const mention = page.locator(".footnote-ref a").first();
    const pop = page.locator("[role=tooltip]");
    await mention.focus();
    await pop.waitFor();
    assert.match(await pop.innerText(), /^GBK holds more than 21,000 Chinese characters/);
    await page.keyboard.press("Escape");
    await pop.waitFor({ state: "detached" });
    await page.evaluate("document.activeElement.blur()");
    await mention.tap();
    await pop.waitFor();
    assert.equal(new URL(page.url()).hash, "");
  });
  await withPage("zh/method.html", without, async (page) => {
    await page.locator(".footnote-ref a").first().click();
    await page.waitForURL((url) => url.hash === "#fn-1");
    await page.locator(".footnote-back").first().click();
    await page.waitForURL((url) => url.hash === "#fnref-1");
  });
});

test("a note fits a low window, wherever its mention stands, and is scrolled there by keyboard", async () => {
  await withPage("en/method.html", { viewport: { width: 320, height: 256 } }, async (page) => {
    const mention = page.locator(".footnote-ref a").first();
    const pop = page.locator("[role=tooltip]");
    for (const place of ["start", "center", "end"]) {
      await page.evaluate("document.activeElement.blur()");
      await pop.waitFor({ state: "detached" });
      await mention.evaluate((link, block) => {
        link.scrollIntoView({ block });
        link.focus({ preventScroll: true });
      }, place);
      await pop.waitFor();
      const { y, height } = await pop.boundingBox();
      assert.ok(y >= 0 && y + height <= 256, `${place}: ${y} to ${y + height} px`);
    }
    await page.evaluate("document.activeElement.blur()");
    await pop.waitFor({ state: "detached" });
    await mention.evaluate((link) => {
      link.scrollIntoView({ block: "center" });
      link.focus({ preventScroll: true });
    });
    await pop.waitFor();
    const [rest, at] = await pop.evaluate((one) => [one.scrollHeight - one.clientHeight, scrollY]);
    assert.ok(rest > 0, "the note has room enough");
    for (let step = 0; step < 20; step += 1) await page.keyboard.press("ArrowDown");
    assert.ok(await pop.evaluate((one) => one.scrollTop + one.clientHeight >= one.scrollHeight - 1));
    assert.equal(await page.evaluate(() => scrollY), at);
    await page.keyboard.press("Escape");
    await pop.waitFor({ state: "detached" });
  });
});

test("an address below long drawings leads to its place, and their titles are found", async () => {
  const { context, troubles } = await guarded(browser, { viewport: { width: 360, height: 700 } });
  const page = await context.newPage();
  for (const name of ["en/industrial-parks.html", "parallel/industrial-parks.html"]) {
    await page.goto(fileUrl(name));
    const ids = await page.locator(".prose > [id]:not(figure), .row[id]").evaluateAll((all) => all.map((one) => one.id));
    for (const id of [ids.at(-5), ids.at(-12)]) {
      await page.goto("about:blank");
      await page.goto(`${fileUrl(name)}#${id}`);
      // What is drawn on the way there may not move it.
      await page.waitForFunction((id) => {
        const top = document.getElementById(id).getBoundingClientRect().top;
        const isLast = scrollY + innerHeight > document.documentElement.scrollHeight - 2;
        return top >= -1 && (top < 100 || isLast);
      }, id);
    }
    await page.goto("about:blank");
    await page.goto(fileUrl(name));
    assert.ok(await page.evaluate(() => window.find("skilled people")), `${name}: the title of its last chart`);
    assert.ok(await page.evaluate(() => scrollY > innerHeight));
  }
  assert.deepEqual(troubles, []);
  await context.close();
});
