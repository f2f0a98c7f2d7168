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
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

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
  "forced dark": { ...wide, forcedColors: "active", colorScheme: "dark" },
  middle: { viewport: { width: 800, height: 900 } },
  phone: { viewport: { width: 375, height: 812 } },
  narrow: { viewport: { width: 320, height: 640 } },
};

/** The height of the pieces, in pixels, in which a page is pictured. */
const PIECE = 4000;

const paper = { viewport: { width: 688, height: 1000 } };

/** Returns what axe finds (on paper nobody points at anything: no size of targets there), and of what it leaves open the texts of drawings whose contrast it cannot see. */
async function judgedByAxe({ tags, proof, paper }) {
  const open = document.querySelectorAll(".kf details")[proof];
  if (open) open.open = true;
  const found = await globalThis.axe.run(open ?? document, { runOnly: tags, rules: { "target-size": { enabled: !paper } } });
  if (open) open.open = false;
  const drawn = [], named = (list, kept) => list.flatMap((one) => {
    const nodes = one.nodes.filter(kept(one));
    return nodes.length ? [`${one.id}: ${nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ")}`] : [];
  });
  const incomplete = named(found.incomplete, (one) => (node) => {
    const element = document.querySelector(node.target[0]);
    if (one.id !== "color-contrast" || !element?.closest("svg")) return true;
    drawn.push(node.target[0]);
    return false;
  });
  return { violations: named(found.violations, () => () => true), incomplete, drawn };
}

/** Returns for texts of drawings how far they stand out from the pixels right behind them. */
async function contrasts(page, targets) {
  if (!targets.length) return [];
  const texts = await page.evaluate((targets) => targets.map((target) => {
    const one = document.querySelector(target), box = one.getBoundingClientRect(), style = getComputedStyle(one);
    let alpha = Number(style.fillOpacity);
    for (let up = one; up && up.localName !== "body"; up = up.parentElement) alpha *= Number(getComputedStyle(up).opacity);
    return { text: one.textContent.trim().slice(0, 40), colour: style.fill, alpha, x: box.x + scrollX, y: box.y + scrollY, w: box.width, h: box.height };
  }), targets);
  // In pieces: a picture higher than some 16,000 pixels comes out empty.
  const pieces = new Map();
  for (const one of texts) {
    const piece = Math.floor(one.y / PIECE);
    pieces.set(piece, [...pieces.get(piece) ?? [], one]);
  }
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  const shots = async () => {
    const found = new Map();
    for (const [piece, own] of pieces) {
      const top = piece * PIECE, height = Math.ceil(Math.max(...own.map((one) => one.y + one.h)) - top) + 1;
      const picture = await page.screenshot({ fullPage: true, clip: { x: 0, y: top, width, height }, animations: "disabled", timeout: 180000 });
      found.set(piece, `data:image/png;base64,${picture.toString("base64")}`);
    }
    return found;
  };
  const shown = await shots();
  const style = await page.addStyleTag({ content: "svg text, svg tspan { fill: transparent !important }" });
  const bare = await shots();
  await style.evaluate((one) => one.remove());
  const found = [];
  for (const [piece, own] of pieces) {
    const moved = own.map((one) => ({ ...one, y: one.y - piece * PIECE }));
    found.push(...await standOut(shown.get(piece), bare.get(piece), moved));
  }
  return found;
}

