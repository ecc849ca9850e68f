// Times of the page in the current Chromium: `cargo xtask bench` prints them.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newFolder, removeFolder } from './browsers.mjs';
import { ROOT, open } from './harness.mjs';
import { openWorkbook, saved } from './steps.mjs';
import { xlsx } from './xlsx.mjs';

const RUNS = Number(process.env.BENCH_RUNS ?? 7);

/** Milliseconds from the start of loading until the program says that it can be used. */
async function usable(page) {
  return page.until('the program can be used', () =>
    performance.getEntriesByName('double-random:usable')[0]?.startTime
      ?? (window.__doubleRandom.started && performance.now()));
}

function row(what, value, unit) {
  console.log(`${what.padEnd(34)}${value.toFixed(1).padStart(8)} ${unit}`);
}

const page = await open({ hash: '#/home?demo=fresh' });
const times = [await usable(page)];
for (let run = 1; run < RUNS; run++) {
  await page.reload();
  times.push(await usable(page));
}
row('usable, first', times[0], 'ms');
row('usable, median', times.sort((a, b) => a - b)[Math.floor(RUNS / 2)], 'ms');

// The page's own measurements, { name: value }, for n units; cost against size in a row.
const SIZES = [2_400, 10_000, 100_000, 1_000_000];
const measured = [];
for (const units of SIZES) {
  await page.reload();
  await usable(page);
  measured.push(await page.evaluate((n) => window.__doubleRandom.bench(n), units));
}
console.log(`\n${'in Chromium, ms'.padEnd(34)}${SIZES.map((n) => n.toLocaleString('en').padStart(11)).join('')}`);
for (const name of new Set(measured.flatMap((times) => Object.keys(times)))) {
  const cells = measured.map((times) => (times[name]?.toFixed(1) ?? '–').padStart(11));
  console.log(`${name.padEnd(34)}${cells.join('')}`);
}
await page.close();

// What a person waits for, and the longest task that the page does at a stretch meanwhile.
const ACTIONS = [10_000, 100_000];
const folder = await newFolder('bench');
const table = [];

function list(count) {
  const types = ['商场市场', '宾馆饭店', '医院', '餐饮场所', '一般工业企业'];
  const heads = ['单位名称', '地址', '监管级别', '场所类型', '是否人员密集', '责任人', '联系电话', '风险等级'];
  const rows = Array.from({ length: count }, (_, at) => [`清河县第${at + 1}号店`, `育才路${at + 1}号`, at % 40 ? '一般' : '重点',
    types[at % types.length], at % 9 ? '否' : '是', '庾承仪', '0319-5550171', ['低风险', '一般风险', '较大风险', '重大风险'][at % 4]]);
  return xlsx([heads, ...rows]);
}

/** Does something; its milliseconds, and those of its longest task. */
async function timed(page, what, count, action) {
  await page.evaluate(() => {
    window.__tasks = [];
    window.__watch?.disconnect();
    window.__watch = new PerformanceObserver((seen) => window.__tasks.push(...seen.getEntries().map(({ duration }) => duration)));
    window.__watch.observe({ entryTypes: ['longtask'] });
  });
  const began = performance.now();
  await action();
  const took = performance.now() - began;
  // Tasks are told after they have ended.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  const longest = await page.evaluate(() => Math.max(0, ...window.__tasks));
  const line = table.find((row) => row.what === what) ?? table[table.push({ what }) - 1];
  line[count] = `${took.toFixed(0)} (${longest ? longest.toFixed(0) : '< 50'})`;
}

const empty = await open();
const starts = [];
for (let run = 0; run < RUNS; run++) {
  await empty.reload();
  starts.push(await usable(empty));
}
row('usable, empty store', starts.sort((a, b) => a - b)[Math.floor(RUNS / 2)], 'ms');
await empty.close();

