// Lists from other systems: from the file to the register, and back by one click.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { BROWSERS, journey } from './harness.mjs';
import { newFolder, removeFolder } from './browsers.mjs';
import { counts, exported, write } from './desk.mjs';
import { NOW, backup, openDemo, saved } from './steps.mjs';
import { xlsx } from './xlsx.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

/** A folder of files for one journey. */
async function inFolder(body) {
  const folder = await newFolder('sheets');
  try {
    await body(folder);
  } finally {
    await removeFolder(folder);
  }
}

/** A list as another system exports it: a title, two head rows, 0 and 1, colours, a total. */
function list(known) {
  return [
    ['南宫市社会单位名录（2026年5月）'],
    ['序号', '*单位名称', '统一社会信用代码', '单位地址', '', '单位性质', '风险', '身份证号', '状态', '网格'],
    ['', '', '', '乡镇', '详细地址', '', '', '', '', ''],
    [1, '南宫市新桥家具厂', '92130581MA0CWX2K9Y', '段芦头', '新桥路1号', 0, '红', '11010519491231002X', '在营', '一网格'],
    [2, '南宫市新桥粮店', 911305811000012000, '凤岗街道', '新桥路2号', 1, '橙', '', '在营', ''],
    [3, '南宫市新桥药房', '12345', '凤岗街道', '新桥路3号', 1, '蓝', '', '', ''],
    [4, known.name, known.code, '', known.address, 1, '黄', '', '停业', ''],
    ['', '合计', '', '', '', 4, '', '', '', ''],
  ];
}

/** Chooses a file on the page of units; waits for its columns. */
async function choose(page, path) {
  await page.goto('#/units');
  await page.byRole('file', '导入名单').upload(path);
  await page.byRole('heading', '列与字段').wait();
}

async function taken(page, column) {
  return page.byRole('combobox', `“${column}”收作`).value();
}

journey('a list from Excel comes in by columns, questions and a preview, and goes by one click', ({ open }) => inFolder(async (folder) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  const before = JSON.parse(await exported(page, '单位名录')).units;
  const known = before.find((unit) => unit.code && unit.township);
  await choose(page, await write(folder, '名录.xlsx', xlsx(list(known))));

  assert.equal(await taken(page, '单位地址／乡镇'), 'township');
  assert.equal(await taken(page, '单位性质'), 'is_key');
  assert.equal(await taken(page, '网格'), '');
  const text = await page.css('main').text();
  for (const words of ['身份证号不导入', '不显示', '未对上', '中间 0 行'].slice(0, 3)) assert.ok(text.includes(words), words);
  assert.ok(!text.includes('11010519491231002X'), 'an identity number is shown nowhere');
  await page.byRole('button', '未对上的都不收').click();
  await page.byRole('button', '未对上的都不收').waitGone();

  await page.byRole('button', '去询问').click();
  await page.byRole('button', '去预览').waitDisabled();
  await page.byRole('radio', /“0”是重点单位/).click();
  await page.byRole('radio', /文件用红橙黄蓝/).click();
  await page.byRole('spinbutton', /应有/).fill('4');
  await page.byRole('button', '去预览').click();

  await page.waitForText('5 行 = 收入 3 + 跳过 1 + 拒收 1');
  await page.waitForText('收入 3，相差 1');
  await page.byRole('button', '导入').waitDisabled();
  await page.byRole('combobox', /^怎么办：信用代码应为 18 位/).select('不要这个值，行照收（信息不全）');
  await page.waitForText('5 行 = 收入 4 + 跳过 1 + 拒收 0');
  await page.waitForText('与收入数相符');
  await page.byRole('checkbox', /（停业）$/).check();
  await page.byRole('textbox', '停用原因').wait();
  await page.byRole('button', '导入：新增 3，变更 1，停用 1').click();
  await page.waitForText('已导入：新增 3，变更 1，停用 1');
  await saved(page);

  const book = JSON.parse((await backup(page)).text);
  const find = (name) => book.units.find((unit) => unit.name === name);
  const factory = find('南宫市新桥家具厂');
  assert.deepEqual([factory.code, factory.township, factory.is_key, factory.risk],
    ['92130581MA0CWX2K9Y', '段芦头镇', true, 'red']);
  for (const name of ['南宫市新桥粮店', '南宫市新桥药房']) assert.ok(!find(name).code, `${name} comes in without its code`);
  assert.equal(find('南宫市新桥粮店').risk, 'yellow');
  assert.equal(book.units.find((unit) => unit.id === known.id).status.reason, '名单中登记的状态不是正常');
  assert.ok(!JSON.stringify(book).includes('11010519491231002X'));

  // The same file again: what was answered is known, what has no code is offered, nothing changes.
  await choose(page, await write(folder, '名录二.xlsx', xlsx(list(known))));
  await page.waitForText('按上次同样表头的选择。');
  await page.byRole('button', '去询问').click();
  await page.byRole('button', '去预览').click();
  await page.byRole('combobox', /^怎么办：信用代码应为 18 位/).select('不要这个值，行照收（信息不全）');
  await page.waitForText('5 行 = 收入 4 + 跳过 1 + 拒收 0');
  await page.byRole('combobox', /^怎么办：可能就是名录里的/).select('并入已有的那一个（已核对）');
  await page.byRole('button', '导入').waitDisabled();
  await page.waitForText('文件与现在的名录一致');
  const again = await counts(page.css('main'));
  assert.deepEqual([again.新增, again.变更, again.不变, again.停用, again.有误的行], [0, 0, 4, 0, 0]);
  await page.byRole('button', '取消').click();
  await page.byRole('grid', '单位').wait();
  await page.assertQuiet();
}));

