// 名录维护: the register beside a market regulator's list, units that may be gone, and the
// townships' other names.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { BROWSERS, journey } from './harness.mjs';
import { newFolder, removeFolder } from './browsers.mjs';
import { exported, write } from './desk.mjs';
import { contrastFaults, layoutFaults, structureFaults } from './audit.mjs';
import { NOW, backup, openDemo, saved } from './steps.mjs';
import { xlsx } from './xlsx.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };
const HEAD = ['企业名称', '统一社会信用代码', '住所', '乡镇', '法定代表人', '登记状态'];

async function inFolder(body) {
  const folder = await newFolder('upkeep');
  try {
    await body(folder);
  } finally {
    await removeFolder(folder);
  }
}

async function sound(page, step) {
  for (const faults of [structureFaults, contrastFaults, layoutFaults]) {
    assert.deepEqual(await page.evaluate(faults), [], step);
  }
}

/** Three units of the register with codes: alike, struck off, with another address. */
async function known(page) {
  const { units } = JSON.parse(await exported(page, '单位名录'));
  return units.filter((unit) => unit.code && unit.address).slice(0, 3);
}

function list([alike, gone, moved]) {
  const row = (unit, address, status) => [unit.name, unit.code, address, unit.township, '', status];
  return [
    HEAD,
    row(alike, alike.address, '存续'),
    row(gone, gone.address, '注销'),
    row(moved, '新搬路 99 号', '存续'),
    ['南宫市新来饭店', '92130581MA000004XQ', '新来路1号', '凤岗街道', '王新来', '存续'],
    ['南宫市只挂牌公司', '91130581MA00001620', '挂牌路2号', '凤岗街道', '李挂', '存续'],
  ];
}

/** Chooses the list on the page and compares it. */
async function compare(page, path) {
  await page.goto('#/upkeep');
  await page.byRole('file', /^(选择名单比对|再比对一份名单)$/).upload(path);
  await page.byRole('heading', '列与字段').wait();
  if (await page.byRole('button', '去询问').count()) await page.byRole('button', '去询问').click();
  await page.byRole('button', '开始比对').click();
  await page.waitForText('名单 5 行 =');
}

const tab = (page, name) => page.byRole('button', new RegExp(`^${name} \\d+$`));

