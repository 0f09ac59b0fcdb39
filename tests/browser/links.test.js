// Every link of the site leads somewhere, wherever the site stands.

import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { guarded, launch } from "./lib/browser.js";
import { crawl } from "./lib/crawl.js";
import { nothing } from "./lib/nothing.js";
import {
  PUBLISHED_AT, PUBLISHED_SITE, SITE, fileUrl, pathInSite, readablePages, serve,
} from "./lib/site.js";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const isFile = (path) => existsSync(path) && statSync(path).isFile();

for (const javaScriptEnabled of [true, false]) {
  test(`opened from a folder, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async () => {
    const { context, troubles } = await guarded(browser, { javaScriptEnabled });
    const { visited, wrong } = await crawl(context, fileUrl("index.html"), {
      isInside: (url) => pathInSite(url) !== undefined,
      exists: (url) => isFile(join(SITE, pathInSite(url))),
    });
    await context.close();
    nothing(wrong);
    nothing(troubles);
    assert.deepEqual(visited.map(pathInSite).sort(), readablePages, "every page can be reached");
  });
}

for (const prefix of ["/", PUBLISHED_AT]) {
  test(`served at ${prefix}`, async () => {
    const server = await serve(SITE, prefix);
    const inside = (url) => url.startsWith(server.top);
    const path = (url) => decodeURIComponent(url.slice(server.top.length)) || "index.html";
    const { context, troubles } = await guarded(browser, {}, inside);
    const { visited, wrong } = await crawl(context, `${server.top}index.html`, {
      isInside: inside,
      exists: (url) => isFile(join(SITE, path(url))),
    });
    await context.close();
    await server.close();
    nothing(wrong);
    nothing(troubles);
    assert.deepEqual(visited.map(path).sort(), readablePages);
  });
}

const needsBase = PUBLISHED_SITE ? false : "$MINGWEN_PUBLISHED_SITE is not set";
for (const wrongAddress of ["nothing.html", "zh/nothing.html", "en/a/deep/er/nothing"]) {
  test(`a wrong address shows links that work: ${wrongAddress}`, { skip: needsBase }, async () => {
    const server = await serve(PUBLISHED_SITE, PUBLISHED_AT);
    const { context, troubles } = await guarded(browser, {}, (url) => url.startsWith(server.top));
    const page = await context.newPage();
    const response = await page.goto(server.top + wrongAddress);
    assert.equal(response.status(), 404);
    const links = await page.locator("a[href]").evaluateAll((all) => all.map((a) => a.href));
    assert.ok(links.length >= 2, "a link for each language");
    for (const link of links) {
      const answer = await context.request.get(link);
      assert.equal(answer.status(), 200, link);
    }
    await context.close();
    await server.close();
    // The browser notes the wrong address itself; nothing else may be missing.
    const ours = troubles.filter((trouble) => !trouble.includes(wrongAddress));
    nothing(ours);
  });
}

for (const wrongAddress of ["nothing.html", "zh/nothing.html", "en/a/deep/er/nothing?a#b"]) {
  test(`a wrong address finds the report that does not know where it stands: ${wrongAddress}`, async () => {
    const server = await serve(SITE, PUBLISHED_AT);
    const { context, troubles } = await guarded(browser, {}, (url) => url.startsWith(new URL("/", server.top).href));
    const page = await context.newPage();
    await page.goto(server.top + wrongAddress);
    await page.locator("a[href]").first().waitFor();
    const links = await page.locator("a[href]:visible").evaluateAll((all) => all.map((a) => a.href));
    assert.deepEqual(links, ["zh", "en"].map((lang) => `${server.top}${lang}/index.html`));
    await context.close();
    await server.close();
    // It asks for its home page folder by folder.
    nothing(troubles.filter((trouble) => !/404/.test(trouble)));
  });
}

test("the page for wrong addresses leads home from a folder", async () => {
  const { context, troubles } = await guarded(browser);
  const page = await context.newPage();
  await page.goto(fileUrl("404.html"));
  await page.locator("a:visible").first().click();
  await page.waitForURL(fileUrl("zh/index.html"));
  await context.close();
  nothing(troubles);
});
