// Opens hostile documents in Chromium and tells what each of them did.
//   node hostile.mjs CHROMIUM          one JSON line in: [{name, kind, html|markdown|chart, ...}]; one JSON line out
// kinds:  page      html as it stands; `alike`: a harmless page of which it must have the skeleton
//         markdown  parts of Markdown by the renderer `by`; `alike`: harmless parts of the same structure
//         drawing   an SVG document of its own
//         chart     Mermaid's text, drawn by the real Mermaid as code hosts set it
// `unsent`: forms stay as they are: Chromium opens a connection for one before it looks whether it may be sent.
// `broken`: its escapers were broken on purpose, so that nobody asks what it is made of.
// `learn`: the document is harmless, and what it holds and runs is what others may hold and run.
// Whatever is compiled as a script is seen by the debugger, whoever starts it; whatever is asked for is seen
// twice: by the browser's own interception, and by a server to which every name leads.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(process.env.POSTMORTEM_NODE_FOLDER ? process.env.POSTMORTEM_NODE_FOLDER + "/" : import.meta.url);
const { chromium } = require("playwright-core");
const HOME = "http://report.invalid/";

// Whoever calls says to whom: the name stands in the first bytes, in HTTP as in TLS.
const called = [];
const sink = createServer((socket) => {
  const at = called.push("nothing said") - 1;
  socket.on("error", () => {});
  socket.once("data", (data) => { called[at] = data.toString("latin1").replace(/[^\x20-\x7e]+/g, " ").slice(0, 2000); socket.destroy(); });
  setTimeout(() => socket.destroy(), 2000).unref();
});
await new Promise((done) => sink.listen(0, "127.0.0.1", done));
// The browser's own errands are not the pages': what can be turned off is, and the rest finds no house.
const ERRANDS = ["AutofillServerCommunication", "AvoidUnnecessaryBeforeUnloadCheckSync", "CertificateTransparencyComponentUpdater",
  "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying",
  "OptimizationHints", "PaintHolding", "PreconnectToSearch", "AimEnabled", "ThirdPartyStoragePartitioning", "Translate"];
const NOWHERE = ["google.com", "googleapis.com", "gstatic.com", "gvt1.com"].map((one) => `MAP *.${one} ~NOTFOUND`).join(", ");
const browser = await chromium.launch({
  executablePath: process.argv[2],
  timeout: 120000,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-default-apps", "--disable-client-side-phishing-detection", `--disable-features=${ERRANDS.join(",")}`,
    `--host-resolver-rules=${NOWHERE}, MAP * 127.0.0.1:${sink.address().port}, EXCLUDE report.invalid`],
});

/** Waits for something no longer than a time; whatever takes longer has hung. */
async function within(seconds, doing) {
  let timer;
  const late = new Promise((_, no) => { timer = setTimeout(() => no(new Error(`nothing after ${seconds} s`)), seconds * 1000); });
  try { return await Promise.race([doing, late]); } finally { clearTimeout(timer); }
}

let served = { path: "", type: "", text: "" }, seen, window_;
const known = new Set(), allowed = new Set();

async function opened() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const debug = await context.newCDPSession(page);
  // What a blocked frame shows is a page of the browser's own, with scripts of its own.
  debug.on("Debugger.scriptParsed", (one) => one.url.startsWith("chrome-error:") || seen.scripts.push({ hash: one.hash, id: one.scriptId, url: one.url }));
  await debug.send("Debugger.enable");
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (url === HOME + served.path) return route.fulfill({ contentType: served.type, body: served.text });
    seen.asked.push(`${route.request().resourceType()} ${url.slice(0, 200)}`);
    return route.abort();
  });
  page.on("dialog", (one) => { seen.dialogs.push(one.message()); one.dismiss().catch(() => {}); });
  page.on("console", (one) => seen.said.push(one.text().slice(0, 200)));
  page.on("pageerror", (one) => seen.said.push(String(one).slice(0, 200)));
  page.on("framenavigated", (frame) => {
    const ours = frame === page.mainFrame() ? HOME + served.path : /^(?:about:(?:blank|srcdoc)|blob:.*)$/;
    if (frame.url() !== ours && !frame.url().match(ours)) seen.went.push(frame.url().slice(0, 200));
  });
  page.on("popup", (one) => { seen.went.push("a window"); one.close().catch(() => {}); });
  return { context, page, debug };
}

