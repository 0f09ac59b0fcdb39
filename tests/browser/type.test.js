// The type of both scripts: the language of every run, the measure, the figures, and what may begin a
// line. And what a page may do at all: its policy.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { guarded, inParallel, launch } from "./lib/browser.js";
import { nothing } from "./lib/nothing.js";
import { SITE, fileUrl, pages, readablePages } from "./lib/site.js";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** What `look` finds in every page of `names`, each with the name of its page. */
async function onPages(names, options, look, argument) {
  const { context, troubles } = await guarded(browser, options);
  const found = await inParallel(names, async (name) => {
    const page = await context.newPage();
    await page.goto(fileUrl(name));
    const wrong = await page.evaluate(look, argument);
    await page.close();
    return wrong.map((what) => `${name}: ${what}`);
  });
  await context.close();
  return [...found.flat(), ...troubles];
}

/** Runs of text in the other script than their language's. Names and terms stand in either. */
function strangers() {
  const wrong = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const [text, parent] = [walker.currentNode.data, walker.currentNode.parentElement];
    // Code has no language, what the encoding made of a text is none, and a page's title has but one.
    if (parent.closest("title, script, style, code, pre, .steps, [translate=no]")) continue;
    const isChinese = parent.closest("[lang]").lang.startsWith("zh");
    if (!isChinese && /\p{Script=Han}/u.test(text)) wrong.push(`Chinese as English: ${text.trim()}`);
    if (isChinese && /\p{Script=Latin}{2,}(?:\s+\p{Script=Latin}{2,}){2}/u.test(text)) wrong.push(`English as Chinese: ${text.trim()}`);
  }
  return wrong;
}

test("every run of text says its language", async () => {
  nothing(await onPages(readablePages, { javaScriptEnabled: true }, strangers));
});

/** Marks of each script as wide as they should not be, and dots under Latin letters. */
function marks() {
  const wrong = [];
  const prose = document.querySelector(".prose");
  if (!prose) return wrong;
  const put = (html) => {
    const probe = document.createElement("p");
    probe.innerHTML = html;
    prose.append(probe);
    return [...probe.querySelectorAll("data")];
  };
  const ems = (element) => element.getBoundingClientRect().width / parseFloat(getComputedStyle(element).fontSize);
  for (const outer of ["en", "zh"]) {
    const [english, chinese] = put(`<span lang="${outer}"><span lang="en">it<data>’</data>s</span><span lang="zh">他说<data>“</data>好”</span></span>`);
    if (ems(english) > 0.5) wrong.push(`an English apostrophe in ${outer} is ${ems(english).toFixed(2)} em wide`);
    if (ems(chinese) < 0.5) wrong.push(`a Chinese quotation mark in ${outer} is ${ems(chinese).toFixed(2)} em wide`);
  }
  const [narrow, wide] = put('<code lang="en"><data>i</data><data>m</data></code>');
  if (Math.abs(ems(narrow) - ems(wide)) > 0.01) wrong.push("letters of code differ in width");
  const [latin] = put('<em lang="zh">强调<span lang="en"><data>stress</data></span></em>');
  const emphasis = getComputedStyle(latin).textEmphasisStyle;
  if (emphasis !== "none") wrong.push(`Latin letters in Chinese are emphasised by ${emphasis}`);
  const slants = put('<em lang="en"><data>stress</data> <span lang="zh"><data>强调</data></span></em>').map((one) => getComputedStyle(one));
  const kinds = slants.map((style) => `${style.fontStyle} ${style.fontSynthesisStyle}`).join(", ");
  if (!/^italic auto, \w+ none$/.test(kinds)) wrong.push(`English stress is ${kinds}`);
  return wrong;
}

test("the marks of each script are as wide as it sets them, and dots stay under Chinese", async () => {
  nothing(await onPages(readablePages, { javaScriptEnabled: true }, marks));
});

