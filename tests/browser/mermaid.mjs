// Draws Mermaid charts with the real Mermaid in Chromium and prints what became of each, one JSON object a line.
//   node mermaid.mjs CHROMIUM CHARTS.json          charts: [{name, text}]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [chromiumPath, chartsPath] = process.argv.slice(2);
const require = createRequire(process.env.POSTMORTEM_NODE_FOLDER ? process.env.POSTMORTEM_NODE_FOLDER + "/" : import.meta.url);
const { chromium } = require("playwright-core");
const folder = require.resolve("mermaid").replace(/dist[\\/].*$/, "dist/");

const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
});
const page = await browser.newPage();
const away = [];
page.on("request", (r) => { if (!/^(file|data|about|blob):/.test(r.url())) away.push(r.url()); });
await page.setContent("<!doctype html><title>charts</title><body></body>");
await page.addScriptTag({ content: readFileSync(folder + "mermaid.min.js", "utf8") });
// As GitHub sets it: strict, and no chart of more than 50,000 characters.
await page.evaluate(() => mermaid.initialize({ startOnLoad: false, securityLevel: "strict", maxTextSize: 50000 }));
for (const { name, text } of JSON.parse(readFileSync(chartsPath, "utf8"))) {
  const found = await page.evaluate(async ([id, text]) => {
    try {
      await mermaid.parse(text);
      const { svg } = await mermaid.render(id, text);
      const made = new DOMParser().parseFromString(svg, "text/html");
      return { error: "", texts: [...made.querySelectorAll("text, .nodeLabel")].map((n) => n.textContent.trim()).filter(Boolean),
        scripts: made.querySelectorAll("script, [onload], [onerror], [onclick]").length, nodes: made.querySelectorAll(".node, rect.task").length, unknown: (svg.match(/\b(?:NaN|Infinity|undefined)\b/g) ?? []).length };
    } catch (error) { return { error: String(error?.message ?? error) }; }
  }, ["chart" + Math.floor(Math.random() * 1e9), text]);
  console.log(JSON.stringify({ name, away, ...found }));
}
await browser.close();