/** Shows documents in frames of their own and returns what each is made of. */
async function watch({ documents, wait }) {
/** Does what a reader might: opens, touches, focuses and follows what is no part of ours, but leaves by no link. */
function act(document, submits) {
  // A form's fields may go by the names of what is asked of it: whoever asks goes by the prototype.
  const of = (one, name) => Object.getOwnPropertyDescriptor(Element.prototype, name).get.call(one);
  const leads = (address) => { try { return new URL(address, document.baseURI).protocol; } catch { return ""; } };
  for (const one of document.querySelectorAll("details")) one.open = true;
  for (const one of document.querySelectorAll("*")) {
    const asked = (name) => Element.prototype.getAttribute.call(one, name);
    const starts = (event) => EventTarget.prototype.dispatchEvent.call(one, event);
    const handlers = [...of(one, "attributes")].filter((a) => /^on/i.test(a.name));
    for (const { name } of handlers) starts(new Event(name.slice(2).toLowerCase(), { bubbles: false }));
    const runs = ["javascript:", "vbscript:", "data:"].includes(leads(asked("href") ?? asked("xlink:href") ?? ""));
    if (runs && of(one, "localName") === "a") starts(new MouseEvent("click", { bubbles: true, cancelable: true }));
    if (submits && of(one, "localName") === "form" && asked("action")) { try { HTMLFormElement.prototype.requestSubmit.call(one); } catch {} }
  }
}

/** Tells what a document is made of: elements with their attributes, addresses, and its skeleton. */
function look(document, { alike, structure }) {
  const SAFE = /^(?:https?:|mailto:)/;
  const PHRASES = new Set(["em", "strong", "code", "s", "del", "br", "wbr", "bdi", "a"]);
  const parts = new Set(), strange = [];
  const names = (e) => [...e.attributes].map((a) => a.name).filter((name) => name !== "dir" && name !== "open");
  // What our own script adds is on no page that was only parsed.
  const added = (e) => e.classList.contains("lo") || e.querySelector(":scope > #z-lo");
  const shapes = new Set();
  const walk = (root, quiet) => {
    const out = [];
    const visit = (e) => {
      if (added(e)) return;
      if (!quiet) {
        parts.add(e.localName);
        for (const { name, value } of e.attributes) {
          parts.add(`${e.localName}@${name}`);
          if (/^(?:href|src|action|formaction|xlink:href|poster|background|data|cite)$/i.test(name) && !value.startsWith("#")) {
            let url;
            try { url = new URL(value, document.baseURI); } catch { continue; }
            const kept = e.localName === "img" ? url.protocol === "data:" : SAFE.test(url.protocol) && !url.username && !url.password;
            if (!kept) strange.push(`${e.localName}@${name}=${value.slice(0, 80)}`);
          }
        }
      }
      const attributes = names(e);
      if (e.localName === "svg") {
        for (const inner of e.querySelectorAll("*")) for (const name of inner.classList) shapes.add(`${inner.localName}.${name}`);
      }
      const bare = PHRASES.has(e.localName) && attributes.every((name) => ["href", "title", "rel"].includes(name));
      if (!bare) out.push(`<${e.localName}${[...e.classList].filter((name) => name !== "low").map((name) => "." + name).join("")} ${attributes.join(" ")}>`);
      // What Markdown makes of a text is its own; what a drawing has room for hangs on how wide a text is.
      const closed = e.classList.contains("md") || e.localName === "svg";
      if (closed && quiet) return;
      const keep = out.length;
      for (const child of e.children) visit(child);
      if (closed) out.length = keep;
      else if (!bare) out.push("/");
    };
    visit(root);
    return out;
  };
  const count = (root) => {
    const out = {};
    for (const part of root.querySelectorAll("section[data-part]")) {
      const tally = {};
      for (const e of part.querySelectorAll(structure)) tally[e.localName] = (tally[e.localName] || 0) + 1;
      out[part.dataset.part] = tally;
    }
    return out;
  };
  const mine = walk(document.documentElement, false);
  for (const one of shapes) parts.add(one);
  let differs = "", harmless = [];
  if (alike) {
    const other = new DOMParser().parseFromString(alike, "text/html");
    if (structure) {
      const [one, two] = [count(document), count(other)].map((tallies) => Object.entries(tallies).map(([k, v]) => k + " " + JSON.stringify(Object.entries(v).sort())));
      const at = one.findIndex((line, i) => line !== two[i]);
      if (at >= 0 || one.length !== two.length) differs = `${one[at]} is not ${two[at]}`;
    } else {
      shapes.clear();
      const theirs = walk(other.documentElement, true);
      harmless = [...shapes];
      const at = mine.findIndex((line, i) => line !== theirs[i]);
      if (at >= 0 || mine.length !== theirs.length) {
        const from = Math.max(0, at - 8);
        differs = `at ${at} of ${mine.length}: ${mine.slice(from, at + 3).join("")} is not ${theirs.slice(from, at + 3).join("")}`;
      }
    }
  }
  const charts = [...document.querySelectorAll('pre[lang="mermaid"] > code, code.language-mermaid')].map((n) => n.textContent);
  return { parts: [...parts], harmless, strange, differs, charts };
}
  const frames = documents.map(({ text, type }) => {
    const frame = document.createElement("iframe");
    frame.width = 900;
    const loaded = new Promise((done) => { frame.onload = done; setTimeout(done, 60000); });
    if (type === "image/svg+xml") frame.src = URL.createObjectURL(new Blob([text], { type }));
    else frame.srcdoc = text;
    document.body.append(frame);
    return { frame, loaded };
  });
  await Promise.all(frames.map((one) => one.loaded));
  const inside = (frame) => { try { return frame.contentDocument; } catch { return null; } };
  for (const [at, { frame }] of frames.entries()) if (inside(frame)) act(inside(frame), documents[at].submits);
  await new Promise((done) => setTimeout(done, wait));
  const found = frames.map(({ frame }, at) => inside(frame) && documents[at].broken ? { parts: [], harmless: [], strange: [], differs: "", charts: [] } : inside(frame) ? look(inside(frame), documents[at]) : { parts: [], harmless: [], strange: ["a page that went elsewhere"], differs: "", charts: [] });
  for (const { frame } of frames) frame.remove();
  return found;
}

