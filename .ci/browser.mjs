// The desk's pages in a browser: `node browser.mjs ADDRESS FOLDER CHROMIUM`.
//
// 1. Links: all that pages of the desk link to answers (each address asked for once, a bounded number of them).
// 2. Pages: of each kind of address a few, in Arabic and English: no message of error, no breach of the content policy, nothing asked of another
//    machine, language and direction right, no sideways scrolling at the widths of a phone and of a desk, nothing serious or critical by axe,
//    in light and in dark; the same content without scripts. One screenshot each.
// Findings go to standard output, one a line; any makes the exit status 1. All loops are bounded in number and time.

import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [base, folder, executablePath] = process.argv.slice(2);
const number = (name, otherwise) => Number(process.env[name] ?? otherwise);
const LINKS = number("LINKS", 600);
const EACH = number("EACH", 2);
const UNTIL = Date.now() + number("MINUTES", 12) * 60_000;
const PATIENCE = number("PATIENCE", 30) * 1_000;
const WIDTHS = { desk: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

const findings = [];
const found = (where, what) => {
  findings.push(`${where}: ${what}`);
  console.log(`FINDING ${where}: ${what}`);
};
const late = () => Date.now() > UNTIL;

// Addresses with the same kind of content: ids and parameters' values left out.
const kind = (href) => {
  const url = new URL(href, base);
  const path = url.pathname.replace(/^\/(events|actors|articles)\/[^/]+?(\.\w+)?$/, "/$1/ID$2");
  return `${path}?${[...new Set(url.searchParams.keys())].filter((k) => k !== "lang" && k !== "theme").sort().join("&")}`;
};

const decoded = (s) => s.replaceAll("&amp;", "&").replaceAll("&#38;", "&").replaceAll("&quot;", '"').replaceAll("&#34;", '"').replaceAll("&#39;", "'");

// All addresses within the desk that a page names.
const linked = (html, at) => {
  const out = new Set();
  for (const [, href] of html.matchAll(/\s(?:href|src|action)="([^"]*)"/g)) {
    let url;
    try {
      url = new URL(decoded(href), at);
    } catch {
      found(at, `expected an address, found ${href}`);
      continue;
    }
    if (url.origin === new URL(base).origin) {
      url.hash = "";
      out.add(url.href);
    } else if (!/^https?:$/.test(url.protocol)) {
      found(at, `a link that is neither of the desk nor of the web: ${href}`);
    }
  }
  return out;
};

// Follows links, kinds that were seen least first, so that a large register does not hide rare pages.
async function crawl() {
  const START = ["/", "/timeline", "/events", "/statements", "/actors", "/relations", "/search", "/checks", "/sources", "/about", "/read"];
  const seen = new Map();
  const waiting = [];
  const kinds = new Map();
  const pages = [];
  const put = (href, from) => {
    if (!seen.has(href)) {
      seen.set(href, from);
      waiting.push(href);
    }
  };
  for (const s of START) put(new URL(s, base).href, "the list of pages");
  let asked = 0;
  while (waiting.length > 0 && asked < LINKS && !late()) {
    let best = 0;
    for (let n = 1; n < waiting.length; n++) {
      if ((kinds.get(kind(waiting[n])) ?? 0) < (kinds.get(kind(waiting[best])) ?? 0)) best = n;
    }
    const [href] = waiting.splice(best, 1);
    kinds.set(kind(href), (kinds.get(kind(href)) ?? 0) + 1);
    asked += 1;
    try {
      const answer = await fetch(href, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE), headers: { accept: "text/html" } });
      const body = await answer.text();
      if (answer.status >= 400) {
        found(href.slice(base.length), `status ${answer.status}, linked from ${seen.get(href).replace(base, "")}`);
      } else if ((answer.headers.get("content-type") ?? "").startsWith("text/html")) {
        pages.push(href);
        for (const to of linked(body, href)) put(to, href);
      }
    } catch (e) {
      found(href.slice(base.length), `no answer: ${e.message}`);
    }
  }
  console.log(`links: ${asked} asked for, ${kinds.size} kinds, ${waiting.length} left`);
  return pages;
}