/** Returns the contrast of each text, from two pictures that differ by the texts alone. */
async function standOut(shown, bare, texts) {
  windows.pixels ??= await (await browser.newContext()).newPage();
  return await windows.pixels.evaluate(async ({ shown, bare, texts }) => {
    const drawn = async (address) => {
      const image = await createImageBitmap(await (await fetch(address)).blob());
      const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d");
      pen.drawImage(image, 0, 0);
      return pen.getImageData(0, 0, image.width, image.height);
    };
    const [one, other] = [await drawn(shown), await drawn(bare)];
    const light = (rgb) => {
      const [r, g, b] = rgb.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    return texts.map((text) => {
      const fill = (text.colour.match(/[\d.]+/g) ?? []).map(Number);
      const found = [];
      for (let y = Math.max(0, Math.floor(text.y)); y < Math.min(one.height, text.y + text.h); y += 1) {
        for (let x = Math.max(0, Math.floor(text.x)); x < Math.min(one.width, text.x + text.w); x += 1) {
          const at = 4 * (y * one.width + x), behind = [...other.data.slice(at, at + 3)];
          const change = behind.reduce((sum, v, i) => sum + Math.abs(v - one.data[at + i]), 0);
          if (change < 90) continue;  // no letter here, or its soft edge
          const seen = fill.slice(0, 3).map((v, i) => v * text.alpha + behind[i] * (1 - text.alpha));
          const [low, high] = [light(seen), light(behind)].sort((a, b) => a - b);
          found.push((high + 0.05) / (low + 0.05));
        }
      }
      return { text: text.text, colour: text.colour, share: found.length ? found.filter((ratio) => ratio >= 4.5).length / found.length : 0, least: Math.min(...found) };
    });
  }, { shown, bare, texts });
}

/** Returns which texts of the drawings in sight lie on each other or outside their drawing, and how many there are. */
function misplacedTexts() {
  document.querySelectorAll("main details").forEach((one) => { one.open = !one.closest(".kf"); });
  const lapping = [], outside = [], small = [];
  let texts = 0;
  for (const drawing of document.querySelectorAll("main svg")) {
    const frame = drawing.getBoundingClientRect();
    const boxes = [...drawing.querySelectorAll("text")].map((one) => {
      const box = one.getBoundingClientRect(), size = parseFloat(getComputedStyle(one).fontSize) * (drawing.getScreenCTM()?.d ?? 1);
      // A text's box has room above and below its letters: what counts is from the top of x to the base line.
      return { words: one.textContent, size, left: box.left, right: box.right, top: box.top + box.height * 0.25, bottom: box.bottom - box.height * 0.2 };
    }).filter((one) => one.right > one.left);
    texts += boxes.length;
    boxes.forEach((one, at) => {
      if (one.left < frame.left - 1 || one.right > frame.right + 1 || one.top < frame.top - 1 || one.bottom > frame.bottom + 1) {
        outside.push(`${one.words} by ${Math.max(frame.left - one.left, one.right - frame.right, one.bottom - frame.bottom, frame.top - one.top).toFixed(1)}`);
      }
      for (const other of boxes.slice(at + 1)) {
        const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left), tall = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (wide > 1 && tall > 1) lapping.push(`${one.words} | ${other.words} by ${wide.toFixed(1)} x ${tall.toFixed(1)}`);
      }
      small.push(one.size);
    });
  }
  return { lapping, outside, texts, least: Math.min(...small) };
}

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
  /** axe in every look, nothing left out: as opened, with all details open, and each proof of a figure open. */
  async axe(job) {
    const out = {};
    for (const name of job.looks || [...Object.keys(looks), "print"]) {
      const { context, page } = await open(job, { ...(looks[name] || paper), bypassCSP: true });
      if (name === "print") await page.emulateMedia({ media: "print" });
      await page.evaluate(axe);
      for (const state of ["", " opened", " figures"]) {
        if (state === " opened") await page.evaluate(() => document.querySelectorAll("main details:not(.kf *)").forEach((d) => { d.open = true; }));
        const proofs = state === " figures" && name !== "print" ? await page.locator(".kf details").count() : 0;
        if (state === " figures" && !proofs) continue;
        const found = { violations: [], incomplete: [], unread: [], read: 0, drawn: 0 };
        for (let at = 0; at < Math.max(1, proofs); at += 1) {
          const judged = await page.evaluate(judgedByAxe, { tags: RULES, proof: proofs ? at : -1, paper: name === "print" });
          found.violations.push(...judged.violations);
          found.incomplete.push(...judged.incomplete);
          // Where text stands in a drawing axe leaves its contrast to a person: here to the pixels.
          const seen = await contrasts(page, judged.drawn);
          // A text without a pixel of its own has a share of none, and is told like one that cannot be read.
          found.unread.push(...seen.filter((one) => one.share < 0.9).map((one) => `${one.text}: ${one.least} to 1, ${one.colour}`));
          found.read += seen.length;
          found.drawn += judged.drawn.length;
        }
        out[name + state] = found;
      }
      await context.close();
    }
    return out;
  },
  /** Where the texts of all drawings stand, in the layouts of a chart and in both zones. */
  async labels(job) {
    const { context, page } = await open(job, wide), out = {};
    for (const [name, width, media] of [["wide", 1280], ["least wide", 1021], ["middle", 800], ["least middle", 641], ["phone", 375], ["narrow", 320], ["print", 688, "print"]]) {
      await page.emulateMedia({ media: media ?? "screen" });
      await page.setViewportSize({ width, height: 900 });
      for (const zone of await page.locator("#z-u").count() ? ["#z-i", "#z-u"] : ["#z-i"]) {
        await page.evaluate((zone) => { document.querySelector(zone).checked = true; }, zone);
        out[`${name} ${zone}`] = await page.evaluate(misplacedTexts);
      }
    }
    await context.close();
    return out;
  },
  /** Without scripts: everything is there, the zone switch works, proofs open. */
  async noscript(job) {
    const { context, page, seen } = await open(job, { ...wide, javaScriptEnabled: false });
    const first = page.locator(".ev time").first();
    await first.scrollIntoViewIfNeeded();
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
  /** Where the bar's links lead: how far below the top of the window each section then stands, or 0 at the page's end. */
  async jumps(job) {
    const { context, page, seen } = await open(job, { viewport: { width: 1280, height: 400 } });
    const out = {};
    for (const link of (await page.locator(".top nav a").all()).slice(1)) {
      await page.evaluate(() => scrollTo(0, 0));
      const target = await link.getAttribute("href");
      await link.click();
      await page.waitForTimeout(300);
      out[target] = await page.evaluate((target) => {
        const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
        return end ? 0 : document.querySelector(target).getBoundingClientRect().top;
      }, target);
    }
    await context.close();
    return { out, ...seen };
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
