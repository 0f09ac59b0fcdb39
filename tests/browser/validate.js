// html-validate's recommended rules over every page of the folders that are named.

import { join } from "node:path";
import { HtmlValidate } from "html-validate";
import { files } from "./lib/site.js";

const RULES = {
  extends: ["html-validate:recommended"],
  rules: {
    // `<!doctype html>` is the form of the standard itself.
    "doctype-style": "off",
    // A table that scrolls by itself is a region, but no section of the text.
    "prefer-native-element": ["error", { exclude: ["region"] }],
    // Chinese titles are short, English ones say what a report is about.
    "long-title": "off",
  },
};

const validator = new HtmlValidate({ root: true, ...RULES });
let pages = 0;
let wrong = 0;
for (const folder of process.argv.slice(2)) {
  for (const name of files(folder).filter((name) => name.endsWith(".html"))) {
    const report = await validator.validateFile(join(folder, name));
    pages += 1;
    for (const message of report.results.flatMap((result) => result.messages)) {
      wrong += 1;
      console.log(`${join(folder, name)}:${message.line}:${message.column}: ${message.message} (${message.ruleId})`);
    }
  }
}
console.log(`html-validate: ${pages} pages, ${wrong} mistakes`);
process.exitCode = wrong === 0 && pages > 0 ? 0 : 1;
