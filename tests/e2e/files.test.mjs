// Files in and out: registers and workbooks, merged or replaced on the user's word.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { newFolder, removeFolder } from './browsers.mjs';
import { choose, counts, exported, journey, stored, write } from './desk.mjs';
import { NOW, backup, openDemo, saved } from './steps.mjs';

/** A folder of files for one journey. */
async function inFolder(body) {
  const folder = await newFolder('files');
  try {
    await body(folder);
  } finally {
    await removeFolder(folder);
  }
}

/** Confirms an import, and waits until the dialog has gone. */
async function confirm(dialog, name) {
  await dialog.byRole('button', name).click();
  await dialog.waitGone();
}

async function restoreNewest(page, reason) {
  await page.goto('#/settings/snapshots');
  await page.byRole('row', new RegExp(reason)).first().byRole('button', '恢复').click();
  const dialog = page.byRole('dialog', /^恢复到 .* 的快照$/);
  await dialog.byRole('button', /^恢复到 .* 的快照$/).click();
  await dialog.waitGone();
}

journey('a unit register goes out, is merged row by row, and is brought back', ({ open }) => inFolder(async (folder) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  const before = await exported(page, '单位名录');

  const same = await choose(page, await write(folder, 'same.json', before), '导入单位名录');
  await same.css('.import-stats').wait();
  assert.deepEqual(await counts(same), { 新增: 0, 变更: 0, 不变: 2412, 停用: 0, 移除: 0, 有误的行: 0 });
  assert.ok((await same.text()).includes('文件与现在的名录一致'));
  await same.byRole('button', '导入').waitDisabled();
  await same.byRole('button', '取消').click();

  const { units, ...head } = JSON.parse(before);
  const changed = { ...units[4], phone: '0319-5500001', 未来字段: { 深: [1, null] } };
  const added = { name: '南宫市新桥家具厂', legal_kind: 'enterprise', address: '新桥路1号' };
  const some = await write(folder, 'some.json', { ...head, units: [units[3], changed, added] });
  const dialog = await choose(page, some, '导入单位名录');
  assert.deepEqual(await counts(dialog), { 新增: 1, 变更: 1, 不变: 1, 停用: 0, 移除: 0, 有误的行: 0 });
  await dialog.byRole('tab', /^变更/).click();
  const rows = await dialog.byRole('region', '变更').text();
  assert.match(rows, new RegExp(`${units[4].name}[\\s\\S]*${units[4].phone}[\\s\\S]*0319-5500001`));
  await dialog.byRole('tab', /^新增/).click();
  assert.match(await dialog.byRole('region', '新增').text(), /新桥家具厂/);
  await confirm(dialog, '导入：新增 1，变更 1');
  await page.waitForText('已导入：新增 1，变更 1');
  await saved(page);

  const after = JSON.parse(await exported(page, '单位名录')).units;
  assert.equal(after.length, units.length + 1);
  const at = (list, id) => list.find((unit) => unit.id === id);
  assert.deepEqual(at(after, units[4].id), changed, 'the change, and the field that nobody knows');
  const fresh = after.find((unit) => unit.name === added.name);
  assert.match(fresh.id, /^NG-\d{5}$/);
  for (const unit of units) if (unit.id !== changed.id) assert.deepEqual(at(after, unit.id), unit);

  await restoreNewest(page, '导入 some\\.json 之前');
  assert.equal(await exported(page, '单位名录'), before, 'the snapshot brings the register back');
  await page.assertQuiet();
}));

