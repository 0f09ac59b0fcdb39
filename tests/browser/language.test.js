// The reader's language: chosen, kept, and switched without losing the page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { guarded, launch } from "./lib/browser.js";
import { nothing } from "./lib/nothing.js";
import { SITE, fileUrl, pathInSite, readablePages } from "./lib/site.js";

const TAGS = { zh: "zh-Hans", en: "en" };
const other = { zh: "en", en: "zh" };

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const here = (page) => pathInSite(page.url());
const languageOf = (page) => page.evaluate(() => document.documentElement.lang);

for (const code of ["zh", "en"]) {
  test(`the choice of language works without JavaScript: ${code}`, async () => {
    const { context, troubles } = await guarded(browser, { javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(fileUrl("index.html"));
    assert.equal(here(page), "index.html");
    await page.locator(`main a[hreflang="${TAGS[code]}"]`).first().click();
    await page.waitForURL(fileUrl(`${code}/index.html`));
    assert.equal(await languageOf(page), TAGS[code]);
    await context.close();
    nothing(troubles);
  });

  test(`the choice of language is remembered: ${code}`, async () => {
    // The browser's own language is the other one, so that only memory can lead here.
    const { context, troubles } = await guarded(browser, { locale: other[code] === "zh" ? "zh-CN" : "en-GB" });
    const page = await context.newPage();
    await page.goto(fileUrl("index.html"));
    await page.locator(`main a[hreflang="${TAGS[code]}"]`).first().click();
    await page.waitForURL(fileUrl(`${code}/index.html`));
    const later = await context.newPage();
    await later.goto(fileUrl("index.html"));
    await later.waitForURL(fileUrl(`${code}/index.html`), { timeout: 5000 });
    await context.close();
    nothing(troubles);
  });

  test(`a switch of language is remembered: to ${code}`, async () => {
    const { context } = await guarded(browser);
    const page = await context.newPage();
    await page.goto(fileUrl(`${other[code]}/method.html`));
    await page.locator(`a[data-choose="${code}"]`).first().click();
    await page.waitForURL(fileUrl(`${code}/method.html`));
    const later = await context.newPage();
    await later.goto(fileUrl("index.html"));
    await later.waitForURL(fileUrl(`${code}/index.html`), { timeout: 5000 });
    await context.close();
  });
}

for (const javaScriptEnabled of [true, false]) {
  test(`a switch keeps the page, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async () => {
    const { context, troubles } = await guarded(browser, { javaScriptEnabled });
    const page = await context.newPage();
    for (const name of readablePages.filter((name) => /^(zh|en)\//.test(name))) {
      const code = name.slice(0, 2);
      await page.goto(fileUrl(name));
      await page.locator(`a[hreflang="${TAGS[other[code]]}"]`).first().click();
      await page.waitForURL((url) => pathInSite(url.href)?.startsWith(`${other[code]}/`));
      // A subject is called otherwise in the other language.
      if (name.startsWith("tags/", 3)) assert.match(here(page).slice(3), /^tags\//);
      else assert.equal(here(page).slice(3), name.slice(3));
      assert.equal(await languageOf(page), TAGS[other[code]]);
    }
    await context.close();
    nothing(troubles);
  });
}

test("every page says its language", () => {
  for (const name of readablePages.filter((name) => /^(zh|en)\//.test(name))) {
    const html = readFileSync(join(SITE, name), "utf8");
    assert.match(html, new RegExp(`<html[^>]* lang="${TAGS[name.slice(0, 2)]}"`), name);
  }
});

test("a switch of language while a drawing is read leads to what stands before it", async () => {
  const { context, troubles } = await guarded(browser, { viewport: { width: 1000, height: 600 } });
  const page = await context.newPage();
  for (const [from, link] of [["zh/policy-2021.html", "a[hreflang=en]"], ["parallel/policy-2021.html", "a[hreflang=en]"], ["en/policy-2021.html", "a[data-choose=parallel]"]]) {
    await page.goto(fileUrl(from));
    await page.evaluate(() => {
      const scrolled = new Promise((done) => { addEventListener("scroll", done, { once: true }); });
      const figure = document.querySelectorAll("figure.chart")[2];
      scrollTo(0, figure.getBoundingClientRect().top + scrollY);
      return scrolled;
    });
    await page.locator(`.languages ${link}`).dispatchEvent("pointerover");
    await page.evaluate((link) => location.assign(document.querySelector(`.languages ${link}`).href), link);
    await page.waitForURL((url) => !url.pathname.endsWith(from));
    await page.waitForFunction(() => [...document.querySelectorAll("figure.chart")]
      .some((one) => one.getBoundingClientRect().top > 0 && one.getBoundingClientRect().top < 2 * innerHeight));
  }
  await context.close();
  nothing(troubles);
});

for (const [name, part] of [["timeline.html", ".year"], ["glossary.html", ".glossary > div"]]) {
  test(`a switch of language keeps the place: ${name}`, async () => {
    const { context, troubles } = await guarded(browser, { viewport: { width: 360, height: 400 } });
    const page = await context.newPage();
    await page.goto(fileUrl(`zh/${name}`));
    const id = await page.evaluate((part) => {
      const scrolled = new Promise((done) => { addEventListener("scroll", done, { once: true }); });
      const one = document.querySelectorAll(part)[2];
      scrollTo(0, one.getBoundingClientRect().top + scrollY - 4);
      return scrolled.then(() => one.id);
    }, part);
    assert.ok(id);
    await page.locator(".languages a[hreflang=en]").dispatchEvent("pointerover");
    await page.evaluate(() => location.assign(document.querySelector(".languages a[hreflang=en]").href));
    await page.waitForURL((url) => url.pathname.endsWith(`en/${name}`) && url.hash === `#${id}`);
    assert.equal(await page.locator(`${part}:target`).count(), 1);
    await context.close();
    nothing(troubles);
  });
}