/** The texts of the lines of every paragraph, without each one's last. */
function fullLines() {
  const range = document.createRange();
  return [...document.querySelectorAll(".prose > p")].flatMap((paragraph) => {
    const lines = [""];
    let bottom = null;
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (let at = 0; at < node.data.length; at += 1) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = [...range.getClientRects()].at(-1);
        if (!box?.width || node.parentElement.closest("sup, a.permalink")) continue;
        if (bottom !== null && box.top > bottom - 2) lines.push("");
        bottom = Math.max(lines.at(-1) ? bottom : 0, box.bottom);
        lines[lines.length - 1] += node.data[at];
      }
    }
    return lines.slice(0, -1);
  });
}

const middle = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

for (const width of [768, 1280, 1920]) {
  test(`the measure: 34 to 40 Chinese characters, 60 to 75 letters: ${width} px`, async () => {
    const { context } = await guarded(browser, { viewport: { width, height: 900 } });
    const page = await context.newPage();
    await page.goto(fileUrl("zh/industrial-parks.html"));
    const characters = await page.locator(".prose > p").first()
      .evaluate((one) => one.clientWidth / parseFloat(getComputedStyle(one).fontSize));
    assert.ok(characters >= 34 && characters <= 40, `${characters} characters`);
    await page.goto(fileUrl("en/industrial-parks.html"));
    const lines = (await page.evaluate(fullLines)).map((line) => line.trim().length);
    assert.ok(lines.length > 20);
    assert.ok(middle(lines) >= 60 && middle(lines) <= 75, `${middle(lines)} letters`);
    await context.close();
  });
}

test("no line of Chinese begins with a closing mark or ends with an opening one", async () => {
  const texts = readablePages.filter((name) => /^zh\/[a-z0-9-]+\.html$/.test(name));
  const { context } = await guarded(browser);
  const page = await context.newPage();
  const wrong = [];
  let lines = 0;
  for (const name of texts) {
    await page.goto(fileUrl(name));
    for (const width of [360, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const seen = await page.evaluate(fullLines);
      lines += seen.length;
      wrong.push(...seen.filter((line) => /^[，。、；：？！）》〉」』】”’…]|[（《〈「『【“‘]$/u.test(line))
        .map((line) => `${name}, ${width} px: ${line}`));
    }
  }
  assert.ok(lines > 100, `only ${lines} lines`);
  nothing(wrong);
  await context.close();
});

test("figures in tables stand below each other, and Chinese leaves a gap to Latin", async () => {
  const { context } = await guarded(browser);
  const page = await context.newPage();
  await page.goto(fileUrl("zh/policy-2021.html"));
  const style = (selector, property) =>
    page.locator(selector).first().evaluate((one, name) => getComputedStyle(one).getPropertyValue(name), property);
  assert.match(await style("td", "font-variant-numeric"), /tabular-nums/);
  assert.equal(await style(".prose > p", "text-autospace"), "normal");
  assert.equal(await style(".prose > p", "text-spacing-trim"), "trim-start");
  await context.close();
});

/** The scripts within a page whose digests its policy does not name. */
const refused = (html, policy) =>
  [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>(.*?)<\/script>/gs)].filter(
    ([, script]) => !policy.includes(`'sha256-${createHash("sha256").update(script).digest("base64")}'`),
  );

test("every page has a strict policy, and nothing in it that the policy would refuse", () => {
  const wrong = pages.flatMap((name) => {
    const html = readFileSync(join(SITE, name), "utf8");
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
    return [
      ...(/http-equiv="Content-Security-Policy" content="default-src '(self|none)'[^"]*"/.test(html) ? [] : ["no policy"]),
      ...(/unsafe|\*/.test(policy) ? ["not strict"] : []),
      ...(refused(html, policy).length || /\sstyle="|\son[a-z]+="/.test(html) ? ["a script or style that the policy refuses"] : []),
    ].map((what) => `${name}: ${what}`);
  });
  nothing(wrong);
});
