// Takes the pictures of a report for the README: first screen, phone, dark, printed.
//   node pictures.mjs PAGE.html OUTDIR [CHROMIUM]      (make pictures does it)
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = process.env.POSTMORTEM_NODE_FOLDER || import.meta.dirname;
const { chromium } = createRequire(folder + "/")("playwright-core");
const [page_, out, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const views = {
  desantis: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 375, height: 812 } },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  print: { viewport: { width: 794, height: 1123 }, media: "print" },
};
for (const [name, { media, ...options }] of Object.entries(views)) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  if (media) await page.emulateMedia({ media });
  await page.goto(pathToFileURL(resolve(page_)).href);
  await page.screenshot({ path: join(out, `${name}.png`) });
  await context.close();
}
await browser.close();
