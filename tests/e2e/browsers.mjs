// The three browsers of the tests, and how each is started.
//
//   chromium      the system's current one, driven over CDP
//   chromium-109  the oldest that the page supports; it comes inside an npm package, and its
//                 CDP is too old for the current driver, so it has the driver of its own time
//   firefox       the system's ESR, driven over WebDriver BiDi
//
// None of them may relax its rules for pages opened from files: that is what is tested.

import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import current from 'puppeteer-core';
import ofItsTime from 'puppeteer-chromium-109';

export const ROOT = resolve(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '../..');

/** The names that `launch` knows; `E2E_BROWSERS=chromium,firefox` chooses among them. */
export const BROWSERS = (process.env.E2E_BROWSERS ?? 'chromium,chromium-109,firefox').split(',');

const CHROMIUM_FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The sandbox refuses to run as root, as in most continuous integration.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** Starts a browser; `profile` and `downloads` are folders. */
export async function launch(name, { profile, downloads, lang }) {
  const env = { ...process.env, TZ: 'Asia/Shanghai', LANGUAGE: lang };
  const common = { headless: true, userDataDir: profile, env, timeout: 30_000, protocolTimeout: 60_000 };
  const chromium = { ...common, args: [...CHROMIUM_FLAGS, `--lang=${lang}`] };
  // Chromium loads a page of its own for the address bar's assistant at every start, as heavy as ours.
  const lean = [...chromium.args, '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup'];
  const downloadBehavior = { policy: 'allow', downloadPath: downloads };
  switch (name) {
    case 'chromium':
      return current.launch({ ...chromium, args: lean, executablePath: '/usr/bin/chromium', downloadBehavior });
    case 'chromium-109': {
      const executablePath = await chromium109();
      const args = [...chromium.args, '--disable-site-isolation-trials'];
      return ofItsTime.launch({ ...chromium, args, executablePath });
    }
    case 'firefox':
      return current.launch({
        ...common,
        browser: 'firefox',
        executablePath: process.env.E2E_FIREFOX ?? '/usr/bin/firefox-esr',
        extraPrefsFirefox: firefoxPreferences(downloads, lang),
      });
    default:
      throw new Error(`no such browser: ${name}`);
  }
}

function firefoxPreferences(downloads, lang) {
  return {
    // Automation would otherwise let a page from a file read its neighbours.
    'remote.prefs.recommended': false,
    'security.fileuri.strict_origin_policy': true,
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    'browser.download.useDownloadDir': true,
    'browser.download.always_ask_before_handling_new_types': false,
    'browser.download.alwaysOpenPanel': false,
    'browser.shell.checkDefaultBrowser': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'toolkit.telemetry.reportingpolicy.firstRun': false,
    'app.update.disabledForTesting': true,
    'intl.accept_languages': lang,
  };
}

/** Unpacks the old Chromium once; an interrupted unpacking leaves nothing behind that counts. */
export async function chromium109() {
  const folder = join(ROOT, '.tools/chromium-109');
  const program = join(folder, 'chromium');
  if (await exists(program)) return program;
  await mkdir(folder, { recursive: true });
  const require = createRequire(import.meta.url);
  const packed = join(dirname(require.resolve('@sparticuz/chromium')), '../bin/chromium.br');
  const unfinished = `${program}.${process.pid}`;
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(unfinished));
  await chmod(unfinished, 0o755);
  await rename(unfinished, program);
  return program;
}

/** Whether there is something at this path. */
export async function exists(path) {
  return stat(path).then(() => true, () => false);
}

/** A new folder for one test, below `target/e2e`. */
export async function newFolder(kind) {
  const base = join(ROOT, 'target/e2e');
  await mkdir(base, { recursive: true });
  return mkdtemp(join(base, `${kind}-`));
}

/** Removes a folder of `newFolder`; a browser that is still dying may hold a file in it. */
export async function removeFolder(folder) {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
}
