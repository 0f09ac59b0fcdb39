// The report on paper: what Chromium prints of it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { guarded, launch } from "./lib/browser.js";
import { fileUrl, readablePages } from "./lib/site.js";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

for (const lang of ["zh", "en"]) {
  test(`the whole report is one document: ${lang}`, async () => {
    const { context } = await guarded(browser, { javaScriptEnabled: false });
    const page = await context.newPage();
    const texts = readablePages.filter((name) => name.startsWith(`${lang}/`) && !/\/(glossary|print|sources|tags|timeline)(\.html|\/)/.test(name));
    await page.goto(fileUrl(`${lang}/print.html`));
    assert.equal(await page.locator(".chapter").count(), texts.length, "every page is a chapter");
    const ids = await page.locator("[id]").evaluateAll((all) => all.map((one) => one.id));
    assert.equal(new Set(ids).size, ids.length, "no anchor twice");
    const broken = await page.locator('.chapter a[href^="#"]').evaluateAll((all) =>
      all.map((a) => a.getAttribute("href")).filter((href) => !document.getElementById(href.slice(1))));
    assert.deepEqual(broken, []);
    assert.equal(await page.locator('.chapter .prose a:not([href^="#"]):not([href^="http"]):not([download])').count(), 0, "links stay in the document");
    await context.close();
  });

  test(`on paper: charts in full, no controls, running titles: ${lang}`, async () => {
    const { context } = await guarded(browser, { javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(fileUrl(`${lang}/print.html`));
    await page.emulateMedia({ media: "print" });
    const seen = (selector) => page.locator(selector).evaluateAll((all) => all.filter((one) => one.getClientRects().length).length);
    assert.equal(await seen(".top, .bottom, .find, .permalink, .chart-narrow, .chart-foot a"), 0);
    assert.equal(await seen(".chart-wide"), await page.locator("figure.chart").count());
    const named = await page.locator(".chapter").evaluateAll((all) => all.map((one) => getComputedStyle(one).page));
    assert.equal(new Set(named).size, named.length, "every chapter has its own running title");
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g).length;
    assert.ok(pages >= named.length, `${pages} pages`);
    await context.close();
  });
}

test("charts of the whole report have the colours of the reader's scheme", async () => {
  const { context } = await guarded(browser, { colorScheme: "dark" });
  const page = await context.newPage();
  const colour = async (name) => {
    await page.goto(fileUrl(name));
    return page.locator("svg.chart-wide text").first().evaluate((text) => getComputedStyle(text).fill);
  };
  assert.equal(await colour("en/print.html"), await colour("en/index.html"));
  await context.close();
});

test("on paper a source shows what it has, and a table of both languages stays in its place", async () => {
  const { context } = await guarded(browser, { javaScriptEnabled: false });
  const page = await context.newPage();
  await page.emulateMedia({ media: "print" });
  await page.goto(fileUrl("zh/sources/blockchain-cities.html"));
  const hidden = await page.locator(".original").evaluateAll((all) => all.filter((one) => !one.checkVisibility()).length);
  assert.equal(hidden, 0);
  // A4 without its margins.
  await page.setViewportSize({ width: 590, height: 900 });
  await page.goto(fileUrl("parallel/method.html"));
  const over = await page.locator(".cell > .table").evaluateAll((all) =>
    all.filter((one) => one.scrollWidth > one.closest(".cell").clientWidth + 1).length);
  assert.equal(over, 0);
  await context.close();
});

for (const name of ["en/print.html", "zh/method.html", "parallel/method.html"]) {
  test(`addresses outside the site stand as notes at the end of a printed text: ${name}`, async () => {
    const { context } = await guarded(browser, { javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(fileUrl(name));
    const [links, notes] = await page.evaluate(() => [
      [...document.querySelectorAll('.prose a[href^="http"]')].map((a) => a.getAttribute("href")),
      [...document.querySelectorAll(".link-notes li")].map((li) => li.textContent),
    ]);
    assert.deepEqual(notes, links);
    await context.close();
  });
}

test("no column of a table is cut off by the edge of the paper", async () => {
  const { context } = await guarded(browser, { viewport: { width: 590, height: 850 } });
  const page = await context.newPage();
  await page.goto(fileUrl("en/print.html"));
  await page.emulateMedia({ media: "print" });
  const beyond = await page.evaluate(() => {
    const prose = document.querySelector(".prose");
    const texts = ["Begun", "woven arch (asymmetrical)", "villagers fetched the timber from downstream", "https://example.org/a/long/address/of/a/document"];
    return [2, 4, 6, 7, 8, 9, 12].filter((columns) => {
      const cells = (tag) => Array.from({ length: columns }, (_, at) => `<${tag}>${texts[at % texts.length]}</${tag}>`).join("");
      const box = document.createElement("div");
      box.className = "table";
      box.innerHTML = `<table><thead><tr>${cells("th")}</tr></thead><tbody><tr>${cells("td")}</tr></tbody></table>`;
      prose.append(box);
      return box.firstChild.getBoundingClientRect().right > box.getBoundingClientRect().right + 1;
    });
  });
  assert.deepEqual(beyond, [], "columns of tables that are too wide");
  await context.close();
});

test("on paper nothing is announced that does not follow", async () => {
  const { context } = await guarded(browser, { javaScriptEnabled: false });
  const page = await context.newPage();
  await page.emulateMedia({ media: "print" });
  await page.goto(fileUrl("zh/policy-2021.html"));
  const facts = await page.locator(".facts > span").evaluateAll((all) =>
    all.filter((one) => one.checkVisibility()).map((one) => one.innerText.trim()));
  assert.ok(facts.length > 0);
  assert.deepEqual(facts.filter((text) => /[:：]$/.test(text)), []);
  const after = await page.locator("main").evaluate((main) => {
    main.insertAdjacentHTML("afterbegin", '<p class="notice"></p>');
    return getComputedStyle(main.firstChild).breakAfter;
  });
  assert.equal(after, "avoid", "a notice stays with the title below it");
  await context.close();
});
