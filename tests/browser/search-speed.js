// How long a query takes over 1,000 pages of 1,500 characters, and how large their index is.
//
//     node tests/browser/search-speed.js [PAGES [CHARACTERS]]
//
// Prints the median and the slowest of queries in milliseconds, in this process rather than in a
// browser (the engine is the same), and the size of the gzipped index against the bare text. Of each
// query the quickest round counts, since all else is other programs' time.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";

const ROUNDS = 7;
const here = dirname(fileURLToPath(import.meta.url));
const mingwen = {};
runInNewContext(readFileSync(join(here, "../../themes/default/static/search.js"), "utf8"), { mingwen });

const [count, length] = [Number(process.argv[2] ?? 1000), Number(process.argv[3] ?? 1500)];
// The same text on every run: words of the sample, drawn by a simple generator.
let state = 1;
const below = (end) => (state = (state * 48271) % 2147483647) % end;
const sample = readFileSync(join(here, "../../sources/blockchain-cities.clean.txt"), "utf8").replace(/\s/g, "");
const piece = () => sample.slice(below(sample.length - 12)).slice(0, 3 + below(9));

const texts = [];
const pages = [];
for (let number = 0; number < count; number += 1) {
  const blocks = [];
  for (let block = 0; block < 10; block += 1) {
    let text = "";
    while (text.length < length / 10) text += piece();
    blocks.push(block % 4 === 0 ? `#s${block / 4 + 1}` : `p${block % 4}`, text);
    texts.push(text);
  }
  pages.push([`zh/s/p${number}.html`, `页${number}`, piece(), "", blocks]);
}
const bare = texts.join("\n");
const index = JSON.stringify(pages);
let start = performance.now();
const ready = pages.map(mingwen.prepare);
console.log(`${count} pages, ${bare.length} characters: ready in ${(performance.now() - start).toFixed(0)} ms`);

const times = [];
for (const query of ["区块链", "区", "政策 北京", "2017", "的", "不在这里的词", "数据 平台 安全", "b", "智慧城市 印度"]) {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    start = performance.now();
    mingwen.search(ready, query);
    best = Math.min(best, performance.now() - start);
  }
  times.push(best);
}
times.sort((a, b) => a - b);
console.log(`a query: median ${times[times.length >> 1].toFixed(1)} ms, slowest ${times.at(-1).toFixed(1)} ms`);
const share = gzipSync(index).length / Buffer.byteLength(bare);
console.log(`index gzipped: ${(share * 100).toFixed(1)} % of the bare text`);
process.exitCode = times.at(-1) < 50 && share <= 0.6 ? 0 : 1;