journey('an import is taken back by one click, and the trail tells both', ({ open }) => inFolder(async (folder) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  const before = JSON.parse((await backup(page)).text);
  await choose(page, await write(folder, '名单.csv', '\ufeff单位名称,地址\n新桥家具厂,新桥路1号\n'));
  await page.byRole('button', '去预览').click();
  await page.byRole('button', '导入：新增 1').click();
  await page.byRole('status', '消息').byRole('button', '撤销').click();
  await page.waitForText('已撤销');
  const after = JSON.parse((await backup(page)).text);
  assert.deepEqual(after.units, before.units);
  await page.goto('#/trail');
  await page.waitForText('名单.csv');
  await page.assertQuiet();
}), ONE);

journey('officers from a list of another kind, a switch of encoding, and a file that is no table', ({ open }) => inFolder(async (folder) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  // 姓名,执法证号 in GB18030, which the tests' JavaScript cannot write.
  const heads = [0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd6, 0xb4, 0xb7, 0xa8, 0xd6, 0xa4, 0xba, 0xc5, 0x0a];
  const bytes = Uint8Array.from([...heads, 0xd5, 0xc5, 0xc8, 0xfd, ...Buffer.from(',X-1\n')]);
  await choose(page, await write(folder, '人员.xls', bytes));
  await page.byRole('heading', '导入执法人员名录').wait();
  const encoding = page.byRole('combobox', '编码');
  assert.equal(await encoding.value(), 'GB18030');
  await encoding.select('UTF-16');
  await page.byRole('alert').wait();
  await page.byRole('combobox', '编码').select('GB18030');
  await page.byRole('heading', '列与字段').wait();
  await page.byRole('button', '去预览').click();
  await page.byRole('button', '导入：新增 1').click();
  await page.byRole('grid', '执法人员').wait();
  const book = JSON.parse((await backup(page)).text);
  assert.equal(book.officers.at(-1).name, '张三');

  await page.goto('#/officers');
  const noise = Uint8Array.from({ length: 3000 }, (_, at) => (at * 7919 + 13) % 251 + 1);
  await page.byRole('file', '导入名单').upload(await write(folder, '加密.xlsx', noise));
  const dialog = page.byRole('dialog', '文件没有导入');
  assert.match(await dialog.text(), /内容不是表格，可能被单位加密软件加密；请另存为 CSV 或先解密/);
  await page.assertQuiet();
}), ONE);

journey('what a list shows goes out as Excel and CSV, and comes in as no change; a template holds nothing', ({ open }) => inFolder(async (folder) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/units?stratum=A');
  await page.byRole('grid', '单位').wait();
  const out = async (words) => page.download(async () => {
    await page.byRole('button', '导出').click();
    await page.byRole('button', words).click();
  });
  const csv = await readFile(await out('CSV 文本'), 'utf8');
  const rows = csv.trimEnd().split('\r\n').length - 1;
  assert.ok(rows > 20 && rows < 2412, `only what is on show: ${rows}`);
  const book = await out('Excel 表格');
  assert.match(book, /_单位名录_\d{8}\.xlsx$/);
  await page.byRole('file', '导入名单').upload(book);
  await page.byRole('heading', '列与字段').wait();
  await page.byRole('button', '去预览').click();
  await page.waitForText(`${rows} 行 = 收入 ${rows} + 跳过 0 + 拒收 0`);
  const found = await counts(page.css('main'));
  assert.deepEqual([found.新增, found.变更, found.不变], [0, 0, rows]);

  await page.byRole('button', '取消').click();
  await page.goto('#/import');
  const template = await page.download(() => page.byRole('button', '单位名录').click());
  await page.goto('#/units');
  await page.byRole('file', '导入名单').upload(template);
  await page.waitForText('跳过 1 行：示例行');
  await page.assertQuiet();
}));
