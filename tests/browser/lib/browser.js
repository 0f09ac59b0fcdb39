// One Chromium for a file of tests, and contexts that write down all that goes wrong in them.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { pathInSite } from "./site.js";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts the browser with an empty profile and nothing that it does of its own accord. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find(existsSync);
  if (!executablePath) throw new Error("there is no Chromium: install it, or name it in $CHROMIUM");
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * Opens a context that gathers, in `troubles`, console errors (a violated content security policy
 * is one), page errors, failed or refused requests, and requests that leave the site.
 * `inside` says which addresses belong to it; by default the files of the site.
 */
export async function guarded(browser, options = {}, inside = (url) => pathInSite(url) !== undefined) {
  const context = await browser.newContext(options);
  const troubles = [];
  const leaves = (url) => !url.startsWith("data:") && !url.startsWith("about:") && !inside(url);
  await context.route((url) => leaves(url.href), (route) => route.abort());
  context.on("request", (request) => {
    if (leaves(request.url())) troubles.push(`a request leaves the site: ${request.url()}`);
  });
  context.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // A page that is left while it loads gives up its requests; a download is no page.
    if (!why.includes("ERR_ABORTED")) troubles.push(`a request failed: ${request.url()} ${why}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`);
  });
  context.on("console", (message) => {
    if (message.type() === "error") {
      troubles.push(`console error on ${message.page()?.url()}: ${message.text()}`);
    }
  });
  context.on("weberror", (error) => {
    troubles.push(`page error on ${error.page()?.url()}: ${error.error()}`);
  });
  return { context, troubles };
}

/** Runs `work` on every item, a few at once, and gives back all results in order. */
export async function inParallel(items, work, atOnce = 3) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at], at);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}
