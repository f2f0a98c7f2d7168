// Visits pages as their readers do and prints what it saw, one JSON object a line.
//   node visit.mjs CHROMIUM JOBS.json          jobs: [{page, do: [..], ...options}]
// A job's `do` names the visits below; each gives {page, visit, ...findings}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [chromiumPath, jobsPath] = process.argv.slice(2);
const require = createRequire(process.env.POSTMORTEM_NODE_FOLDER ? process.env.POSTMORTEM_NODE_FOLDER + "/" : import.meta.url);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
});

/** Opens a page and records what leaves it and what it says. */
async function open(job, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const seen = { away: [], said: [], ran: [] };
  page.on("request", (r) => { if (!/^(file|data|about):/.test(r.url())) seen.away.push(r.url()); });
  // Chromium announces a request before its policy stops it, and then says who stopped it.
  page.on("requestfailed", (r) => { if (r.failure()?.errorText === "csp") seen.away = seen.away.filter((u) => u !== r.url()); });
  page.on("console", (m) => seen.said.push(m.text()));
  page.on("pageerror", (e) => seen.said.push(String(e)));
  page.on("dialog", (d) => { seen.ran.push(d.message()); d.dismiss(); });
  await page.exposeBinding("__ran", (_, what) => { seen.ran.push(String(what)); }).catch(() => {});
  await page.goto(pathToFileURL(job.page).href + (job.hash || ""));
  return { context, page, seen };
}

const wide = { viewport: { width: 1280, height: 800 } };
const looks = {
  light: wide,
  dark: { ...wide, colorScheme: "dark" },
  forced: { ...wide, forcedColors: "active" },
  middle: { viewport: { width: 800, height: 900 } },
  phone: { viewport: { width: 375, height: 812 } },
  narrow: { viewport: { width: 320, height: 640 } },
};

const windows = {};
const visits = {
  /** Every look of a page: what overflows, what leaves, what it says. */
  async looks(job) {
    const out = {};
    for (const [name, options] of Object.entries(looks)) {
      const { context, page, seen } = await open(job, options);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      out[name] = { over, ...seen };
      await context.close();
    }
    return out;
  },
  /** axe in every look, with all details closed and open. Contrast inside drawings is computed elsewhere. */
  async axe(job) {
    const out = {};
    for (const name of job.looks || Object.keys(looks)) {
      const options = looks[name];
      const { context, page } = await open(job, { ...options, bypassCSP: true });
      await page.evaluate(axe);
      for (const opened of [false, true]) {
        if (opened) await page.evaluate(() => document.querySelectorAll("main details:not(.kf *)").forEach((d) => { d.open = true; }));
        const found = await page.evaluate(async (tags) => {
          const whole = await globalThis.axe.run(document, { runOnly: tags, rules: { "color-contrast": { enabled: false } } });
          const colours = await globalThis.axe.run({ exclude: [["svg"]] }, { runOnly: { type: "rule", values: ["color-contrast"] } });
          const named = (list) => list.map((one) => one.id + ": " + one.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | "));
          return {
            violations: [...named(whole.violations), ...named(colours.violations)],
            incomplete: [...named(whole.incomplete), ...named(colours.incomplete)],
          };
        }, RULES);
        out[name + (opened ? " opened" : "")] = found;
      }
      await context.close();
    }
    return out;
  },
  /** Without scripts: everything is there, the zone switch works, proofs open. */
  async noscript(job) {
    const { context, page, seen } = await open(job, { ...wide, javaScriptEnabled: false });
    const first = page.locator(".ev time").first();
    const before = (await first.innerText()).trim();
    await page.locator("#z-u").check({ force: true });
    const after = (await first.innerText()).trim();
    const proof = page.locator(".ev details").first();
    await proof.locator("summary").click();
    const open_ = await proof.locator(".pf").isVisible();
    const result = { before, after, proof: open_, events: await page.locator(".ev").count(), ...seen };
    await context.close();
    return result;
  },
  /** With scripts: marks and rows light up together, keys, copy link, the reader's own zone, folded events. */
  async script(job) {
    const { context, page, seen } = await open(job, { ...wide, timezoneId: "Asia/Tokyo", permissions: ["clipboard-read", "clipboard-write"] });
    const out = {};
    await page.locator("#e-" + job.event).hover();
    out.lit = await page.evaluate(() => [...document.querySelectorAll(".ch-l .hl")].map((n) => n.getAttribute("href")));
    await page.evaluate(() => scrollTo(0, 0));
    await page.locator(".ch-l .lane").first().hover();
    out.row = await page.evaluate(() => document.querySelectorAll(".ev.hl").length);
    await page.mouse.move(2, 2);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    out.second = await page.evaluate(() => document.querySelector(".ev.hl")?.id);
    await page.keyboard.press("k");
    out.back = await page.evaluate(() => document.querySelector(".ev.hl")?.id);
    await page.keyboard.press("?");
    out.help = await page.locator("#toast").innerText();
    await page.locator("#e-" + job.event + " .no").click();
    await page.waitForFunction(() => document.getElementById("toast").textContent !== "" );
    out.copied = await page.evaluate(() => navigator.clipboard.readText());
    await page.keyboard.press("z");
    await page.keyboard.press("z");
    out.zone = await page.evaluate(() => document.querySelector("[name=z]:checked").id);
    out.local = (await page.locator("#e-" + job.event + " time").first().innerText()).trim();
    await context.close();
    return { ...out, ...seen };
  },
  /** A link into something folded opens it and shows it below the bar. */
  async anchor(job) {
    const { context, page, seen } = await open(job, wide);
    await page.waitForTimeout(1500);
    const box = await page.locator(job.hash).boundingBox();
    const bar = await page.locator(".top").boundingBox();
    await context.close();
    return { top: box?.y ?? null, bar: bar.height, height: 800, ...seen };
  },
  /** Printed: one PDF, its pages, and nothing that sticks out. */
  async print(job) {
    const { context, page, seen } = await open(job, wide);
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 688, height: 1000 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const hidden = await page.evaluate(() => getComputedStyle(document.querySelector(".top")).display);
    const pdf = await page.pdf({ format: "A4" });
    await context.close();
    return { over, bar: hidden, bytes: pdf.length, ...seen };
  },
  /** Hostile pages: with the policy as it is, or taken out, does anything run or leave? One window serves all. */
  async hostile(job) {
    const key = job.bypass ? "without policy" : "with policy";
    if (!windows[key]) windows[key] = await open(job, { ...wide, bypassCSP: Boolean(job.bypass) });
    const { page, seen } = windows[key];
    seen.away = []; seen.said = []; seen.ran = [];
    await page.goto(pathToFileURL(job.page).href);
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
    await page.waitForTimeout(job.wait || 150);
    const changed = await page.evaluate(() => globalThis.__hit || null);
    return { changed, ...seen };
  },
};

for (const job of JSON.parse(readFileSync(jobsPath, "utf8"))) {
  for (const visit of job.do) {
    let found;
    try { found = await visits[visit](job); } catch (error) { found = { failed: String(error) }; }
    console.log(JSON.stringify({ page: job.page, visit, ...found }));
  }
}
await browser.close();
