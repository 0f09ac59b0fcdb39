// The built site as files: where it is, which pages it has, and a server for it.

import { createServer } from "node:http";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, extname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));

/** The folder of the report that the site is built of. */
export const REPORT = join(here, "../../..");

/** The site as `mingwen build` writes it: `$MINGWEN_SITE`, or `output/` of the checkout. */
export const SITE = resolve(process.env.MINGWEN_SITE ?? join(REPORT, "output"));

/** The same report built with `--base-url`, for what needs one; `undefined` if there is none. */
export const PUBLISHED_SITE = process.env.MINGWEN_PUBLISHED_SITE;

/** The path of that base URL. */
export const PUBLISHED_AT = "/some-repo/";

/** Every file under `folder`, by its path from there, with `/` between the parts, in order. */
export function files(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.split(sep).join("/"))
    .sort();
}

/** Every page of the site, by its path. */
export const pages = files(SITE).filter((name) => name.endsWith(".html"));

/** The pages that stay when they are opened: an earlier address sends its reader on. */
export const shownPages = pages.filter((name) => !/http-equiv="refresh"/.test(readFileSync(join(SITE, name), "utf8")));

/** The pages that a reader gets to: all but the one that stands in for missing ones. */
export const readablePages = shownPages.filter((name) => name !== "404.html");

/** The `file:` address of a page. */
export const fileUrl = (page) => pathToFileURL(join(SITE, page)).href;

/** The path in the site of a `file:` address, or `undefined` if it is elsewhere. */
export function pathInSite(url) {
  if (!url.startsWith("file:")) return undefined;
  const path = relative(SITE, fileURLToPath(url.split(/[?#]/)[0]));
  return path.startsWith("..") ? undefined : path.split(sep).join("/");
}

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
};

/**
 * Serves `folder` under `prefix` as GitHub Pages would: `index.html` for a folder's address, and
 * `404.html` with status 404 for what is not there, texts gzipped. Anything outside `prefix` is a
 * bare 404.
 */
export async function serve(folder, prefix) {
  const known = new Set(files(folder));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://site").pathname);
    let name = path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
    if (name === "" || name?.endsWith("/")) name += "index.html";
    const status = known.has(name) ? 200 : 404;
    if (status === 404) name = name !== undefined && known.has("404.html") ? "404.html" : undefined;
    const type = TYPES[extname(name ?? "")] ?? "application/octet-stream";
    const body = name === undefined ? "" : readFileSync(join(folder, name));
    const packed = /gzip/.test(request.headers["accept-encoding"] ?? "") && /text|json|xml/.test(type);
    response.writeHead(status, { "content-type": type, ...(packed && { "content-encoding": "gzip" }) });
    response.end(packed ? gzipSync(body) : body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    top: `http://127.0.0.1:${server.address().port}${prefix}`,
    close: () => new Promise((done) => server.close(done)),
  };
}
