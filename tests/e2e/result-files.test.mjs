// Results from the official system's Excel: taken in, refused line by line, and missed later.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { BROWSERS, journey } from './harness.mjs';
import { newFolder, removeFolder } from './browsers.mjs';
import { counts, write } from './desk.mjs';
import { contrastFaults, layoutFaults, structureFaults } from './audit.mjs';
import {
  NOW, approvePlan, backup, drawMonth, freezePlan, moveDemoTo, openDemo, openLived, saved,
} from './steps.mjs';
import { xlsx } from './xlsx.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

async function inFolder(body) {
  const folder = await newFolder('results');
  try {
    await body(folder);
  } finally {
    await removeFolder(folder);
  }
}

const HEADS = ['序号', '任务编号', '检查对象名称', '统一社会信用代码', '检查日期', '开始时间', '结束时间', '检查部位',
  '检查人员', '检查结果', '发现问题', '法律依据', '处理措施', '整改期限', '录入人', '检查事项'];

/** What the official system exports of January's first visits. */
function lines(book, count) {
  const { visits } = book.years[0].draws[0].drawn.plan;
  const unit = new Map(book.units.map((it) => [it.id, it]));
  const officer = new Map(book.officers.map((it) => [it.id, it.name]));
  const item = new Map(book.items.map((it) => [it.id, it.name]));
  const planned = Object.entries(visits).sort(([a, x], [b, y]) => (x.day + a < y.day + b ? -1 : 1));
  return planned.slice(0, count).map(([id, visit], at) => [
    at + 1, '', unit.get(id).name, unit.get(id).code ?? '', visit.day, '09:10', '10:25', '一层营业区、消防控制室',
    `${officer.get(visit.lead)}、${officer.get(visit.member)}`, '未发现问题', '', '', '', '', '平台管理员', item.get(book.years[0].visits.find((it) => it.id.unit === id).items[0]),
  ]);
}

/** From the page of visits to the preview of a file. */
async function preview(page, path) {
  await page.goto('#/visits?view=all');
  await page.byRole('file', '导入检查结果').upload(path);
  await page.byRole('heading', '列与字段').wait();
  await page.byRole('button', '去预览').click();
  await page.byRole('region', '行数').wait();
}

async function sound(page, step) {
  for (const faults of [structureFaults, contrastFaults, layoutFaults]) {
    assert.deepEqual(await page.evaluate(faults), [], step);
  }
}

journey('results come in from Excel, one line is refused, and a later file tells what vanished', ({ open }) => inFolder(async (folder) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await drawMonth(page, '2026-01');
  await approvePlan(page);
  await moveDemoTo(page, '2026-01-30');
  const rows = lines(JSON.parse((await backup(page)).text), 4);
  const problem = rows[1];
  problem.splice(9, 5, '发现问题已责令改正', '灭火器压力不足', '消防法第十六条', '责令限期改正', '2026-02-20');
  const wrong = [...rows[2]];
  wrong[8] = '张三、李四';
  const first = [['1月双随机抽查检查结果'], HEADS, rows[0], problem, wrong];
  await preview(page, await write(folder, '1月结果.xlsx', xlsx(first)));
  await page.waitForText('3 行 = 收入 2 + 跳过 0 + 拒收 1');
  let found = await counts(page.css('main'));
  assert.deepEqual([found.新结果, found.有误的行], [2, 1]);
  await sound(page, '预览');
  await page.byRole('button', '导入').waitDisabled();
  // Row, column and why.
  await page.byRole('combobox', /^怎么办：检查人员 张三、李四/).select('跳过这些行');
  const places = await page.css('.import-problem').text();
  assert.match(places, /计划是/);
  await page.byRole('button', '导入：新增 2').click();
  await page.waitForText('已导入：新增 2');
  await saved(page);

  // They wait for review as typed ones do, and say where they came from.
  await page.goto('#/visits?view=review');
  await page.byRole('button', /^审核/).first().wait();
  const book = JSON.parse((await backup(page)).text);
  const records = book.years[0].visits.filter((visit) => visit.records).map((visit) => visit.records[0]);
  assert.equal(records.length, 2);
  for (const record of records) {
    assert.equal(record.source.file, '1月结果.xlsx');
    assert.match(record.source.fingerprint, /^[0-9a-f]{16}$/);
    assert.equal(record.source.entered_by, '平台管理员');
    assert.ok(!record.review);
  }
  const unit = book.units.find((it) => it.name === rows[0][2]);
  await page.goto(`#/visits/2026-01.${unit.id}?view=all`);
  await page.waitForText('来自文件：1月结果.xlsx 第 3 行，录入人 平台管理员');

  // The later file: the first line as it was, the second gone, a third that is ours, a fourth that is not.
  const foreign = [...rows[3]];
  foreign[2] = '邻县商场';
  foreign[3] = '';
  await preview(page, await write(folder, '2月导出.xlsx', xlsx([HEADS, rows[0], rows[2], foreign])));
  await page.waitForText('以前导入过、这次文件里没有的结果 1 条');
  found = await counts(page.css('main'));
  assert.deepEqual([found.新结果, found.一致, found.不是本库抽取, found.这次没有了, found.有误的行], [1, 1, 1, 1, 1]);
  await page.byRole('tab', /^这次没有了/).click();
  assert.ok((await page.css('.import-list').text()).includes('1月结果.xlsx 第 4 行'));
  await sound(page, '第二次预览');
  await page.byRole('combobox', /^怎么办：单位名录里没有这家单位/).select('跳过这些行');
  await page.byRole('button', '导入：新增 1').click();
  await page.waitForText('已导入：新增 1');
  // The message before may still stand; what it told can be taken back only after this.
  assert.equal(await page.byRole('status', '消息').byRole('button', '撤销').count(), 1);
  await page.byRole('status', '消息').byRole('button', '撤销').click();
  await page.waitForText('已撤销');
  const after = JSON.parse((await backup(page)).text);
  assert.deepEqual(after.years[0].visits, book.years[0].visits);
  await page.goto('#/trail');
  await page.waitForText('2月导出.xlsx');
  await page.assertQuiet();
}), ONE);

journey('visits and their results go out as files, and the results come in as no change', async ({ open }) => {
  const page = await open({ now: NOW });
  await openLived(page);
  await page.goto('#/visits?view=all');
  const out = async (words) => {
    await page.css('.export-menu summary').click();
    return page.download(() => page.byRole('button', words).click());
  };
  const rows = JSON.parse(await readFile(await out('JSON 数据'), 'utf8'));
  const book = JSON.parse((await backup(page)).text);
  assert.equal(rows.length, book.years[0].visits.length);
  assert.ok(rows.every((row) => row.单位 && row.状态));
  assert.ok((await readFile(await out('CSV 文本'), 'utf8')).includes(rows[0].单位));
  const results = await out('检查结果：Excel 表格');
  await page.byRole('file', '导入检查结果').upload(results);
  await page.byRole('button', '去预览').click();
  await page.byRole('region', '行数').wait();
  const found = await counts(page.css('main'));
  const entered = book.years[0].visits.filter((visit) => visit.records).length;
  assert.deepEqual([found.新结果, found.一致, found.与已有结果不同, found.有误的行], [0, entered, 0, 0]);
  await page.goto('#/trail');
  const trail = JSON.parse(await readFile(await out('JSON 数据'), 'utf8'));
  assert.equal(trail.length, book.trail.length);
  await page.assertQuiet();
}, ONE);