journey('a register is replaced only with a reason, and what was inspected is kept', ({ open }) => inFolder(async (folder) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  const before = JSON.parse(await exported(page, '单位名录'));
  const inspected = before.units.filter((unit) => unit.inspections?.length).slice(0, 2);
  const never = before.units.filter((unit) => !unit.inspections?.length).slice(0, 3);
  const gone = new Set([...inspected, ...never].map((unit) => unit.id));
  const rest = before.units.filter((unit) => !gone.has(unit.id));
  const file = await write(folder, 'rest.json', { ...before, units: rest });
  const dialog = await choose(page, file, '导入单位名录');
  await dialog.byRole('button', '替换').click();
  await dialog.byRole('button', '导入：停用 2，移除 3').wait();
  assert.deepEqual(await counts(dialog), { 新增: 0, 变更: 0, 不变: rest.length, 停用: 2, 移除: 3, 有误的行: 0 });
  await dialog.byRole('tab', /^停用/).click();
  for (const unit of inspected) assert.ok((await dialog.byRole('region', '停用').text()).includes(unit.name));
  const reason = dialog.byRole('textbox', '停用原因');
  assert.match(await reason.value(), /rest\.json/);
  await reason.fill('');
  await page.waitForText('停用要写明原因和批准人');
  await dialog.byRole('button', '导入').waitDisabled();
  await reason.fill('市监名单已注销');
  await confirm(dialog, '导入：停用 2，移除 3');
  await page.waitForText('已导入：停用 2，移除 3');
  const after = JSON.parse(await exported(page, '单位名录')).units;
  assert.equal(after.length, before.units.length - 3);
  for (const unit of inspected) {
    const kept = after.find((other) => other.id === unit.id);
    assert.equal(kept.status.state, 'retired');
    assert.equal(kept.status.reason, '市监名单已注销');
    assert.deepEqual(kept.inspections, unit.inspections);
  }
}));

journey('officers and items come and go alone, and round trips are identical', ({ open }) => inFolder(async (folder) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  const units = await exported(page, '单位名录');
  const officers = await exported(page, '执法人员名录');
  const items = await exported(page, '事项清单');

  const edited = JSON.parse(officers);
  edited.officers[1].phone = '0319-5550002';
  edited.officers[1].newer_field = 7;
  edited.officers.push({ name: '严冬青', may_lead: false });
  const dialog = await choose(page, await write(folder, 'officers.json', edited), '导入执法人员名录');
  assert.deepEqual(await counts(dialog), { 新增: 1, 变更: 1, 不变: 13, 停用: 0, 移除: 0, 有误的行: 0 });
  await confirm(dialog, '导入：新增 1，变更 1');
  await page.waitForText('已导入：新增 1，变更 1');
  const now = JSON.parse(await exported(page, '执法人员名录')).officers;
  assert.equal(now.length, 15);
  assert.equal(now[1].newer_field, 7);
  assert.equal(now.find((officer) => officer.name === '严冬青').id, 'P15');

  const list = JSON.parse(items);
  const turned = { ...list, items: [...list.items].reverse().slice(1) };
  const replace = await choose(page, await write(folder, 'items.json', turned), '导入事项清单');
  await replace.byRole('button', '替换').click();
  await confirm(replace, /^导入：.*移除 1$/);
  await page.waitForText(/已导入：.*移除 1/);
  assert.deepEqual(JSON.parse(await exported(page, '事项清单')), turned, 'the order is the file’s');

  const back = await choose(page, await write(folder, 'old-items.json', items), '导入事项清单');
  await back.byRole('button', '替换').click();
  await confirm(back, /^导入：/);
  assert.equal(await exported(page, '事项清单'), items);
  assert.equal(await exported(page, '单位名录'), units, 'the other register was not touched');
}));

journey('a workbook opens elsewhere as it was saved, byte for byte', ({ open }) => inFolder(async (folder) => {
  const here = await open({ now: NOW });
  await openDemo(here);
  const first = await backup(here);

  const there = await open({ now: NOW });
  await there.byRole('file', '选择文件').upload(first.path);
  const dialog = there.byRole('dialog', '打开工作簿');
  assert.match(await dialog.text(), /2412/);
  await confirm(dialog, /^打开 南宫市消防救援大队 2026 年度，2412 户$/);
  await saved(there);
  await there.reopen();
  assert.equal((await backup(there)).text, first.text);

  // What a newer program may add is kept at every depth, and written back.
  const book = JSON.parse(first.text);
  book.future_top = { a: [1, 2] };
  book.brigade.future_brigade = '甲';
  book.units[0].future_unit = null;
  book.officers[0].future_officer = true;
  book.items[0].future_item = 1.5;
  const other = await choose(there, await write(folder, 'future.json', book), '打开工作簿');
  assert.match(await other.text(), /同一工作簿/);
  await confirm(other, /^打开 /);
  await there.byRole('region', '今天要办').wait();
  await saved(there);
  await there.reload();
  assert.deepEqual(JSON.parse((await backup(there)).text), book);

  await restoreNewest(there, '打开 future\\.json 之前');
  assert.equal((await backup(there)).text, first.text);
  await there.assertQuiet();
}), { browsers: ['chromium', 'firefox'] });

