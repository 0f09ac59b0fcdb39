// Search: by keyboard alone, in both languages, from a folder and from a server.

import assert from "node:assert/strict";
import axe from "axe-core";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { guarded, launch } from "./lib/browser.js";
import { nothing } from "./lib/nothing.js";
import { SITE, fileUrl, files, pathInSite, serve } from "./lib/site.js";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Waits until what is shown answers this query. */
const answered = (page, query) =>
  page.waitForFunction((query) => document.querySelector("#search ol").dataset.of === query, query);

/** Opens the search with `/` on a page, types a query, and hands the page over when there is an answer. */
async function search(start, query, look, options = {}, inside = undefined) {
  const { context, troubles } = await guarded(browser, options, inside);
  const page = await context.newPage();
  await page.goto(start);
  await page.keyboard.press("/");
  await page.keyboard.type(query);
  await answered(page, query);
  await look(page);
  await context.close();
  nothing(troubles);
}

const titles = (page) => page.locator("#search .page-title").allInnerTexts();
const marks = (page) => page.locator("#search mark").allInnerTexts();

for (const [lang, query, title, mark] of [
  ["zh", "智慧城市", "印度的百城计划与区块链", "智慧城市"],
  ["zh", "标杆", "北京与数字经济标杆城市：齐向东的四份提案", "标杆"],
  ["zh", "產業園", "区块链产业园与地方政策", "产业园"],
  ["zh", "２０１７", "区块链产业园与地方政策", "2017"],
  ["en", "BENCH", "Beijing as a benchmark city for the digital economy: four proposals by Qi Xiangdong", "bench"],
  ["en", "10,000 pe", "Beijing as a benchmark city for the digital economy: four proposals by Qi Xiangdong", "10,000"],
  ["en", "10000", "Beijing as a benchmark city for the digital economy: four proposals by Qi Xiangdong", "10,000"],
  ["en", "data-supervision", "Beijing as a benchmark city for the digital economy: four proposals by Qi Xiangdong", "supervision"],
  ["en", "smart cit", "India’s hundred cities and blockchain", "Smart"],
]) {
  test(`${lang}: ${query} is found`, async () => {
    await search(fileUrl(`${lang}/index.html`), query, async (page) => {
      const found = await titles(page);
      assert.ok(found.includes(title), found.join(" | "));
      assert.ok((await marks(page)).some((one) => one.toLowerCase() === mark.toLowerCase()));
    });
  });
}

test("what no page of one's own language has is found in the other one", async () => {
  for (const [lang, query, other, said] of [["zh", "Modi", "en", /^中文页里没有。英文页里：\d+页。$/], ["en", "汉字", "zh-Hans", /^Not in the English pages; in the Chinese ones: \d+ pages?\.$/]]) {
    await search(fileUrl(`${lang}/index.html`), query, async (page) => {
      const first = page.locator("#search .page-title").first();
      assert.equal(await first.getAttribute("lang"), other);
      assert.match(await page.locator("#search [role=status]").innerText(), said);
      await page.keyboard.press("Enter");
      await page.waitForURL(`**/${other.slice(0, 2)}/**`);
    });
  }
});

test("letters on their way to becoming Chinese are not looked for in English, however late the script is", async () => {
  for (const late of [false, true]) {
    const { context } = await guarded(browser);
    const page = await context.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(pathInSite(request.url())));
    let release = () => {};
    const typed = new Promise((resolve) => { release = resolve; });
    if (late) await page.route("**/assets/search.js", async (route) => { await typed; await route.continue(); });
    await page.goto(fileUrl("zh/index.html"));
    await page.keyboard.press("/");
    if (!late) await answered(page, "");
    const session = await context.newCDPSession(page);
    await session.send("Input.imeSetComposition", { text: "zhengce", selectionStart: 7, selectionEnd: 7 });
    release();
    await answered(page, "zhengce");
    assert.ok(!asked.includes("assets/search.en.js"));
    await session.send("Input.insertText", { text: "政策" });
    await answered(page, "政策");
    assert.ok((await titles(page)).length > 0);
    await context.close();
  }
});

test("every word has to be there, and words begin as they are written", async () => {
  await search(fileUrl("en/index.html"), "guangdong xyzzy", async (page) => {
    assert.deepEqual(await titles(page), []);
    await page.keyboard.press("Control+A");
    await page.keyboard.type("ockchain");
    await answered(page, "ockchain");
    assert.deepEqual(await titles(page), []);
    assert.equal(await page.locator("#search [role=status]").innerText(), "Nothing found.");
  });
});

