// The annual plan: shares and floors, what does not fit and what mends it, versions.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BROWSERS, ROOT, journey } from './harness.mjs';
import { newFolder } from './browsers.mjs';
import { NOW, backup, freezePlan, openDemo, openWorkbook } from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

/** The demo brigade with something else in it, as a workbook file. */
async function demoWith(change) {
  const book = JSON.parse(await readFile(join(ROOT, 'tests/data/demo-brigade.json'), 'utf8'));
  book.demo_today = '2025-12-30';
  change(book);
  const path = join(await newFolder('workbook'), 'brigade.json');
  await writeFile(path, JSON.stringify(book));
  return path;
}

/** The rows of the table of months: month, A, B, C, second, drawn, made, all, capacity. */
async function months(page) {
  const rows = await page.evaluate(() => {
    const heading = [...document.querySelectorAll('h2')].find((h) => h.id === 'months-title');
    return [...heading.closest('section').querySelectorAll('tbody tr')]
      .map((row) => [...row.cells].map((cell) => cell.innerText.trim()));
  });
  return rows.map((row) => row.map((text) => Number(text.replace(/\D/g, ''))));
}

/** The totals that the chart writes below its bars, and the heights of the bars. */
function chart(page) {
  return page.evaluate(() => {
    const svg = document.querySelector('#months-title').closest('section').querySelector('svg.chart');
    const texts = [...svg.querySelectorAll('text[text-anchor=middle]')].map((e) => e.textContent.trim());
    const heights = [...svg.querySelectorAll('rect.soft')].map((e) => Number(e.getAttribute('height')));
    return { label: svg.getAttribute('aria-label'), totals: texts.filter((_, at) => at % 2).map(Number), heights };
  });
}

journey('a share below its floor is refused in words, with its place and remedy', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/plan');
  const share = page.byRole('textbox', 'B 层 0 级比例（%）');
  const planned = () => page.byRole('region', '三层与底线').text();
  const before = await planned();
  await share.fill('79.9');
  await page.waitForText('B 层 0 级的比例低于底线 80%。请填 80 至 100 的数。');
  await share.waitAttribute('aria-invalid', 'true');
  assert.equal(await share.value(), '79.9', 'what was typed stays, to be corrected');
  await page.byRole('button', '冻结计划').waitDisabled();
  assert.equal(await planned(), before, 'the refused share changes no number');

  await share.fill('八十');
  await page.waitForText('应为 0 至 100 的数，最多七位小数。');
  await page.byRole('textbox', '3 月权重').fill('0');
  await page.waitForText(/3 月权重\s*应为 1 至 1000000 的整数。/);
  await page.byRole('textbox', '3 月权重').fill('9');
  await share.fill('100');
  await page.waitForNoText('请填 80 至 100 的数');
  await page.until('more units of B are planned', (text) =>
    document.querySelector('#strata-title').closest('section').innerText !== text, before);
  await page.byRole('button', '冻结计划').waitDisabled(false);

  // The focus walks on through the numbers while they are worked out anew.
  await share.focus();
  await page.press('Tab');
  const next = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  assert.equal(next, 'C 层 0 级比例（%）');
  await page.assertQuiet();
}, ONE);

journey('numbers by stratum and month, and the chart, agree', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/plan');
  await page.waitForText('计划能完成');
  const table = await months(page);
  assert.equal(table.length, 12);
  for (const [, a, b, c, second, drawn, made, all, capacity] of table) {
    assert.equal(a + b + c + second + drawn + made, all);
    assert.ok(all <= capacity, `${all} of ${capacity}`);
  }
  const { label, totals, heights } = await chart(page);
  assert.match(label, /十二个月/);
  assert.deepEqual(totals, table.map((row) => row[7]));
  const scale = heights[0] / totals[0];
  heights.forEach((height, at) => assert.ok(Math.abs(height - totals[at] * scale) < 0.5, `bar ${at + 1}`));

  // The strata say the same: what is planned for A, B and C is what the months hold.
  const strata = await page.evaluate(() =>
    [...document.querySelector('#strata-title').closest('section').querySelectorAll('tbody tr')]
      .map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
  for (const at of [0, 1, 2]) {
    const [, units, floor, least, plan] = strata[at];
    const sum = table.reduce((total, row) => total + row[at + 1], 0);
    assert.equal(Number(plan), sum, strata[at][0]);
    assert.ok(Number(plan) >= Number(least));
    assert.equal(Number(least), Math.ceil(Number(units) * Number(floor.replace('%', '')) / 100));
  }
  assert.equal(Number(strata[3][1]), table.reduce((total, row) => total + row[4], 0));

  // A heavier month gets more.
  const june = table[5][7];
  await page.byRole('textbox', '6 月权重').fill('90');
  await page.until('June holds more', (before) => {
    const row = document.querySelector('#months-title').closest('section').querySelectorAll('tbody tr')[5];
    return Number(row.cells[7].innerText) > before;
  }, june);
  assert.deepEqual((await chart(page)).totals, (await months(page)).map((row) => row[7]));
  await page.assertQuiet();
}, ONE);

