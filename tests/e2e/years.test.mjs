// The turn of the year: the next one begins beside the running one, and January is drawn in
// December. A workbook of version 1 opens.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { BROWSERS, ROOT, journey } from './harness.mjs';
import { NOW, backup, drawMonth, freezePlan, moveDemoTo, openDemo, openWorkbook } from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

journey('the next year is begun in November, planned and drawn beside the running one', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await drawMonth(page, '2026-12', '演示全年');
  await page.goto('#/plan');
  await page.byRole('heading', '年度计划').wait();
  assert.equal(await page.byRole('button', '开始 2027 年度').count(), 0, 'not before November');

  await moveDemoTo(page, '2026-12-01');
  await page.goto('#/home');
  await page.byRole('region', '今天要办').wait();
  await page.waitForText('开始 2027 年度');
  await page.goto('#/plan');
  await page.byRole('button', '开始 2027 年度').click();
  const dialog = page.byRole('dialog', '开始 2027 年度');
  assert.doesNotMatch(await dialog.text(), /\(\)/);
  await dialog.byRole('button', '开始 2027 年度').click();
  await dialog.waitGone();
  await page.byRole('group', '年度').byRole('button', /2027/).wait();
  assert.equal(await page.hash(), '#/plan/2027');
  await page.byRole('button', '冻结计划').click();
  const freezing = page.byRole('dialog', '冻结计划');
  await freezing.byRole('textbox', '批准人').fill('大队长');
  await freezing.byRole('button', '冻结计划').click();
  await page.waitForText('第 1 版 执行中');
  await page.byRole('group', '年度').byRole('button', /2026/).click();
  await page.until('the running year’s plan', () => location.hash === '#/plan/2026');
  await page.waitForText('第 1 版 执行中');

  // Its January in December's window; December's own visits are still to be made.
  await moveDemoTo(page, '2026-12-30');
  await drawMonth(page, '2027-01');
  const { years } = JSON.parse((await backup(page)).text);
  assert.deepEqual(years.map(({ year }) => year), [2026, 2027]);
  const [december, january] = years.map(({ draws }) => draws[0]);
  assert.deepEqual([december, january].map(({ month, number }) => [month, number]), [['2026-12', 1], ['2027-01', 1]]);
  assert.deepEqual(january.sizes.carried ?? [], [], 'nothing is carried past December');
  assert.ok(years[0].visits.length > 10 && years[1].visits.length > 10);
  const [coming] = Object.entries(december.drawn.plan.visits).filter(([, visit]) => visit.day >= '2026-12-30');
  await page.goto(`#/month/2026-12?unit=${coming[0]}`);
  await page.byRole('button', '登记检查').first().wait();
  await page.byRole('button', '下一月').click();
  await page.until('January of the next year', () => location.hash.startsWith('#/month/2027-01'));

  // Of two draws with one number the address names the year.
  await page.goto('#/verify/2027-01');
  await page.waitForText(/(\d+) 项核对，\1 项通过/);
  await page.waitForText(/2027\s*年\s*1\s*月/);
  await page.assertQuiet();
}, ONE);

journey('the year in the top bar is a menu of the years, and the way into the next one', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  const button = page.byRole('button', '2026 年度');
  await button.waitAttribute('aria-expanded', 'false');
  await button.click();
  await page.byRole('menu', '2026 年度').wait();
  await button.waitAttribute('aria-expanded', 'true');
  await page.byRole('menuitemradio', /2026 年度 计划还没有冻结，不能抽取 草案/).waitAttribute('aria-checked', 'true');
  // Before November the next year is named, and from when on it can be begun.
  const early = page.byRole('menuitem', '开始 2027 年度… 2026年11月起可以开始');
  await early.waitAttribute('aria-disabled', 'true');
  await early.click();
  assert.equal(await page.byRole('dialog', '开始 2027 年度').count(), 0);
  await page.press('Escape');
  await page.byRole('menu', '2026 年度').waitGone();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'year-button');

  await freezePlan(page);
  await moveDemoTo(page, '2026-11-02');
  await button.focus();
  await page.press('ArrowUp');
  await page.until('the last line', () => document.activeElement.getAttribute('role') === 'menuitem');
  await page.press('Enter');
  const dialog = page.byRole('dialog', '开始 2027 年度');
  await dialog.byRole('button', '开始 2027 年度').click();
  await dialog.waitGone();
  assert.equal(await page.hash(), '#/plan/2027');

  // A page shows one year: this one the next, the workbench the running one.
  await page.byRole('button', '2027 年度').first().wait();
  await page.goto('#/home');
  await button.focus();
  await page.press('ArrowDown');
  await page.until('the first line', () => document.activeElement.textContent.includes('2026'));
  await page.byRole('menuitemradio', /2026 年度 还有 \d+ 个工作日，待查 0 户 进行中/).wait();
  await page.press('ArrowDown');
  await page.press('Enter');
  await page.until('the next year’s plan', () => location.hash === '#/plan/2027');
  await page.byRole('menu', '2026 年度').waitGone();
  await page.byRole('button', 'English').click();
  await page.byRole('button', '2027').first().click();
  await page.byRole('menuitem', 'Begin 2028… From November 2027 on').wait();
  await page.byRole('heading', 'Annual plan').click();
  await page.byRole('menu', '2027').waitGone();

  // A telephone: nothing moves sideways.
  await page.setViewport({ width: 390, height: 844 });
  await page.byRole('button', '2027').first().click();
  await page.byRole('menu', '2027').wait();
  await page.until('all within the window', () => document.documentElement.scrollWidth <= innerWidth
    && [...document.querySelectorAll('#year-list *, .top-bar *')].every((it) => it.getBoundingClientRect().right <= innerWidth + 1));
  await page.assertQuiet();
}, ONE);

journey('a workbook of version 1 opens with its draws and visits', async ({ open }) => {
  const page = await open({ now: '2026-02-20T09:00' });
  await openWorkbook(page, join(ROOT, 'tests/data/workbook-v1.json'));
  await page.goto('#/month/2026-02');
  await page.byRole('grid', '排期配人').wait();
  await page.goto('#/verify/2');
  await page.waitForText(/(\d+) 项核对，\1 项通过/);
  await page.goto('#/month/2026-02');
  await page.byRole('grid', '排期配人').wait();
  const { version, years } = JSON.parse((await backup(page)).text);
  assert.equal(version, 2);
  assert.ok(years[0].visits.filter(({ made }) => made).length > 3);
  await page.assertQuiet();
}, ONE);