test("every passage with the words is found: no page that holds them is missing", async () => {
  const words = ["政策", "深圳", "平台公约", "虚拟货币", "自律"];
  const texts = files(join(SITE, "zh")).filter((name) => name.endsWith(".html"));
  for (const word of words) {
    const expected = texts.filter((name) => {
      // These only repeat the others: the page for print, and the sources that they were made from.
      if (name === "print.html" || name.startsWith("sources/")) return false;
      const html = readFileSync(join(SITE, "zh", name), "utf8").replace(/<svg[\s\S]*?<\/svg>/g, "");
      const text = html.slice(html.indexOf("<article"), html.indexOf("</article>")).replace(/<[^>]+>/g, "");
      return html.includes("<article") && text.includes(word);
    });
    await search(fileUrl("zh/index.html"), word, async (page) => {
      const found = await page.locator("#search .page-title").evaluateAll((all) => all.map((a) => a.href));
      assert.ok(expected.every((name) => found.some((url) => url.endsWith(`/zh/${name}`))), `${word}: ${expected} in ${found}`);
    });
  }
});

test("arrows move, Enter goes to the passage, Esc closes", async () => {
  await search(fileUrl("zh/index.html"), "平台公约", async (page) => {
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const href = await page.evaluate(() => document.activeElement.href);
    assert.match(href, /#/);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.evaluate(() => document.activeElement.localName), "input");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("#search").isVisible(), false);
    await page.keyboard.press("/");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(href);
    assert.match(await page.locator(new URL(href).hash).innerText(), /平台公约/);
  });
});

test("it works from a server, in a folder of it", async () => {
  const server = await serve(SITE, "/some-repo/");
  await search(`${server.top}en/method.html`, "Guangdong", async (page) => {
    assert.ok((await titles(page)).length > 1);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.href !== `${server.top}en/method.html`);
    assert.ok(page.url().startsWith(`${server.top}en/`));
  }, {}, (url) => url.startsWith(server.top));
  await server.close();
});

test("the parallel edition searches both languages", async () => {
  await search(fileUrl("parallel/index.html"), "guangdong", async (page) => {
    assert.ok((await titles(page)).length > 1);
  });
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in it: ${colorScheme}`, async () => {
    await search(fileUrl("zh/index.html"), "政策", async (page) => {
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { preload: false }));
      nothing(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.any[0]?.message ?? ""}`)));
    }, { colorScheme });
  });
}

// Filters that every query passes, and none.
const [ALL, NONE] = ["/".repeat(12), "A".repeat(12)];

test("of a large index only the parts are loaded that a query needs, those with it in a title first", async () => {
  const { context, troubles } = await guarded(browser);
  const page = (number, path) => `["zh/${path}.html","第${number}页","","",["p1","两部分都有的词"]]`;
  const parts = [[["甲"], ALL], [["乙"], NONE], [["两部分"], ALL]];
  const bodies = {
    "": `mingwen.parts("zh",${JSON.stringify(parts)});`,
    ".1": `mingwen.found("zh",[${page(1, "index")}]);`,
    ".3": `mingwen.found("zh",[${page(3, "method")}]);`,
  };
  let release;
  const held = new Promise((done) => { release = done; });
  const asked = [];
  await context.route(/search\.zh(\.\d)?\.js$/, async (route) => {
    const part = /search\.zh(.*)\.js$/.exec(route.request().url())[1];
    asked.push(part);
    if (part === ".1") await held;
    await route.fulfill({ contentType: "text/javascript", body: bodies[part] });
  });
  const tab = await context.newPage();
  await tab.goto(fileUrl("zh/index.html"));
  await tab.keyboard.press("/");
  await tab.keyboard.type("两部分");
  await tab.locator("#search .page-title").waitFor();
  assert.deepEqual(await titles(tab), ["第3页"]);
  assert.match(await tab.locator("#search [role=status]").innerText(), /正在读取/);
  release();
  await answered(tab, "两部分");
  assert.deepEqual((await titles(tab)).sort(), ["第1页", "第3页"]);
  assert.deepEqual(asked, ["", ".3", ".1"]);
  await context.close();
  nothing(troubles);
});

