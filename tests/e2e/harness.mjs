// What the end-to-end journeys are written with.
//
//   import { journey } from './harness.mjs';
//
//   journey('an officer is added', async ({ open }) => {
//     const page = await open({ hash: '#/officers', now: '2026-07-30T09:00' });
//     await page.byRole('button', '新增人员').click();
//     const dialog = page.byRole('dialog', '新增人员');
//     await dialog.byRole('textbox', '姓名').fill('王芳');
//     await dialog.byRole('button', '保存').click();
//     await page.waitForText('王芳');
//     await page.reopen();                       // the same profile in a new browser process
//     await page.waitForText('王芳');
//     await page.assertQuiet();                  // no network, no console error, no violation
//   });
//
// journey(name, body, { browsers, timeout })
//     One test in each browser. `body` gets `{ open, browser, t }`. Whatever was opened is closed
//     afterwards; when the body fails, a picture of each open page goes to target/e2e.
// open({ file, hash, viewport, profile, now, lang, dark, before })
//     The page from the single file (`E2E_PAGE` names another), or from a server's `address`.
//     `profile`: a folder to keep the browser's data in, else a new one. `now`: the clock stands
//     still at this local time (China).
//     `lang`: the browser's language, zh-CN by default. `dark`: Chromium only. `before`: a function
//     that runs in the page before any script of its own, such as one that takes its storage away.
// page.byRole(role, name) · locator.byRole(role, name)
//     A lazy locator: looks when it is used, waits up to `TIMEOUT` for exactly one match. A name is
//     a whole string or a regular expression. `file` and `date` are roles here, see dom.mjs.
//     .first() .nth(i) .last()  to choose among several
//     .click() .fill(text) .type(text) .select(label) .check() .uncheck() .press('Enter')
//     .upload(path…) .text() .value() .attribute(name) .isChecked() .isDisabled() .count()
//     .wait() .waitGone() .waitCount(n) .waitDisabled() .waitAttribute(name, value)
//     .scrollIntoView() .focus()
// page.css(selector)          the same for the rare thing without a role
// page.press('Control+z')     a key for whatever has the focus
// page.text() · page.waitForText(text or RegExp) · page.waitForNoText(…)
// page.goto(hash) · page.hash() · page.reload() · page.reopen({ …open's options })
// page.tab(hash)              a second window of the same browser and profile, as another page
// page.front()                brings this window before the other, which is needed to work in it
// page.leave()                tries to reload; true if the page asked whether to leave, and stayed
// page.setNow('2026-08-10T09:00')   moves the standing clock, here and after a reload
// page.evaluate(function, …arguments) · page.until(what, function)
// page.screenshot(path) · page.pdf(path) · page.media('print') · page.motion('reduce') · page.setViewport({ width, height })
// page.clicks                 how often a person has pressed the pointer here: clicks, choices, files
// page.download(action)       runs the action, returns the path of the file that it saved
// page.requests() · page.noNetwork() · page.consoleErrors() · page.assertQuiet()

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { BROWSERS, ROOT, launch, newFolder, removeFolder } from './browsers.mjs';
import { findByRole, prepare, selectOption, setValue, storageDigest } from './dom.mjs';

export { BROWSERS, ROOT };

/** How long a locator or a text is waited for, in milliseconds. */
export const TIMEOUT = Number(process.env.E2E_TIMEOUT ?? 10_000);
const POLL = 50;
/** Looks at files without a change after which they are at rest. */
const QUIET_LOOKS = 10;

/** A page with nothing in it: what it sees of the storage is what is there. */
const EMPTY = pathToFileURL(join(ROOT, 'tests/e2e/empty.html')).href;

/** The page under test. */
export const PAGE = process.env.E2E_PAGE ?? join(ROOT, 'dist/double-random.html');

/** One test in each browser; see above. */
export function journey(name, body, { browsers = BROWSERS, timeout = 120_000 } = {}) {
  for (const browser of browsers.filter((b) => BROWSERS.includes(b))) {
    test(`${name} [${browser}]`, { timeout }, async (t) => {
      const pages = [];
      const openHere = async (options) => {
        const page = await open({ browser, ...options });
        pages.push(page);
        return page;
      };
      try {
        await body({ open: openHere, browser, t });
      } catch (error) {
        await Promise.all(pages.map((page, i) => page.picture(`${t.name} ${i}`)));
        throw error;
      } finally {
        await Promise.all(pages.map((page) => page.close()));
      }
    });
  }
}

