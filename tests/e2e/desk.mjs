// What the journeys of files, storage and access share.

import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { journey as everywhere } from './harness.mjs';
import { saved } from './steps.mjs';

/** A journey in current Chromium, unless it names the browsers in which it matters. */
export function journey(name, body, options) {
  everywhere(name, body, { browsers: ['chromium'], ...options });
}

/** All that this program keeps in the browser, key by key, byte for byte. */
export function stored(page) {
  return page.evaluate(() => Object.fromEntries(
    Object.keys(localStorage).filter((key) => key.startsWith('double-random.')).sort()
      .map((key) => [key, localStorage.getItem(key)])));
}

/** A register as the page exports it: its text. `what` is such as 单位名录. */
export async function exported(page, what) {
  await page.goto('#/settings/registers');
  const path = await page.download(() => page.byRole('button', `导出${what}`).click());
  return readFile(path, 'utf8');
}

/** A file in `folder` with this content: text, bytes, or anything else as JSON. */
export async function write(folder, name, content) {
  const path = join(folder, name);
  const isRaw = typeof content === 'string' || content instanceof Uint8Array;
  await writeFile(path, isRaw ? content : JSON.stringify(content, null, 2));
  return path;
}

/** A file of this size that takes no room on the disk. */
export async function writeSparse(folder, name, bytes) {
  const path = await write(folder, name, '');
  await truncate(path, bytes);
  return path;
}

/** Chooses a file to import; the dialog that it opens. */
export async function choose(page, path, title) {
  await page.goto('#/settings/registers');
  await page.byRole('file', /^(选择文件导入|Choose a file to import)$/).upload(path);
  const dialog = page.byRole('dialog', title);
  await dialog.wait();
  return dialog;
}

/** The counts of an import's preview: 新增 3 变更 1 …, by their words. */
export async function counts(dialog) {
  const text = await dialog.css('.import-stats').text();
  const words = text.split(/\s+/).filter(Boolean);
  return Object.fromEntries(Array.from({ length: words.length / 2 }, (_, i) => [words[2 * i], +words[2 * i + 1]]));
}

/** Fills the browser's storage with what is not ours, leaving `free` characters. */
export function fillStorage(page, free) {
  return page.evaluate((leave) => {
    localStorage.removeItem('somebody-else');
    const key = 'somebody-else';
    let size = 0;
    for (let step = 4_194_304; step >= 1; step = Math.floor(step / 2)) {
      try {
        localStorage.setItem(key, 'x'.repeat(size + step));
        size += step;
      } catch { /* too much: a smaller step */ }
    }
    localStorage.setItem(key, 'x'.repeat(Math.max(0, size - leave)));
    return size - leave;
  }, free);
}

/** Writes an officer's office: a small change that is saved. */
export async function smallChange(page, office, isSaved = true) {
  // Changes in quick succession are saved once: each of these shall be a save of its own.
  if (isSaved) await saved(page);
  await page.goto('#/officers/P01');
  await page.byRole('button', /^(编辑|Edit)$/).click();
  const drawer = page.byRole('dialog');
  await drawer.byRole('textbox', /^(所在科室|Office)$/).fill(office);
  await drawer.byRole('button', /^(保存|Save)$/).click();
  await drawer.waitGone();
  if (isSaved) await saved(page);
}

/** Keys of the parts that the saves in these slots name, each with its parts. */
async function partsBySlot(page, slots) {
  return page.evaluate(async (keys) => {
    const unpack = async (packed) => {
      const values = [...packed].map((unit) => unit.charCodeAt(0) - 0x3400);
      const padding = values.pop();
      const bits = values.map((value) => value.toString(2).padStart(15, '0')).join('').slice(0, -padding || undefined);
      const bytes = Uint8Array.from(bits.match(/.{8}/g), (byte) => parseInt(byte, 2));
      const text = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
      return new Response(text).text();
    };
    const parts = async (key) => {
      const pieces = JSON.parse(await unpack(localStorage.getItem(key).split('\n')[1]));
      return pieces.filter(({ part }) => part).map(({ part }) => `double-random.part.v1.${part}`);
    };
    return Object.fromEntries(await Promise.all(keys.map(async (key) => [key, await parts(key)])));
  }, slots);
}

/** Removes the save in a slot, with the parts that the other does not name; their length. */
export async function removeSave(page, slot, other) {
  const parts = await partsBySlot(page, [slot, other]);
  const own = parts[slot].filter((key) => !parts[other].includes(key));
  return page.evaluate((keys) => keys.reduce((sum, key) => {
    const size = localStorage.getItem(key).length;
    localStorage.removeItem(key);
    return sum + size;
  }, 0), [slot, ...own]);
}
