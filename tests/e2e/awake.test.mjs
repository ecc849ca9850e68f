// Long work leaves the page awake: it goes in a worker or in slices, says how far it is, and can
// be cancelled where that is honest.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BROWSERS, ROOT, journey } from './harness.mjs';
import { newFolder, removeFolder } from './browsers.mjs';
import { NOW, backup, commit, freezePlan, openDemo, openDraw, openWorkbook } from './steps.mjs';

/**
 * The largest share of some work for which the page may stay without an answer. A page that
 * does the work in one piece has a share near 1, on a quick machine and on a slow one.
 */
const SHARE_MAX = 0.6;
const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };
const golden = (number) => join(ROOT, `tests/golden/${number}.json`);
const choose = (page) => page.byRole('file', '选择文件');

/** Watches from here on how long the page leaves a timer of 20 ms waiting. */
function watch(page) {
  return page.evaluate(() => {
    window.__worst = 0;
    window.__since = performance.now();
    let last = window.__since;
    const tick = () => {
      window.__worst = Math.max(window.__worst, performance.now() - last - 20);
      last = performance.now();
      window.__tick = setTimeout(tick, 20);
    };
    clearTimeout(window.__tick);
    window.__tick = setTimeout(tick, 20);
  });
}

/** The longest such wait, as a share of the time since. */
function shareWithoutAnswer(page) {
  return page.evaluate(() => window.__worst / (performance.now() - window.__since));
}

/** Holds what is sent to workers back for `window.__holdBack` milliseconds. */
function slowWorkers() {
  window.Worker = class extends Worker {
    postMessage(message) {
      setTimeout(() => super.postMessage(message), window.__holdBack ?? 0);
    }
  };
}

journey('5 000 units are verified from a file, cancelled once, finished once, and the page stays awake', async ({ open }) => {
  const page = await open({ hash: '#/verify', before: slowWorkers });
  await page.evaluate(() => { window.__holdBack = 30_000; });
  await choose(page).upload(golden('32'));
  await page.waitForText('正在读取文件');
  await page.byRole('button', '取消').click();
  await page.waitForText('核对已取消');
  await page.evaluate(() => { window.__holdBack = 0; });
  await watch(page);
  await page.byRole('button', '重新核对').click();
  await page.waitForText('36 项核对，35 项通过，1 项未能核对');
  const share = await shareWithoutAnswer(page);
  assert.ok(share < SHARE_MAX, `${share} of the time without answer`);
  // What the by-hand pane needs came back with the result.
  await page.byRole('button', /^列出 .* 全部 \d+ 户的抽签号$/).click();
  await page.byRole('grid', '抽签号').wait();
  await page.byRole('dialog', /的抽签号，从小到大$/).byRole('button', '关闭').click();
  // A file that is open already stays so while another comes.
  await choose(page).upload(golden('03'));
  await page.waitForText('2026年3月第 3 号抽取');
  await page.byRole('button', '关闭 32.json').wait();
  await page.assertQuiet();
}, ONE);

journey('without workers the same is done in slices', async ({ open }) => {
  const page = await open({ hash: '#/verify', before: () => { delete window.Worker; } });
  await choose(page).upload(golden('32'), golden('03'));
  await page.waitForText(/36 项核对，\d+ 项通过/);
  await page.byRole('button', '关闭 03.json').wait();
  await page.assertQuiet();
}, ONE);

journey('a contested month is planned to its end, with progress, and cannot be chosen anew', async ({ open }) => {
  const folder = await newFolder('contested');
  const maker = await open({ now: NOW });
  await openDemo(maker);
  const book = JSON.parse((await backup(maker)).text);
  // Every unit is to be visited, and most of the many officers keep away from all of them.
  const units = book.units.map((unit) => ({ unit: unit.id }));
  book.officers.slice(8).forEach((officer) => { officer.avoidances = units; });
  const more = Array.from({ length: 26 }, (_, at) =>
    ({ ...book.officers[7], id: `P${15 + at}`, name: `人员${at}`, absences: [], avoidances: units }));
  book.officers.push(...more);
  book.officer_number_last = 40;
  book.years[0].draft.design.shares = book.years[0].draft.design.shares.map((row) => row.map(() => 1_000_000_000));
  const path = join(folder, 'book.json');
  await writeFile(path, JSON.stringify(book));

  const page = await open({ now: NOW });
  await openWorkbook(page, path);
  await freezePlan(page);
  await openDraw(page, '2026-01');
  await commit(page);
  await page.evaluate(() => {
    window.__said = new Set();
    window.__couldBreakOff = false;
    new MutationObserver(() => {
      const said = document.body.innerText.match(/第 \d+ 次尝试，已搁置 \d+ 户/)?.[0];
      if (!said) return;
      window.__said.add(said);
      const button = [...document.querySelectorAll('button')].find((b) => b.innerText.includes('中止抽取'));
      window.__couldBreakOff ||= button !== undefined && !button.disabled;
      window.__note ||= document.body.innerText.includes('不能取消，也不能重来');
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await page.byRole('button', '抽取并排期').click();
  await page.byRole('grid', '排期配人').wait();
  // What was said was shown while the work went on: done in one piece, nothing would be.
  const said = await page.evaluate(() => [...window.__said]);
  assert.ok(said.length > 0, "nothing was said");
  assert.ok(await page.evaluate(() => window.__note));
  assert.equal(await page.evaluate(() => window.__couldBreakOff), false);
  await page.waitForText(/\d+ 户顺延下月/);
  // What was laid in slices is what a verifier lays.
  await page.goto('#/verify/1');
  await page.waitForText('36 项核对，36 项通过');
  await page.assertQuiet();
  await removeFolder(folder);
}, ONE);