const STRUCTURE = "table,thead,tbody,tr,th,td,h1,h2,h3,h4,h5,h6,details,summary,pre,hr";
const renderers = {
  "cmark-gfm": (text) => {
    const extensions = ["table", "strikethrough", "autolink", "tasklist", "tagfilter"].flatMap((one) => ["-e", one]);
    const done = spawnSync("cmark-gfm", ["--unsafe", ...extensions], { input: text, maxBuffer: 1 << 28 });
    if (done.status !== 0) throw new Error(`cmark-gfm: ${done.stderr}`);
    return done.stdout.toString();
  },
  "markdown-it": (text) => {
    renderers.it ??= require("markdown-it")({ html: true, linkify: true });
    return renderers.it.render(text);
  },
  marked: (text) => {
    renderers.m ??= new (require("marked").Marked)({ gfm: true });
    return renderers.m.parse(text);
  },
};
const rendered = (by, parts) => '<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title><body>' +
  Object.entries(parts).map(([name, text]) => `<section data-part="${name}">${renderers[by](text)}</section>`).join("\n") + "</body></html>";

let drawer;
async function drawn(job) {
  if (!drawer) {
    seen = fresh();
    drawer = await opened();
    served = { path: "charts", type: "text/html", text: "<!doctype html><title>charts</title><body></body>" };
    await drawer.page.goto(HOME + served.path);
    const folder = require.resolve("mermaid").replace(/dist[\\/].*$/, "dist/");
    await drawer.page.addScriptTag({ content: readFileSync(folder + "mermaid.min.js", "utf8") });
    await drawer.page.evaluate(() => mermaid.initialize({ startOnLoad: false, securityLevel: "strict", maxTextSize: 50000 }));
  }
  served = { path: "charts", type: "text/html", text: "" };
  seen = fresh();
  const errors = [], inside = new Set();
  for (const text of job.charts) {
    const found = await within(PATIENCE, drawer.page.evaluate(async (text) => {
      try {
        const { svg } = await mermaid.render("chart" + (globalThis.__n = (globalThis.__n || 0) + 1), text);
        document.body.innerHTML = svg;
        for (const one of document.body.querySelectorAll("*")) for (const { name } of [...one.attributes]) if (/^on/i.test(name)) one.dispatchEvent(new Event(name.slice(2)));
        await new Promise((done) => setTimeout(done, 0));
        const parts = new Set();
        for (const one of document.body.querySelectorAll("*")) {
          parts.add(one.localName);
          for (const { name, value } of one.attributes) if (/^on|^(?:xlink:)?href$|^src$/i.test(name) && !value.startsWith("#")) parts.add(`${one.localName}@${name}=${value}`);
        }
        document.body.textContent = "";
        return { parts: [...parts] };
      } catch (error) { return { error: String(error?.message ?? error).slice(0, 300) }; }
    }, text));
    if (found.error) errors.push(found.error);
    for (const one of found.parts ?? []) inside.add(one);
  }
  const looked = { parts: [...inside], strange: [], differs: errors.join("; "), charts: [] };
  return { ...made(job, looked), ...await told(drawer, job) };
}