async function look(context, href, lang, scheme, size) {
  const at = `${href.slice(base.length)} [${lang} ${scheme} ${size}]`;
  const page = await context.newPage();
  const origin = new URL(base).origin;
  const says = [];
  page.on("console", (m) => (m.type() === "error" || m.type() === "warning") && says.push(`console ${m.type()}: ${m.text()}`));
  page.on("pageerror", (e) => says.push(`error in the page: ${e.message}`));
  page.on("requestfailed", (r) => says.push(`request failed: ${r.url()}`));
  page.on("request", (r) => !r.url().startsWith(origin) && !r.url().startsWith("data:") && says.push(`asks another machine: ${r.url()}`));
  page.on("response", (r) => r.status() >= 400 && r.url() !== href && says.push(`status ${r.status()}: ${r.url()}`));
  try {
    await page.setViewportSize(WIDTHS[size]);
    const url = new URL(href);
    url.searchParams.set("lang", lang);
    const answer = await page.goto(url.href, { waitUntil: "load", timeout: PATIENCE });
    if (answer.status() >= 400) found(at, `status ${answer.status()}`);
    const facts = await page.evaluate(() => ({
      lang: document.documentElement.lang,
      dir: document.documentElement.dir || getComputedStyle(document.documentElement).direction,
      title: document.title,
      headings: document.querySelectorAll("h1").length,
      main: document.querySelectorAll("main").length,
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      // What stands out on the right or the left, for the one who mends it.
      out: [...document.querySelectorAll("body *")]
        .filter((e) => {
          const r = e.getBoundingClientRect();
          // What lies in a box that scrolls may be wide; what is taken out of the flow leaves that box, however small it is.
          let box = e.parentElement;
          while (box && !["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(box).overflowX)) box = box.parentElement;
          const held = (box || e.closest("svg")) && getComputedStyle(e).position !== "absolute";
          return r.width > 0 && !held && (r.right > innerWidth + 1 || r.left < -1);
        })
        .slice(0, 3)
        .map((e) => `${e.tagName.toLowerCase()}.${e.className}`),
      text: document.querySelector("main")?.innerText.trim().length ?? 0,
    }));
    if (facts.lang !== lang) found(at, `expected lang="${lang}", found "${facts.lang}"`);
    if (facts.dir !== (lang === "ar" ? "rtl" : "ltr")) found(at, `direction ${facts.dir}`);
    if (!facts.title) found(at, "no title");
    if (facts.headings !== 1) found(at, `expected one h1, found ${facts.headings}`);
    if (facts.main !== 1 || facts.text === 0) found(at, "expected one main with text");
    if (facts.wide > 0) found(at, `${facts.wide} px wider than the window: ${facts.out.join(", ")}`);
    const result = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`);
    for (const v of result.violations.filter((v) => ["serious", "critical"].includes(v.impact))) {
      const where = v.nodes.slice(0, 3).map((n) => n.target.join(" "));
      found(at, `axe ${v.impact} ${v.id}: ${v.help} (${v.nodes.length}): ${where.join(" | ")}`);
    }
    const name = `${kind(href).replace(/\W+/g, "-").replace(/^-|-$/g, "") || "front"}-${lang}-${scheme}-${size}`;
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: size === "desk", animations: "disabled" });
    for (const s of new Set(says)) found(at, s);
    return facts.text;
  } catch (e) {
    found(at, `could not be looked at: ${e.message.split("\n")[0]}`);
    return 0;
  } finally {
    await page.close();
  }
}

async function plain(context, href, lang, text) {
  const page = await context.newPage();
  const at = `${href.slice(base.length)} [${lang}, without scripts]`;
  try {
    const url = new URL(href);
    url.searchParams.set("lang", lang);
    await page.goto(url.href, { waitUntil: "load", timeout: PATIENCE });
    const without = (await page.locator("main").innerText({ timeout: PATIENCE })).trim().length;
    // Scripts may fold something; without them nothing may be missing.
    if (without < text * 0.9) found(at, `${without} letters, with scripts ${text}`);
  } catch (e) {
    found(at, `could not be looked at: ${e.message.split("\n")[0]}`);
  } finally {
    await page.close();
  }
}

const profile = mkdtempSync(join(tmpdir(), "desk-browser-"));
const browser = await chromium.launch({
  executablePath,
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  env: { ...process.env, HOME: profile },
});
let looked = 0;
try {
  const pages = await crawl();
  const chosen = new Map();
  for (const href of pages) {
    const k = kind(href);
    chosen.set(k, [...(chosen.get(k) ?? []), href].slice(0, EACH));
  }
  // Pages by their plain addresses first; combinations of filters after them, one each.
  const list = [...chosen.entries()].sort((a, b) => a[0].length - b[0].length).flatMap(([k, all]) => (k.endsWith("?") ? all : all.slice(0, 1)));
  for (const lang of ["ar", "en"]) {
    const light = await browser.newContext({ colorScheme: "light", reducedMotion: "reduce" });
    const dark = await browser.newContext({ colorScheme: "dark", reducedMotion: "reduce" });
    const without = await browser.newContext({ javaScriptEnabled: false });
    for (const href of list) {
      if (late()) {
        found("the suite", `time is over, ${list.length} pages were to be looked at in ${lang}`);
        break;
      }
      const text = await look(light, href, lang, "light", "desk");
      await look(dark, href, lang, "dark", "phone");
      await plain(without, href, lang, text);
      looked += 1;
    }
    // What is not there is said by a page in the same house style.
    const page = await light.newPage();
    const answer = await page.goto(`${base}/no-such-page?lang=${lang}`, { timeout: PATIENCE });
    if (answer.status() !== 404) found(`/no-such-page [${lang}]`, `expected status 404, found ${answer.status()}`);
    if ((await page.locator("main h1").count()) !== 1) found(`/no-such-page [${lang}]`, "expected a page with a heading");
    await page.close();
    for (const c of [light, dark, without]) await c.close();
  }
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
console.log(`${looked} pages looked at, ${findings.length} findings`);
process.exitCode = findings.length > 0 || looked === 0 ? 1 : 0;
