// The fairness test: simulated in a worker, with progress and a way out, on the person's own
// registers; what it shows agrees with the sizes that the month page promises.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { BROWSERS, journey } from './harness.mjs';
import { NOW, freezePlan, openDemo, openDraw } from './steps.mjs';

const CHROMIUM = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

/** The rows of the table named by a heading's id, as texts. */
function rows(page, heading) {
  return page.evaluate((id) =>
    [...document.querySelectorAll(`table[aria-labelledby=${id}] tbody tr`)]
      .map((row) => [...row.cells].map((cell) => cell.innerText.trim())), heading);
}

/**
 * Opens the page on the demo brigade. The page's random numbers are fixed: of fair draws
 * one test in a thousand says by chance that they are not.
 */
async function openTest(open) {
  const page = await open({ now: NOW });
  await page.evaluate(() => { crypto.getRandomValues = (bytes) => bytes.fill(7); });
  await openDemo(page);
  await page.goto('#/fairness');
  await page.byRole('heading', '公平检验').first().wait();
  return page;
}

/** A mark of all that the browser holds, to see that a test changes nothing. */
async function stored(page) {
  await page.waitForText('已保存');
  const text = await page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort()));
  return createHash('sha256').update(text).digest('hex');
}

journey('a month is simulated in a worker, and agrees with what is promised', async ({ open }) => {
  const page = await openTest(open);
  await page.evaluate(() => {
    window.__workers = 0;
    const Plain = window.Worker;
    window.Worker = class extends Plain {
      constructor(...words) { super(...words); window.__workers++; }
    };
  });
  const before = await stored(page);
  await page.byRole('combobox', '模拟次数').select('100');
  await page.byRole('button', '开始检验').click();
  await page.waitForText(/在 100 次模拟抽取中，各组单位的中签率与应有的一致/);
  assert.equal(await page.evaluate(() => window.__workers), 1);

  const groups = await rows(page, 'fair-groups');
  assert.ok(groups.length > 5);
  for (const [name, pool, quota, promised, least, most] of groups) {
    const share = `${(100 * quota / pool).toFixed(2)}%`;
    assert.equal(promised, share, `${name}: promised is n/R`);
    assert.ok(parseFloat(least) <= parseFloat(promised) && parseFloat(promised) <= parseFloat(most), name);
  }
  // All visits have two officers: what the officers have is twice what the groups have.
  const officers = await rows(page, 'fair-officers');
  const visits = officers.reduce((sum, row) => sum + parseFloat(row[4]), 0);
  const drawn = groups.reduce((sum, row) => sum + Number(row[2]), 0);
  assert.ok(Math.abs(visits - 2 * drawn) < 0.1 + drawn / 20, `${visits} officer visits, ${drawn} drawn`);

  const path = await page.download(() => page.byRole('button', '保存检验结果').click());
  const saved = JSON.parse(await readFile(path, 'utf8'));
  assert.equal(saved.format, 'double-random/fairness');
  assert.equal(saved.asked.runs, 100);
  assert.equal(saved.result.report.groups.length, groups.length);
  assert.equal(saved.result.report.groups.reduce((sum, group) => sum + group.quota, 0), drawn);
  assert.equal(await stored(page), before, 'a test changes nothing');

  // The month itself then fixes the very same sizes.
  await freezePlan(page);
  await openDraw(page, '2026-01');
  const fixed = await page.evaluate(() => {
    const table = [...document.querySelectorAll('table')].find((t) => /本月名额 n/.test(t.tHead?.innerText ?? ''));
    return [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim()));
  });
  for (const [name, pool, quota] of groups) {
    const row = fixed.find((cells) => cells[0] === name);
    assert.ok(row, `${name} is among the sizes`);
    assert.deepEqual(row.slice(-3, -1), [pool, quota], name);
  }
  await page.assertQuiet();
});

journey('a test shows its progress, and cancelling leaves everything as it was', async ({ open }) => {
  const page = await openTest(open);
  const before = await stored(page);
  await page.byRole('combobox', '模拟次数').select('20000');
  await page.byRole('button', '开始检验').click();
  await page.byRole('progressbar', '正在模拟').wait();
  await page.byRole('button', '开始检验').waitDisabled();
  await page.until('some runs are made', () => Number(document.querySelector('.progress progress').value) > 0);
  // The page goes on meanwhile, and the test too.
  await page.goto('#/units');
  await page.goto('#/fairness');
  await page.byRole('progressbar', '正在模拟').wait();
  await page.byRole('button', '取消').click();
  await page.byRole('progressbar', '正在模拟').waitGone();
  assert.ok(!(await page.byRole('button', '开始检验').isDisabled()));
  await page.waitForText('选好后开始检验');
  assert.equal(await stored(page), before);
  await page.assertQuiet();
}, CHROMIUM);

journey('whole years keep their floors', async ({ open }) => {
  const page = await openTest(open);
  await page.byRole('combobox', '检验对象').select('整年（自 1 月起）');
  await page.byRole('combobox', '模拟次数').select('100');
  await page.byRole('checkbox', '同时排日期、配人员').uncheck();
  await page.byRole('button', '开始检验').click();
  await page.waitForText(/在 100 个模拟年度中/);
  const floors = await rows(page, 'fair-floors');
  assert.deepEqual(floors.map((row) => row[1]), ['100 %', '80 %', '20 %'].map((text) => text.replace(' ', '')));
  assert.equal((await rows(page, 'fair-months')).length, 12);
  const units = await rows(page, 'fair-units');
  assert.ok(units.length > 5 && units.every((row) => Number(row[2]) > 0));
  await page.assertQuiet();
}, CHROMIUM);

journey('where no worker can be made, the page does it in slices', async ({ open }) => {
  const page = await openTest(open);
  await page.evaluate(() => { window.Worker = function () { throw new Error('none'); }; });
  await page.byRole('combobox', '模拟次数').select('100');
  await page.byRole('checkbox', '同时排日期、配人员').uncheck();
  await page.byRole('button', '开始检验').click();
  await page.waitForText(/在 100 次模拟抽取中/);
  assert.equal((await rows(page, 'fair-officers')).length, 0, 'no teams were asked for');
  await page.assertQuiet();
}, CHROMIUM);