journey('a year that does not fit names months, shortage and remedies; a remedy mends it', async ({ open }) => {
  const path = await demoWith((book) => {
    // All but six officers are seconded from February to November.
    for (const officer of book.officers.slice(6)) {
      officer.absences = [{ from: '2026-02-01', to: '2026-11-30', kind: 'secondment', reason: '支队抽调', approver: '鄢立群' }];
    }
  });
  const page = await open({ now: NOW });
  await openWorkbook(page, path);
  await page.goto('#/plan');
  const banner = page.byRole('alert').first();
  await banner.wait();
  const said = await page.css('.banner').text();
  const [, first, last, need, holds, lack] = said.match(/(\d+) 月至 (\d+) 月需要 (\d+) 户，只能排 (\d+) 户，缺 (\d+) 户/).map(Number);
  assert.ok(first >= 1 && last <= 12 && first <= last);
  assert.equal(need - holds, lack);
  const table = await months(page);
  assert.equal(table.slice(first - 1, last).reduce((sum, row) => sum + row[8], 0), holds, 'the months\' capacity');
  const remedies = await page.evaluate(() => [...document.querySelectorAll('.banner li')].map((row) => row.innerText));
  assert.ok(remedies.length >= 2, said);
  const loan = remedies.find((row) => row.includes('执法人员工作日'));
  const [, total, leads] = loan.match(/增加 (\d+) 个执法人员工作日（其中 (\d+) 个须能主办）/).map(Number);
  assert.ok(total >= leads && total > 0, loan);
  // What the months need adds up to the sum.
  const runs = [...loan.matchAll(/(\d+) 月(?:至 (\d+) 月每月)? (\d+) 个/g)].map((run) => run.slice(1).map(Number));
  assert.ok(runs.length > 0, loan);
  assert.equal(runs.reduce((sum, [from, to, days]) => sum + (to ? to - from + 1 : 1) * days, 0), total, loan);

  // Each remedy suffices alone: adopting one makes the plan fit.
  const adopt = page.byRole('button', '采用').first();
  await adopt.click();
  await page.waitForText('计划能完成');
  await page.byRole('button', '放弃修改').click();
  await page.waitForText(loan.match(/增加 \d+ 个执法人员工作日/)[0]);

  // It can be frozen all the same; the dialog says what that means.
  await page.byRole('button', '冻结计划').click();
  await page.waitForText('计划排不下，仍要冻结的，缺口会写进每次抽取的承诺和公示。');
  await page.press('Escape');
  await page.assertQuiet();
}, ONE);

journey('the plan states which register counts at the end of the year, on the page and on paper', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/plan');
  const strata = page.byRole('region', '三层与底线');
  assert.match(await strata.text(), /12 月抽取时冻结的名录，减去 12 月现场核实已关闭的单位/);
  assert.match(await strata.text(), /新增的单位，计入下一年/);
  assert.match(await page.evaluate(() => document.querySelector('.paper').textContent), /12 月抽取时冻结的名录，减去/);
  await page.assertQuiet();
}, ONE);

journey('freezing gives the genesis; a new version needs a reason, the old one stays', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/plan');
  await page.byRole('button', '冻结计划').click();
  const dialog = page.byRole('dialog', '冻结计划');
  await dialog.byRole('textbox', '批准人').fill(' ');
  await dialog.byRole('button', '冻结计划').click();
  await dialog.byRole('alert').byRole('paragraph').wait();
  await page.press('Escape');
  await freezePlan(page);
  const shown = (await page.css('.page-head .hash').text()).replace(/[\s…]/g, '');
  const first = JSON.parse((await backup(page)).text).years[0].plans[0];
  assert.ok(shown.length === 16 && first.genesis.startsWith(shown));
  await page.byRole('textbox', 'C 层 0 级比例（%）').waitDisabled(); // a frozen version is only read

  await page.byRole('button', '草案').click();
  await page.byRole('button', '冻结计划').waitDisabled();
  await page.waitForText('草案与执行中的一版相同');
  await page.byRole('textbox', 'C 层 0 级比例（%）').fill('21');
  await page.byRole('button', '冻结计划').click();
  await page.byRole('dialog', '冻结计划').byRole('button', '冻结计划').click();
  await page.byRole('dialog', '冻结计划').byRole('alert').byRole('paragraph').wait();
  await page.press('Escape');
  await freezePlan(page, { version: 2, reason: '支队要求提高一般单位比例' });
  const { trail, years: [{ plans }] } = JSON.parse((await backup(page)).text);
  assert.deepEqual(plans[0], first, 'the first version is as it was');
  assert.notEqual(plans[1].genesis, first.genesis);
  assert.equal(plans[1].reason, '支队要求提高一般单位比例');
  // Each version's paper says where the trail ended then: a trail cut off later shows.
  const frozen = trail.filter((entry) => entry.action === 'freeze_plan');
  const untilFoot = ({ number, hash }) => page.until('each sheet ends with the trail\'s end', (words) => {
    const feet = [...document.querySelectorAll('.paper .sheet-foot')];
    return feet.length >= 2 && feet.every((foot) => foot.textContent.includes(words));
  }, `操作记录至第 ${number} 条 ${hash.slice(0, 16).match(/.{4}/g).join(' ')}`);
  await page.byRole('button', '第 1 版').click();
  assert.equal(await page.byRole('textbox', 'C 层 0 级比例（%）').value(), '20');
  await untilFoot(frozen[0]);
  await page.byRole('button', '第 2 版').click();
  assert.equal(await page.byRole('textbox', 'C 层 0 级比例（%）').value(), '21');
  await untilFoot(frozen[1]);
  await page.assertQuiet();
}, ONE);

journey('a plan without general units says so', async ({ open }) => {
  const path = await demoWith((book) => {
    book.units = book.units.filter((unit) => unit.is_key);
    for (const officer of book.officers) officer.avoidances = [];
  });
  const page = await open({ now: NOW });
  await openWorkbook(page, path);
  await page.goto('#/plan');
  await page.waitForText('一般单位必须在抽查中占一定比例（公安部令第120号第七条），计划里没有一般单位。');
  await page.assertQuiet();
}, ONE);