journey('a newer file is refused in words, an older one too, and nothing changes', ({ open }) => inFolder(async (folder) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await saved(page);
  const before = await stored(page);
  const files = [
    ['workbook', 9, /新版程序保存（版本 9，本程序认到 2）[\s\S]*用新版程序打开/],
    ['units', 2, /新版程序保存（版本 2，本程序认到 1）/],
    ['workbook', 0, /版本 0 太旧[\s\S]*再导出/],
  ];
  for (const [format, version, words] of files) {
    const path = await write(folder, `${format}-${version}.json`, { format: `double-random/${format}`, version, units: [] });
    const dialog = await choose(page, path, '文件没有导入');
    assert.match(await dialog.text(), words);
    assert.match(await dialog.text(), /本机保存的数据没有改变/);
    await dialog.byRole('button', '关闭').click();
  }
  assert.deepEqual(await stored(page), before);
}));

journey('a holiday calendar comes in, and its working days count', ({ open }) => inFolder(async (folder) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  const years = { 2027: { off: ['2027-01-01', '2027-02-08'], work: ['2027-02-13'] } };
  const path = await write(folder, 'holidays.json', years);
  const dialog = await choose(page, path, '导入放假安排');
  assert.match(await dialog.text(), /2027\s+2\s+1\s+新增/);
  await dialog.byRole('button', '导入 1 个年度的放假安排').click();
  await dialog.waitGone();
  const out = JSON.parse(await exported(page, '放假安排'));
  assert.deepEqual(out.years[2027], years[2027]);
  assert.match(await readFile(path, 'utf8'), /2027-02-13/);
}));

journey('a year of holidays comes by the notice’s text, and by clicking days', ({ open }) => inFolder(async () => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/settings/holidays');
  const button = page.byRole('button', '保存 2027 年的放假安排');
  await button.wait();
  await page.byRole('textbox', '粘贴通知原文').fill('一、元旦：1月1日（周五）至3日（周日）放假，共3天。二、春节：2月5日（周五）至11日（周四）放假调休，共7天。'
    + '1月30日（周六）、2月20日（周六）上班。鼓励在2月4日休息。');
  await page.byRole('button', '识别').click();
  await page.waitForText('识别出 2027 年的 2 个假期');
  await page.waitForText('春节 2月5日至2月11日');
  await page.waitForText('没有采用：“鼓励在2月4日休息”');
  await page.waitForText('放假 10 天，补班 2 天');
  // A holiday more by the pointer, one fewer by the keyboard.
  await page.byRole('button', '4月5日 星期一，工作日').click();
  await page.waitForText('放假 11 天');
  await page.byRole('button', '2月11日 星期四，放假').focus();
  await page.evaluate(() => document.querySelector('[data-day="2027-02-11"]').click());
  await page.press('ArrowLeft');
  await page.press('Enter');
  await page.waitForText('放假 9 天，补班 2 天');
  await button.click();
  await page.waitForText('已保存 2027 年的放假安排');
  const out = JSON.parse(await exported(page, '放假安排')).years[2027];
  assert.deepEqual(out.work, ['2027-01-30', '2027-02-20']);
  assert.deepEqual(out.off, ['2027-01-01', '2027-01-02', '2027-01-03', '2027-02-05', '2027-02-06', '2027-02-07',
    '2027-02-08', '2027-02-09', '2027-04-05']);
  await page.assertQuiet();
}));