journey('a regulator\'s list is compared, worked off, and asks no line twice', ({ open }) => inFolder(async (folder) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  const units = await known(page);
  const path = await write(folder, '市场监管名单.xlsx', xlsx(list(units)));
  await page.goto('#/units');
  await page.byRole('link', '比对市场监管名单').click();
  await page.waitForText('还没有比对过');
  await sound(page, '还没有比对');
  await compare(page, path);
  await page.waitForText('一致 1 + 不一致 1 + 本库缺少 2 + 对方已注销 1');
  await sound(page, '本库缺少');

  // One becomes a unit by the import's action; one is set aside with a word.
  await page.byRole('checkbox', '选中 南宫市新来饭店').check();
  await page.byRole('button', '新增为单位').click();
  await page.waitForText('已从名单收入：新增 1');
  await page.waitForText('已新增');
  await page.byRole('checkbox', '选中 南宫市只挂牌公司').check();
  await page.byRole('button', '不属监管范围…').click();
  const aside = page.byRole('dialog', '1 行不属监管范围');
  await aside.byRole('textbox', '说明').fill('仅登记住所');
  await aside.byRole('button', '不属监管范围').click();
  await page.waitForText('已列为不属监管范围：1 行');

  // The list's address stands in the register after one click.
  await tab(page, '不一致').click();
  await page.waitForText('新搬路 99 号');
  await sound(page, '不一致');
  // What it shows goes out, for whoever asks at the place.
  await page.css('.export-menu summary').click();
  const rows = JSON.parse(await readFile(await page.download(() => page.byRole('button', 'JSON 数据').click()), 'utf8'));
  const [{ 单位名称: name, 对方: theirs }] = rows;
  assert.deepEqual([rows.length, name, theirs], [1, units[2].name, '新搬路 99 号']);
  await page.byRole('checkbox', '全选待办').check();
  await page.byRole('button', '采用对方的值').click();
  await page.waitForText('已一致');

  // Struck off: retired with what the list says, for one approver.
  await tab(page, '对方已注销').click();
  await page.byRole('checkbox', '全选待办').check();
  await page.byRole('button', '停用…').click();
  const retire = page.byRole('dialog', new RegExp(`停用`));
  assert.match(await retire.byRole('textbox', '原因').value(), /比对的名单登记为注销/);
  await retire.byRole('textbox', '依据').fill('名单第 3 行');
  await retire.byRole('textbox', '批准人').fill('鄢立群');
  await retire.byRole('button', '停用').click();
  await page.waitForText('已停用');

  // Not in the list: suspected by a person only.
  await tab(page, '对方没有').click();
  await page.css('.table-frame tbody tr.is-row input[type=checkbox]').first().click();
  await page.byRole('button', '列为疑似僵尸').click();
  await page.waitForText('已列为疑似僵尸：1 户');

  await compare(page, path);
  await page.waitForText('本库缺少 0 + 对方已注销 0 + 不属监管范围 1');
  await saved(page);
  const book = JSON.parse((await backup(page)).text);
  const find = (id) => book.units.find((unit) => unit.id === id);
  assert.equal(find(units[2].id).address, '新搬路 99 号');
  assert.equal(find(units[1].id).status.state, 'retired');
  assert.ok(book.units.some((unit) => unit.name === '南宫市新来饭店' && unit.responsible === '王新来'));
  const actions = book.trail.map((entry) => entry.action);
  for (const action of ['compare_list', 'import_units', 'set_rows_aside', 'retire_units', 'suspect_units']) {
    assert.ok(actions.includes(action), action);
  }

  // Taken back, the next comparison asks again.
  await tab(page, '不属监管范围').click();
  await page.byRole('checkbox', '选中 南宫市只挂牌公司').check();
  await page.byRole('button', '取消，再比对时再问').click();
  await page.waitForText('已取消：1 行');
  await compare(page, path);
  await page.waitForText('本库缺少 1 ');

  // Retired here and in business there: by name, and restored with a reason.
  const back = list(units);
  back[2][5] = '存续';
  await compare(page, await write(folder, '再比对.xlsx', xlsx(back)));
  await tab(page, '停用而在业').click();
  await page.waitForText(/比对的名单登记为注销/);
  await sound(page, '停用而在业');
  await page.byRole('checkbox', `选中 ${units[1].name}`).check();
  await page.byRole('button', '恢复…').click();
  const restore = page.byRole('dialog', `恢复 ${units[1].name}`);
  await restore.byRole('textbox', '恢复原因').fill('实地查看仍在营业');
  await restore.byRole('button', '恢复').click();
  await page.waitForText(`已恢复 ${units[1].name}`);
  const restored = JSON.parse((await backup(page)).text);
  assert.equal(restored.units.find((unit) => unit.id === units[1].id).status.state, 'active');
}), ONE);

journey('a suspect says why, and is found in order', ({ open }) => inFolder(async () => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.byRole('link', '核对').click();
  await page.waitForText('疑似原因');
  await sound(page, '疑似僵尸');
  await page.css('.table-frame tbody tr.is-row').first().click();
  const panel = page.byRole('complementary', '单位');
  await panel.byRole('heading', '疑似僵尸').wait();
  await panel.byRole('button', '核对无误…').click();
  const dialog = page.byRole('dialog', /核对无误/);
  await dialog.byRole('textbox', '怎样核对的').fill('电话联系负责人，正常营业');
  await dialog.byRole('button', '记为核对无误').click();
  await page.waitForText('已记为核对无误');
  await panel.byRole('heading', '疑似僵尸').waitGone();
}), ONE);

journey('a township\'s other name is kept at an import and asked no more', ({ open }) => inFolder(async (folder) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  const rows = (name) => [['单位名称', '地址', '乡镇'], [name, '老城路1号', '老城片区']];
  await page.goto('#/units');
  await page.byRole('file', '导入名单').upload(await write(folder, '一.xlsx', xlsx(rows('南宫市老城饭店'))));
  await page.byRole('heading', '列与字段').wait();
  await page.byRole('button', '去询问').click();
  await page.byRole('combobox', /老城片区/).select('凤岗街道');
  await page.byRole('checkbox', /记入大队的街道乡镇别名/).check();
  await page.byRole('button', '去预览').click();
  await page.byRole('button', /^导入：新增 1/).click();
  await page.waitForText('已导入：新增 1');
  await page.goto('#/settings/brigade');
  await page.byRole('textbox', '第 1 个街道乡镇的别名').wait();
  assert.equal(await page.byRole('textbox', '第 1 个街道乡镇的别名').value(), '老城片区');
  await sound(page, '大队');
  await page.goto('#/units');
  const other = [['场所名称', '乡镇', '详细地址'], ['南宫市老城旅馆', '老城片区', '老城路2号']];
  await page.byRole('file', '导入名单').upload(await write(folder, '二.xlsx', xlsx(other)));
  await page.waitForText('按大队所记的别名认出的街道乡镇');
}), ONE);
