// Lighthouse over one page of each kind, as a phone sees it: full marks in all four categories.
//
// The score of performance depends on what else the machine does: of several runs the best counts. A slow
// moment lasts, so each new run waits a little longer.

import { existsSync } from "node:fs";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import lighthouse from "lighthouse";
import { SITE, serve } from "./lib/site.js";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const PAGES = process.argv.length > 2 ? process.argv.slice(2)
  : ["zh/index.html", "en/policy-2021.html", "zh/industrial-parks.html", "parallel/policy-2021.html",
    "parallel/industrial-parks.html", "zh/timeline.html", "en/glossary.html", "en/tags.html", "zh/print.html", "zh/sources/blockchain-cities.html", "index.html"];
const ROUNDS = 7;
const PAUSE = 2000;
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts a browser of its own, and says by which port it is spoken to. */
async function start() {
  const profile = mkdtempSync(join(tmpdir(), "mingwen-lighthouse-"));
  const browser = spawn(process.env.CHROMIUM ?? PLACES.find(existsSync), [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank",
  ]);
  const port = await new Promise((found, failed) => {
    browser.once("error", failed);
    browser.once("exit", () => failed(new Error("Chromium ended")));
    browser.stderr.on("data", (text) => {
      const said = /DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(text);
      if (said) found(Number(said[1]));
    });
  });
  const stop = async () => {
    browser.removeAllListeners("exit");
    const ended = new Promise((done) => browser.once("exit", done));
    browser.kill();
    await ended;
    try {
      // Children of the browser may outlive it for a moment, and write.
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    } catch (error) {
      console.error(`${profile} is left: ${error.message}`);
    }
  };
  return { port, stop };
}

const server = await serve(SITE, "/");
const { port, stop } = await start();
let wrong = 0;
for (const name of PAGES) {
  const best = {};
  let failed = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await pause(round * PAUSE);
    const { lhr } = await lighthouse(server.top + name, { port, output: "json", logLevel: "silent", onlyCategories: CATEGORIES });
    for (const category of CATEGORIES) {
      best[category] = Math.max(best[category] ?? 0, Math.round(lhr.categories[category].score * 100));
    }
    failed = CATEGORIES.flatMap((category) => lhr.categories[category].auditRefs)
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
      .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""}`);
    if (CATEGORIES.every((category) => best[category] === 100)) break;
  }
  const full = CATEGORIES.every((category) => best[category] === 100);
  if (!full) wrong += 1;
  console.log(`${name}: ${CATEGORIES.map((category) => `${category} ${best[category]}`).join(", ")}${full ? "" : ` (${failed.join("; ")})`}`);
}
await stop();
await server.close();
process.exitCode = wrong === 0 ? 0 : 1;