test("of a large index no more parts are loaded than fill the list", async () => {
  const { context, troubles } = await guarded(browser);
  const page = (_, at) => `["zh/index.html","第${at}页","","",["p1","到处都有的词"]]`;
  const asked = [];
  await context.route(/search\.zh(\.\d)?\.js$/, async (route) => {
    const part = /search\.zh(.*)\.js$/.exec(route.request().url())[1];
    asked.push(part);
    const list = Array.from({ length: 8 }, page).join(",");
    const body = part ? `mingwen.found("zh",[${list}]);` : `mingwen.parts("zh",${JSON.stringify(Array(5).fill([[], ALL]))});`;
    await route.fulfill({ contentType: "text/javascript", body });
  });
  const tab = await context.newPage();
  await tab.goto(fileUrl("zh/index.html"));
  await tab.keyboard.press("/");
  await tab.keyboard.type("到处");
  await answered(tab, "到处");
  assert.deepEqual(asked, ["", ".1", ".2"]);
  assert.equal(await tab.locator("#search [role=status]").innerText(), "至少16页。");
  await tab.locator("#search .more").click();
  await answered(tab, "到处");
  await tab.waitForFunction(() => document.querySelectorAll("#search ol > li").length === 30);
  assert.deepEqual(asked, ["", ".1", ".2", ".3", ".4"]);
  await context.close();
  nothing(troubles);
});

test("the filter of a part is read as the program writes it", () => {
  const mingwen = {};
  runInNewContext(readFileSync(join(SITE, "assets/search.js"), "utf8"), { mingwen });
  // See `the_script_reads_the_same_filter` in src/render/search/filter.rs.
  const filter = Buffer.from("KgAAIABAEQAAAQABEBYACAAAQAAgkLIEABAICAkAACAUAA==", "base64");
  for (const query of ["区块", "块链", "链", "café", "CAF", "2017", "①", "1 区块链", "“智慧”城市", "５G网络", "g网", "2017 年", "2017年"]) {
    assert.ok(mingwen.mayHold(filter, query), query);
  }
  for (const query of ["政策", "smart", "1999", "链区", "智慧城镇"]) assert.ok(!mingwen.mayHold(filter, query), query);
});

test("a space beside Chinese, and a traditional form, make no difference, here or there", () => {
  const mingwen = {};
  runInNewContext(readFileSync(join(SITE, "assets/search.js"), "utf8"), { mingwen });
  // Of these the index knows no 塊.
  mingwen.forms("網网區区鏈链統统調调絡络", true);
  const page = mingwen.prepare(["a.html", "甲", "", "", ["p1", "用 SCADA 系統調度 5G 網絡", "p2", "区块链 2017 年"]]);
  for (const query of ["用SCADA系統", "scada 系統", "5g网络", "5G網絡", "區塊链", "区块链2017年", "2017 年"]) {
    const expect = query === "區塊链" ? 0 : 1;
    assert.equal(mingwen.search([page], query).length, expect, query);
  }
});

test("commas inside a number and hyphens between words make no difference, here or there", () => {
  const mingwen = {};
  runInNewContext(readFileSync(join(SITE, "assets/search.js"), "utf8"), { mingwen });
  const page = mingwen.prepare(["a.html", "One", "", "", ["p1", "1,250 loans and 1,234,567 visits; fire protection", "p2", "built 2016,2017; x-rays"]]);
  for (const query of ["1250", "1,250", "1,25", "1234567", "1,234,567", "fire-protection", "Fire-prot", "2017", "x-ray"]) {
    assert.equal(mingwen.search([page], query).length, 1, query);
  }
  for (const query of ["250", "20162017", "fire-works"]) assert.equal(mingwen.search([page], query).length, 0, query);
});

test("without JavaScript there is no control", async () => {
  const { context } = await guarded(browser, { javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(fileUrl("zh/index.html"));
  assert.equal(await page.locator(".find").isVisible(), false);
  await context.close();
});

test("scripts stay below 20 kB and styles below 30 kB, gzipped", () => {
  const size = (names) => names.reduce((sum, name) => sum + gzipSync(readFileSync(join(SITE, "assets", name))).length, 0);
  const names = files(join(SITE, "assets"));
  const scripts = names.filter((name) => name.endsWith(".js") && !/^search\..+\.js$/.test(name));
  const styles = names.filter((name) => name.endsWith(".css"));
  assert.ok(size(scripts) < 20_000, `${size(scripts)} bytes of script`);
  assert.ok(size(styles) < 30_000, `${size(styles)} bytes of style`);
});

test("nothing is loaded before the search is opened", async () => {
  const { context } = await guarded(browser);
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(pathInSite(request.url())));
  await page.goto(fileUrl("zh/index.html"));
  assert.deepEqual(asked.filter((name) => /search\..+\.js/.test(name)), []);
  await context.close();
});