for (const count of ACTIONS) {
  const path = join(folder, `${count}.xlsx`);
  await writeFile(path, list(count));
  const page = await open({ now: '2025-12-30T09:10' });
  await page.byRole('textbox', '大队名称').fill('清河县消防救援大队');
  await page.byRole('textbox', '单位编号前缀').fill('QH');
  await page.press('Enter');
  await page.byRole('navigation', '主导航').wait();
  // A plan needs somebody to carry it out.
  const officers = Array.from({ length: 14 }, (_, place) => [`执法员${'甲乙丙丁戊己庚辛壬癸子丑寅卯'[place]}`, place % 2 ? '否' : '是']);
  await writeFile(join(folder, 'officers.xlsx'), xlsx([['姓名', '是否主办'], ...officers]));
  await page.goto('#/officers');
  await page.byRole('file', '导入名单').upload(join(folder, 'officers.xlsx'));
  await page.byRole('button', '去预览').click();
  await page.byRole('button', '导入：新增 14').click();
  await page.byRole('grid', '执法人员').wait();
  await page.goto('#/units');
  const at = (what, action) => timed(page, what, count, action);
  await at('a list of Excel: opened and read', async () => {
    await page.byRole('file', '导入名单').upload(path);
    await page.byRole('heading', '列与字段').wait();
  });
  await at('its preview', async () => {
    await page.byRole('button', '去预览').click();
    await page.byRole('region', '行数').wait();
  });
  await at('taken in', async () => {
    await page.byRole('button', `导入：新增 ${count}`).click();
    await page.byRole('grid', '单位').wait();
  });
  await at('saved', () => saved(page));
  await at('search', async () => {
    await page.goto('#/units?q=第77号');
    await page.waitForText('共 1 行');
  });
  await at('filter', async () => {
    await page.goto('#/units?stratum=B');
    await page.waitForText(/共 \d{1,4} 行/);
  });
  await at('order by name', async () => {
    await page.goto('#/units?sort=name');
    await page.waitForText(`共 ${count} 行`);
  });
  await at('order by tier', async () => {
    await page.goto('#/units?sort=-tier');
    await page.until('the order', () => document.querySelector('[aria-sort=descending]'));
  });
  await at('annual plan', async () => {
    await page.goto('#/plan');
    await page.waitForText('全年');
  });
  await at('Excel of all', () => page.goto('#/units').then(() => page.download(async () => {
    await page.byRole('button', '导出').click();
    await page.byRole('button', 'Excel 表格').click();
  })));
  const again = [];
  for (let run = 0; run < RUNS; run++) {
    await page.reload();
    again.push(await usable(page));
  }
  row(`usable, ${count.toLocaleString('en')} units`, again.sort((a, b) => a - b)[Math.floor(RUNS / 2)], 'ms');
  await page.close();
}
console.log(`\n${'ms (longest task)'.padEnd(34)}${ACTIONS.map((n) => n.toLocaleString('en').padStart(18)).join('')}`);
for (const { what, ...cells } of table) {
  console.log(`${what.padEnd(34)}${ACTIONS.map((n) => (cells[n] ?? '–').padStart(18)).join('')}`);
}
await removeFolder(folder);

// What an officer does in a year that has been lived: 10 000 units, some 1 400 visits
// (`tests/native/lived.rs` writes the file).
table.length = 0;
const lived = await open({ now: '2026-05-20T09:00' });
const at = (what, action) => timed(lived, what, 'lived', action);
const dialog = (name) => lived.byRole('dialog', name);
/** Opens the panel of the first visit of a view; the unit's name. */
async function firstOf(view) {
  await lived.goto(`#/visits?view=${view}`);
  const name = await lived.until(`a visit in ${view}`, () => {
    const row = document.querySelector('[role=grid] tbody tr.is-row');
    row?.click();
    return row?.querySelectorAll('td')[1].innerText.trim();
  });
  await lived.byRole('complementary', name).wait();
  return name;
}
await at('a backup of it opened', () => openWorkbook(lived, join(ROOT, 'target/lived-large.json')));
await saved(lived);
await at('workbench', async () => {
  await lived.goto('#/home');
  await lived.byRole('region', '今天要办').wait();
});
await at('all visits', () => firstOf('all'));
let name = await firstOf('enter');
await at('the form of a result', async () => {
  await lived.byRole('button', '录入结果').click();
  await dialog(`录入结果：${name}`).wait();
});
const form = dialog(`录入结果：${name}`);
await form.byRole('date', '开始').fill('09:10');
await form.byRole('date', '结束').fill('10:25');
await form.byRole('date', '扫码时间').fill('09:08');
await form.byRole('textbox', '检查部位').fill('一层');
await at('a result kept', async () => {
  await form.byRole('button', '保存结果，交审核').click();
  await form.waitGone();
});
name = await firstOf('review');
await lived.byRole('button', '审核').click();
await dialog(`审核：${name}`).byRole('textbox', '审核人').fill('郑和平');
await at('a result reviewed', async () => {
  await dialog(`审核：${name}`).byRole('button', '审核').click();
  await dialog(`审核：${name}`).waitGone();
});
name = await firstOf('today');
await at('who else may go', async () => {
  await lived.byRole('complementary', name).byRole('button', '人员不能来').click();
  await lived.waitForText(/这些天有 \d+ 户待查/);
});
await dialog('人员不能来').byRole('textbox', '原因').fill('突发疾病');
await at('stand-ins for his days', async () => {
  await dialog('人员不能来').byRole('button', '一次替换').click();
  await dialog('人员不能来').waitGone();
});
await lived.goto('#/publish');
await at('the paper of a month’s results', async () => {
  await lived.byRole('link', /^4 月检查结果/).click();
  await lived.byRole('columnheader', '检查结果').wait();
});
for (const [what, channel] of [
  ['web page', '政府网站：网页'],
  ['Excel', '政府网站：Excel'],
  ['provincial table', '省平台：导入表'],
  ['JSON', '机器可读：JSON'],
]) {
  await at(`it as ${what}, saved`, () => lived.download(() => lived.byRole('button', channel).click()));
}
await at('a month’s package verified', async () => {
  await lived.goto('#/verify/2026-04');
  await lived.waitForText(/项核对，\d+ 项通过/);
});
await at('a drawn month', async () => {
  await lived.goto('#/month/2026-05');
  await lived.byRole('grid', '排期配人').wait();
});
await at('the trail', async () => {
  await lived.goto('#/trail');
  await lived.byRole('grid', '操作记录').wait();
});
await lived.close();
console.log(`\n${'ms (longest task)'.padEnd(34)}${'lived year'.padStart(18)}`);
for (const { what, ...cells } of table) console.log(`${what.padEnd(34)}${cells.lived.padStart(18)}`);