/** Opens the page in a browser of its own. */
export async function open(options) {
  const page = new Page({ browser: 'chromium', file: PAGE, hash: '', lang: 'zh-CN', ...options });
  await page.start();
  return page;
}

class Page {
  clicks = 0;
  #options;
  #ownProfile = null;
  #downloads;
  #browser = null;
  #page = null;
  #requests = [];
  #errors = [];
  /** What the storage held when the browser was closed; see `#putAway`. */
  #stored = null;
  /** The page whose browser this one lives in, if it is a second window. */
  #host = null;

  constructor(options) {
    this.#options = { viewport: { width: 1366, height: 768 }, ...options };
  }

  /** Starts the browser and loads the page. A browser that does not come up gets three chances. */
  async start() {
    this.#downloads ??= await newFolder('downloads');
    if (!this.#options.profile) this.#options.profile = this.#ownProfile = await newFolder('profile');
    for (let chance = 1; ; chance++) {
      try {
        await within(40_000, 'starting the browser', this.#launch());
        await within(20_000, 'finding the storage again', this.#findAgain());
        break;
      } catch (error) {
        await this.#stop();
        if (chance === 3) throw error;
        await sleep(500 * chance);
      }
    }
    await this.goto(this.#options.hash, true);
  }

  async #launch() {
    const { browser, profile, lang } = this.#options;
    this.#browser = await launch(browser, { profile, downloads: this.#downloads, lang });
    await this.#dress((await this.#browser.pages())[0] ?? (await this.#browser.newPage()));
  }

  async #dress(page) {
    const { browser, viewport, now, lang, dark, before } = this.#options;
    this.#page = page;
    page.on('request', (request) => {
      // The harness's own look at the storage is no request of the page.
      if (request.url() !== EMPTY) this.#requests.push(request.url());
    });
    page.on('pageerror', (error) => this.#errors.push(String(error?.message ?? error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#errors.push(message.text());
    });
    if (browser === 'chromium-109') await allowDownloads(page, this.#downloads);
    await page.setViewport(viewport);
    await page.evaluateOnNewDocument(prepare, { now, lang });
    if (before) await page.evaluateOnNewDocument(before);
    if (dark) await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  }

  /** Ends the browser in the orderly way, which writes its storage to disk; else by force. */
  async #stop() {
    const browser = this.#browser;
    this.#browser = this.#page = null;
    if (!browser) return;
    const child = browser.process();
    const ended = child && new Promise((resolve) => child.once('exit', resolve));
    await within(20_000, 'closing the browser', browser.close()).catch(() => child?.kill('SIGKILL'));
    // Until its process is gone it holds a lock on the storage.
    if (child && child.exitCode === null && child.signalCode === null) await within(10_000, 'end', ended);
  }

  /**
   * Before a browser is closed that shall know its storage afterwards. Chromium keeps what a page
   * writes in memory for seconds or minutes, and puts it on disk at once when the last page that
   * uses the storage goes. What a page wrote is lost if it goes before the browser took it up, so
   * an onlooker first sees all that the page sees; then the page goes, and the onlooker last.
   */
  async #putAway() {
    if (this.#options.browser === 'firefox' || !this.#browser) return;
    // An onlooker that saw too little goes on seeing it, loaded anew or not, and so may a window
    // that shares its process: it goes before the next one comes.
    let onlooker = null;
    let seen = [];
    const agree = await poll(async () => {
      await onlooker?.close();
      onlooker = await this.#onlooker();
      seen = await Promise.all([onlooker, this.#page].map((page) => page.evaluate(storageDigest)));
      return seen[0] === seen[1];
    });
    assert.ok(agree, `the browser took up what the page wrote: an onlooker sees ${seen.join(', the page ')}`);
    await this.#page.close();
    this.#stored = await onlooker.evaluate(storageDigest);
    await onlooker.close();
    assert.equal(await this.#storage(), this.#stored, 'the storage after the last page went');
    await this.#onDisk();
  }

  /**
   * A Chromium that cannot open the storage, because a dying process still holds it, works on
   * with an empty one and says nothing. That is not the page's fault. So the window looks at an
   * empty page first; where that finds nothing, the browser is started once more.
   */
  async #findAgain() {
    if (this.#stored === null) return;
    await toEmpty(this.#page);
    assert.equal(await this.evaluate(storageDigest), this.#stored, 'the storage after closing the browser');
  }

  /**
   * Until the files of the storage have come to rest. A browser that is closed while it writes
   * megabytes there, which all its pages saw, has lost them.
   */
  async #onDisk() {
    const folder = join(this.#options.profile, 'Default/Local Storage/leveldb');
    const look = async () => {
      const names = await readdir(folder).catch(() => []);
      const files = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => null)));
      return files.map((file) => `${file?.size} ${file?.mtimeMs}`).join();
    };
    let last = '';
    let quiet = 0;
    await poll(async () => {
      const now = await look();
      quiet = now === last ? quiet + 1 : 0;
      last = now;
      return quiet >= QUIET_LOOKS;
    });
  }

  /** All pages from files share a storage in Chromium: an empty one beside shows what it holds. */
  async #onlooker() {
    const page = await this.#browser.newPage();
    await toEmpty(page);
    return page;
  }

  async #storage() {
    const onlooker = await this.#onlooker();
    const digest = await onlooker.evaluate(storageDigest);
    await onlooker.close();
    return digest;
  }

  async close() {
    if (this.#host) return;
    await this.#stop();
    await removeFolder(this.#downloads);
    if (this.#ownProfile) await removeFolder(this.#ownProfile);
  }

  /** Ends the browser and opens the page again with the same profile. */
  async reopen(options = {}) {
    await this.#putAway();
    await this.#stop();
    Object.assign(this.#options, options);
    await this.start();
  }

  /** A second window of this browser. It is closed with the first. */
  async tab(hash = '') {
    const other = new Page(this.#options);
    other.#host = this;
    other.#downloads = this.#downloads;
    await other.#dress(await this.#browser.newPage());
    await other.goto(hash, true);
    return other;
  }

  /** Brings this window before the others of its browser, as a person does before working in it. */
  front() {
    return this.#page.bringToFront();
  }

  /** Tries to load the page anew, and stays if it asks. */
  async leave() {
    let asked = false;
    const answer = (dialog) => {
      asked ||= dialog.type() === 'beforeunload';
      return dialog.dismiss();
    };
    this.#page.once('dialog', answer);
    await this.#page.reload({ timeout: 3_000 }).catch(() => {});
    this.#page.off('dialog', answer);
    return asked;
  }

  #address() {
    return this.#options.address ?? pathToFileURL(this.#options.file).href;
  }

  /** Goes to a hash of the page, or loads the page at it. */
  async goto(hash, load = false) {
    if (!load) return this.evaluate((to) => { location.hash = to; }, hash);
    const url = this.#address() + hash;
    await this.#page.goto(url, { waitUntil: 'load', timeout: 30_000 });
    await this.#started();
  }

  async reload() {
    await this.#page.reload({ waitUntil: 'load', timeout: 30_000 });
    await this.#started();
  }

  async #started() {
    await this.until('the program has started', () =>
      window.__doubleRandom?.started || document.querySelector('.failure') !== null);
  }

  hash() {
    return this.evaluate(() => location.hash);
  }

  async setNow(now) {
    this.#options.now = now;
    await this.#page.evaluateOnNewDocument((to) => { window.__e2e.now = new Date(to).getTime(); }, now);
    await this.evaluate((to) => { window.__e2e.now = new Date(to).getTime(); }, now);
  }

  setViewport(size) {
    return this.#page.setViewport(size);
  }

  evaluate(body, ...words) {
    return this.#page.evaluate(body, ...words);
  }

  byRole(role, name) {
    return new Locator(this, null, { role, name: matcher(name) });
  }

  css(selector) {
    return new Locator(this, null, { selector });
  }

  async press(keys) {
    const words = keys.split('+');
    const key = words.pop();
    for (const held of words) await this.#page.keyboard.down(held);
    await this.#page.keyboard.press(key);
    for (const held of words.reverse()) await this.#page.keyboard.up(held);
  }

  text() {
    return this.evaluate(() => document.body.innerText);
  }

  waitForText(wanted) {
    return this.#waitText(wanted, true);
  }

  waitForNoText(unwanted) {
    return this.#waitText(unwanted, false);
  }

  async #waitText(wanted, present) {
    let text = '';
    const found = () => (wanted instanceof RegExp ? wanted.test(text) : text.includes(wanted));
    const ok = await poll(async () => {
      text = await this.text();
      return found() === present;
    });
    const what = present ? 'did not appear' : 'did not go';
    if (!ok) throw new Error(`${wanted} ${what}; the page says:\n${text.slice(0, 2000)}`);
  }

  /** Waits until a function in the page returns something true, and returns it. */
  async until(what, body, ...words) {
    let value;
    const ok = await poll(async () => {
      value = await this.evaluate(body, ...words).catch((error) => {
        // The page is being loaded anew: what is waited for may be on the next one.
        if (/context was destroyed|navigation|DiscardedBrowsingContext/i.test(error.message)) return null;
        throw error;
      });
      return value;
    });
    if (!ok) throw new Error(`waited in vain: ${what}`);
    return value;
  }

  /** Shows the page as for `print` or `screen`. */
  media(type) {
    return this.#page.emulateMediaType(type);
  }

  /** What the person has chosen for motion: 'reduce' or 'no-preference'. */
  motion(value) {
    return this.#page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value }]);
  }

  /** What the printer would get, as PDF. */
  async pdf(path) {
    await this.#page.pdf({ path, preferCSSPageSize: true });
    return path;
  }

  async screenshot(path, options = {}) {
    await mkdir(dirname(path), { recursive: true });
    await this.#page.screenshot({ path, ...options });
    return path;
  }

  /** A picture for the person who looks into a failed test. */
  async picture(name) {
    const path = join(ROOT, 'target/e2e', `${name.replace(/[^\p{L}\p{N}]+/gu, '-')}.png`);
    if (this.#page) await within(10_000, 'picture', this.screenshot(path)).catch(() => {});
  }

  /** Runs the action, waits for the file that it saves, and puts that aside under its own name. */
  async download(action) {
    await action();
    let path;
    let size = -1;
    const ok = await poll(async () => {
      const names = (await readdir(this.#downloads)).filter((name) => !name.startsWith('taken-'));
      if (names.length !== 1 || /\.(crdownload|part|tmp)$/.test(names[0])) return false;
      path = join(this.#downloads, names[0]);
      const last = size;
      // Just now it may be getting its final name: then it is looked for again.
      ({ size } = await stat(path).catch(() => ({ size: -1 })));
      return size > 0 && size === last;
    });
    if (!ok) throw new Error(`no file was downloaded; there is: ${await readdir(this.#downloads)}`);
    const taken = join(await mkdtemp(join(this.#downloads, 'taken-')), basename(path));
    await rename(path, taken);
    return taken;
  }

  requests() {
    return [...this.#requests];
  }

  /** Asserts that the page asked for nothing but itself. */
  async noNetwork() {
    const own = this.#address();
    const seen = await this.evaluate(() => performance.getEntriesByType('resource').map((e) => e.name));
    const foreign = [...this.#requests, ...seen].filter(
      (url) => !/^(blob|data|about|chrome):/.test(url) && url.split('#')[0] !== own,
    );
    assert.deepEqual(foreign, [], 'the page must make no request');
  }

  /** What the page wrote as errors, what it threw, and what the policy forbade it. */
  async consoleErrors() {
    return [...this.#errors, ...(await this.evaluate(() => window.__e2e.violations))];
  }

  async assertQuiet() {
    await this.noNetwork();
    assert.deepEqual(await this.consoleErrors(), []);
  }

  /** For `Locator`: handles of all that it stands for just now. */
  async handles(scope, wanted) {
    const list = wanted.selector
      ? await this.#page.evaluateHandle(
          (inside, selector) => [...(inside ?? document).querySelectorAll(selector)], scope, wanted.selector)
      : await this.#page.evaluateHandle(findByRole, scope, wanted);
    const properties = await list.getProperties();
    return [...properties.values()].map((value) => value.asElement()).filter(Boolean);
  }

  /** For error messages: what a person finds on the page. */
  async inventory() {
    const all = await this.evaluate(findByRole, null, { role: '*', name: null, describe: true });
    const quiet = /^(paragraph|listitem|cell|row|rowgroup|option|list|region|group) /;
    return all.filter((line) => !quiet.test(line)).slice(0, 80).join('\n  ');
  }
}

class Locator {
  constructor(page, parent, wanted, index = null) {
    Object.assign(this, { page, parent, wanted, index });
  }

  byRole(role, name) {
    return new Locator(this.page, this, { role, name: matcher(name) });
  }

  css(selector) {
    return new Locator(this.page, this, { selector });
  }

  nth(index) {
    return new Locator(this.page, this.parent, this.wanted, index);
  }

  first() {
    return this.nth(0);
  }

  last() {
    return this.nth(-1);
  }

  /** All that it stands for just now, without waiting. */
  async now() {
    const scope = this.parent ? (await this.parent.now())[0] : null;
    if (this.parent && !scope) return [];
    const found = await this.page.handles(scope, this.wanted);
    return this.index === null ? found : found.slice(this.index).slice(0, 1);
  }

  async count() {
    return (await this.now()).length;
  }

  /** Waits for exactly one. */
  async wait() {
    let found = [];
    const ok = await poll(async () => {
      // The page may be replacing the element at this very moment; then it is looked for again.
      found = await this.now().catch(() => []);
      return found.length === 1;
    });
    if (ok) return found[0];
    const many = found.length ? `${found.length} matches, choose with first() or nth()` : 'not found';
    throw new Error(`${this}: ${many}; on the page:\n  ${await this.page.inventory()}`);
  }

  /** Waits until there are just so many. */
  async waitCount(wanted, why = '') {
    let count;
    const ok = await poll(async () => (count = await this.count()) === wanted);
    if (!ok) throw new Error(`${this}: ${count} matches, not ${wanted} ${why}`);
  }

  /** Waits until it can be used, or, with true, until it cannot. */
  async waitDisabled(wanted = true) {
    if (!(await poll(async () => (await this.isDisabled()) === wanted))) {
      throw new Error(`${this} ${wanted ? 'can' : 'cannot'} be used`);
    }
  }

  /** Waits until an attribute has this value. */
  async waitAttribute(name, wanted) {
    let value;
    const ok = await poll(async () => (value = await this.attribute(name)) === wanted);
    if (!ok) throw new Error(`${this} has ${name}="${value}", not "${wanted}"`);
  }

  async waitGone() {
    if (!(await poll(async () => (await this.count()) === 0))) throw new Error(`${this} is still there`);
  }

  async click() {
    const ok = await poll(async () => !(await this.isDisabled()));
    if (!ok) throw new Error(`${this} stays disabled`);
    await (await this.wait()).click();
    this.page.clicks += 1;
  }

  async fill(text) {
    await (await this.wait()).evaluate(setValue, text);
  }

  async type(text) {
    await (await this.wait()).type(text);
  }

  async select(label) {
    const ok = await poll(async () => (await this.wait()).evaluate(selectOption, label));
    if (!ok) throw new Error(`${this} has no option ${label}`);
    this.page.clicks += 1;
  }

  async check() {
    if (!(await this.isChecked())) await this.click();
  }

  async uncheck() {
    if (await this.isChecked()) await this.click();
  }

  async press(key) {
    await this.focus();
    await this.page.press(key);
  }

  async focus() {
    await (await this.wait()).focus();
  }

  async upload(...paths) {
    await (await this.wait()).uploadFile(...paths);
    this.page.clicks += 1;
  }

  async scrollIntoView() {
    await (await this.wait()).evaluate((e) => e.scrollIntoView({ block: 'center' }));
  }

  async text() {
    return (await this.wait()).evaluate((e) => e.innerText);
  }

  async value() {
    return (await this.wait()).evaluate((e) => e.value);
  }

  async attribute(name) {
    return (await this.wait()).evaluate((e, attribute) => e.getAttribute(attribute), name);
  }

  async isChecked() {
    return (await this.wait()).evaluate((e) => e.checked ?? e.getAttribute('aria-checked') === 'true');
  }

  async isDisabled() {
    return (await this.wait()).evaluate(
      (e) => e.matches(':disabled') || e.getAttribute('aria-disabled') === 'true');
  }

  toString() {
    const { role, name, selector } = this.wanted;
    const own = selector ?? `${role}${name ? ` “${name.text ?? `/${name.source}/`}”` : ''}`;
    return this.parent ? `${this.parent} › ${own}` : own;
  }
}

function matcher(name) {
  if (name === undefined) return null;
  return name instanceof RegExp ? { source: name.source, flags: name.flags } : { text: name };
}

/** The driver of Chromium 109 has no launch option for this. */
async function allowDownloads(page, downloadPath) {
  const session = await page.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath });
}

/**
 * An empty page on show: one that asks for its storage before it is may see an empty one, and go
 * on seeing it (index.html says why).
 */
async function toEmpty(page) {
  await page.goto(EMPTY);
  await page.evaluate(() => new Promise((done) => {
    requestAnimationFrame(done);
    setTimeout(done, 1000);
  }));
}

async function poll(condition) {
  const end = Date.now() + TIMEOUT;
  do {
    if (await condition()) return true;
    await sleep(POLL);
  } while (Date.now() < end);
  return false;
}

async function within(milliseconds, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