const fresh = () => ({ scripts: [], asked: [], dialogs: [], said: [], went: [], from: called.length });

/** Returns what was done since the last look: scripts that nobody knows, requests, dialogs, ways taken. */
async function told(window, job) {
  const scripts = [];
  for (const one of seen.scripts) {
    if (job.learn) known.add(one.hash);
    else if (!known.has(one.hash)) {
      const { scriptSource } = await window.debug.send("Debugger.getScriptSource", { scriptId: one.id }).catch(() => ({ scriptSource: one.url }));
      scripts.push(scriptSource.slice(0, 120));
    }
  }
  return { scripts, asked: seen.asked, dialogs: seen.dialogs, said: seen.said, went: seen.went, calls: called.slice(seen.from) };
}

/** Returns what a document is made of, as far as no harmless one of its kind is. */
function made(job, looked) {
  const kind = (one) => `${job.kind} ${one}`;
  for (const one of job.learn ? looked.parts : looked.harmless ?? []) allowed.add(kind(one));
  const foreign = looked.parts.filter((one) => !allowed.has(kind(one)));
  return { name: job.name, foreign, strange: looked.strange, differs: looked.differs, charts: looked.charts };
}

const PATIENCE = 120;
let number = 0;
async function shown(jobs) {
  window_ ??= await opened();
  seen = fresh();
  served = { path: `${(number += 1)}`, type: "text/html", text: "<!doctype html><title>frames</title><body></body>" };
  const documents = jobs.map((job) => job.kind === "markdown"
    ? { text: rendered(job.by, job.parts), alike: job.alike ? rendered(job.by, job.alike) : "", structure: STRUCTURE, type: "text/html" }
    : { text: job.html, alike: job.alike ?? "", structure: "", submits: !job.unsent, broken: job.broken, type: job.kind === "drawing" ? "image/svg+xml" : "text/html" });
  let looked = jobs.map(() => ({ parts: [], harmless: [], strange: [], differs: "", charts: [] }));
  try {
    await window_.page.goto(HOME + served.path, { timeout: 60000 });
    looked = await within(PATIENCE, window_.page.evaluate(watch, { documents, wait: Math.max(10, ...jobs.map((job) => job.wait ?? 0)) }));
  } catch (error) {
    // A page that went elsewhere, or was torn down while it was looked at, has done something.
    seen.went.push(`not seen: ${String(error).slice(0, 160)}`);
  }
  const all = await told(window_, jobs[0]);
  const found = looked.map((one, at) => ({ ...made(jobs[at], one), ...(jobs.length === 1 ? all : {}) }));
  const doing = all.scripts.length || all.asked.length || all.dialogs.length || (all.said.length && !jobs[0].broken) || all.went.length || all.calls.length;
  if (all.went.length) { await within(PATIENCE, window_.context.close()).catch(() => {}); window_ = undefined; }
  if (!doing || jobs.length === 1) return found;
  // Somebody did something: each alone, to see who.
  const alone = [];
  for (const job of jobs) alone.push(...await shown([job]));
  return alone;
}

const groups = (jobs) => {
  const out = [];
  for (const job of jobs) {
    const last = out.at(-1);
    if (last && last.length < 40 && last[0].kind !== "chart" && job.kind !== "chart" && !job.alone) last.push(job);
    else out.push([job]);
  }
  return out;
};
for await (const line of createInterface({ input: process.stdin })) {
  const out = [];
  for (const some of groups(JSON.parse(line))) out.push(...(some[0].kind === "chart" ? [await drawn(some[0])] : await shown(some)));
  console.log(JSON.stringify(out));
}
await browser.close();
sink.close();
