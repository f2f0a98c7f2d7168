// Asks Lighthouse for the scores of pages and prints them, one JSON object a line.
//   node lighthouse.mjs CHROMIUM PAGE.html ...      (make lighthouse does it, and installs Lighthouse for it)
// Pages are served on this machine for as long as it takes, as a web server would: compressed.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, resolve } from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const require = createRequire((process.env.POSTMORTEM_NODE_FOLDER || import.meta.dirname) + "/");
const load = async (name) => await import(pathToFileURL(require.resolve(name)).href);
const { default: lighthouse, desktopConfig } = await load("lighthouse");
const { launch } = await load("chrome-launcher");
const [chromePath, ...pages] = process.argv.slice(2);
const CATEGORIES = ["performance", "accessibility", "best-practices"];

/** Serves one page at /, and nothing else. */
async function served(page) {
  const body = gzipSync(readFileSync(resolve(page)));
  const server = createServer((request, answer) => {
    if (request.url !== "/") return answer.writeHead(request.url === "/favicon.ico" ? 204 : 404).end();
    answer.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-encoding": "gzip" }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return server;
}

for (const page of pages) {
  const server = await served(page);
  for (const [look, config] of [["desktop", desktopConfig], ["mobile", undefined]]) {
    const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
    const { lhr } = await lighthouse(`http://127.0.0.1:${server.address().port}/`, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "error" }, config);
    await chrome.kill();
    const scores = Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(100 * lhr.categories[name].score)]));
    const short = Object.values(lhr.audits).filter((one) => one.score !== null && one.score < 1).map((one) => `${one.id}: ${one.displayValue ?? one.title}`);
    console.log(JSON.stringify({ page: basename(page), look, ...scores, short, version: lhr.lighthouseVersion }));
  }
  server.close();
}
