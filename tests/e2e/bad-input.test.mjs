// Files that are wrong: said with place and remedy, in both languages, and nothing changes.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './harness.mjs';
import { newFolder, removeFolder } from './browsers.mjs';
import { choose, counts, exported, journey, stored, write, writeSparse } from './desk.mjs';
import { NOW, openDemo, saved } from './steps.mjs';

const UNIT = { format: 'double-random/units', version: 1, units: [{ name: '南宫市苏村粮店' }] };
/** 南宫 in GBK, which the tests' JavaScript cannot encode. */
const GBK = [...Buffer.from('{"format": "double-random/units", "name": "'), 0xc4, 0xcf, 0xb9, 0xac, ...Buffer.from('"}')];
const broken = `{\n  "format": "double-random/units",\n  "version": 1,\n  "units": [{"name": "甲" "code": 1}]\n}`;

/** File name, content, and what the page must say in each language: place and remedy. */
const WHOLE = [
  ['syntax.json', broken, /第 4 行第 \d+ 列[\s\S]*引号、逗号和括号/, /Line 4, column \d+[\s\S]*commas/],
  ['cut.json', broken.slice(0, 62), /在第 4 行第 \d+ 列中断[\s\S]*重新复制/, /breaks off at line 4, column \d+[\s\S]*Copy it again/],
  ['empty.json', '', /文件是空的[\s\S]*重新复制/, /file is empty[\s\S]*copy it/i],
  ['blank.json', ' \n\t', /文件是空的/, /file is empty/i],
  ['gbk.json', Uint8Array.from(GBK), /GBK[\s\S]*第 44 个字节[\s\S]*UTF-8/, /GBK[\s\S]*byte 44[\s\S]*UTF-8/],
  ['utf16.json', Buffer.from(`\ufeff${JSON.stringify(UNIT)}`, 'utf16le'), /UTF-16[\s\S]*另存为[\s\S]*UTF-8/, /UTF-16[\s\S]*save it as UTF-8/],
  ['sheet.xlsx', Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe]), Buffer.from('xl/workbook.xml')]),
    /文件不完整或已损坏[\s\S]*重新复制/, /damaged or breaks off/],
  ['old.xls', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.from('Workbook', 'utf16le')]),
    /文件不完整或已损坏/, /damaged or breaks off/],
  ['~$单位.xlsx', Buffer.concat([Buffer.from('\x05admin'), Buffer.alloc(159)]), /Excel 打开时的临时文件/, /what Excel leaves beside/],
  ['text.txt', '今天开会。', /只有一段文字/, /Plain text without rows/],
  ['photo.json', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), /这是 PNG 图片[\s\S]*\.json/, /PNG picture/],
  ['notice.pdf', '%PDF-1.7', /这是 PDF 文件/, /PDF file/],
  ['pack.zip', Buffer.from('PK\x03\x04a.json', 'latin1'), /zip 压缩文件[\s\S]*先解压/, /zip archive[\s\S]*Unpack/],
  ['secret.xlsx', Uint8Array.from([0x62, 0x01, 0x9d, 0xff]), /内容不是表格，可能被单位加密软件加密/, /perhaps encrypted/],
  ['list.json', '[1, 2]', /最外层不是对象/, /no object/],
  ['nothing.json', '{"a": 1}', /没有写明 format[\s\S]*加上一行/, /names no format[\s\S]*Add a line/],
  ['other.json', { format: 'somebody/else', version: 1 }, /不认识的格式“somebody\/else”/, /Unknown format "somebody\/else"/],
  ['no-list.json', { format: 'double-random/units', version: 1 }, /没有列表“units”/, /no list "units"/],
  ['shape.json', { format: 'double-random/workbook', version: 1, id: 5 }, /不是应有的样子[\s\S]*对照导出的文件/, /another shape[\s\S]*Compare/],
];

for (const [language, heading] of [['zh', '文件没有导入'], ['en', 'The file was not imported']]) {
  journey(`files that cannot be read are refused with place and remedy, ${language}`, async ({ open }) => {
    const folder = await newFolder('files');
    const page = await open({ now: NOW });
    await openDemo(page);
    if (language === 'en') await page.byRole('button', 'English').click();
    await saved(page);
    const before = await stored(page);
    for (const [name, content, zh, en] of WHOLE) {
      const dialog = await choose(page, await write(folder, name, content), heading);
      const text = await dialog.text();
      assert.match(text, language === 'en' ? en : zh, name);
      assert.ok(text.includes(name), `${name} is named`);
      assert.match(text, language === 'en' ? /Nothing stored here has changed/ : /本机保存的数据没有改变/);
      await dialog.byRole('button', language === 'en' ? 'Close' : '关闭').click();
      await dialog.waitGone();
    }
    // Refused by its size, before a byte of it is read: reading it would take long and much room.
    const huge = await writeSparse(folder, 'huge.json', 600 * 1024 * 1024);
    await page.evaluate(() => {
      window.__reads = 0;
      for (const name of ['arrayBuffer', 'text', 'stream', 'slice']) {
        const own = Blob.prototype[name];
        Blob.prototype[name] = function (...words) {
          window.__reads++;
          return own.apply(this, words);
        };
      }
    });
    const dialog = await choose(page, huge, heading);
    assert.match(await dialog.text(), language === 'en' ? /600\.0 MB, more than the limit/ : /600\.0 MB，超过上限/);
    assert.equal(await page.evaluate(() => window.__reads), 0);
    await dialog.byRole('button', language === 'en' ? 'Close' : '关闭').click();

    assert.deepEqual(await stored(page), before, 'nothing stored changes');
    await page.assertQuiet();
    await removeFolder(folder);
  });
}

journey('the deliberately faulty register: every fault with row, field and remedy', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await saved(page);
  const register = await exported(page, '单位名录');
  const before = await stored(page);
  const dialog = await choose(page, join(ROOT, 'tests/data/faulty-units.json'), '导入单位名录');
  const found = await counts(dialog);
  assert.ok(found.有误的行 >= 10, JSON.stringify(found));
  const text = await dialog.byRole('region', '问题').text();
  const faults = [
    /2\s[\s\S]*?风险等级[\s\S]*?没有橙色/, /3\s[\s\S]*?颜色和文字对不上/, /与第 3 行的编号相同/,
    /4\s[\s\S]*?不认识“股份制”。应为：/, /编号“ng 5”不合规定/, /第 5 位“O”不是合法字符。是否应为/,
    /科学计数法/, /“2026-02-30”不是日期/, /“昨天”不是日期/, /应为 0 至 4294967295 的整数/,
    /公示盐值应为 32 位/, /不认识“E”/, /应为对象，写在花括号里/, /信用代码应为 18 位，现为 3 位/,
    /信用代码校验不符，末位应为 . ?，现为/, /与第 2 行的代码或证号相同/,
  ];
  for (const fault of faults) assert.match(text, fault);
  assert.match(text, /^\s*17\b/m, 'rows are numbered as in the file');
  await dialog.byRole('button', /^导入/).last().waitDisabled(); // faulty rows block the import

  const list = await readFile(await page.download(() => dialog.byRole('button', '下载问题清单').click()), 'utf8');
  assert.match(list, /^\ufeff第 \d+ 行\t/);
  assert.match(list, /第 17 行\t.*南宫市筠岭家具店/);
  await dialog.byRole('button', '取消').click();
  await dialog.waitGone();
  assert.deepEqual(await stored(page), before);
  assert.equal(await exported(page, '单位名录'), register);

  // The faultless rows alone, on the person's word.
  const again = await choose(page, join(ROOT, 'tests/data/faulty-units.json'), '导入单位名录');
  await again.byRole('checkbox', /^只导入无误的 \d+ 行$/).check();
  await again.byRole('button', /^导入：/).click();
  await page.waitForText(/已导入：/);
  const units = JSON.parse(await exported(page, '单位名录')).units;
  assert.ok(units.some((unit) => unit.name === '南宫市沅云小吃店' && unit.未来字段?.深 === 1));
  assert.ok(!units.some((unit) => unit.name === '南宫市筠岭家具店'));
});

journey('a past inspection that is still to come is a problem of its row', async ({ open }) => {
  const folder = await newFolder('files');
  const page = await open({ now: NOW });
  await openDemo(page);
  const inspections = [{ date: '2026-03-01', finding: 'none' }];
  const file = { ...UNIT, units: [...UNIT.units, { name: '南宫市凤岗面粉厂', inspections }] };
  const dialog = await choose(page, await write(folder, 'ahead.json', file), '导入单位名录');
  const text = await dialog.byRole('region', '问题').text();
  assert.match(text, /2\s[\s\S]*以往的检查有 2026-03-01，还没有到。请改正日期，或去掉这一次检查。/);
  assert.equal((await counts(dialog)).有误的行, 1);
  await dialog.byRole('button', /^导入/).last().waitDisabled();
  await removeFolder(folder);
});

journey('a faulty workbook is refused whole, with its rows', async ({ open }) => {
  const folder = await newFolder('files');
  const page = await open({ now: NOW });
  await openDemo(page);
  await saved(page);
  const before = await stored(page);
  const book = JSON.parse(await exported(page, '工作簿'));
  const afterExport = await stored(page);
  delete afterExport['double-random.meta.v1'];
  assert.deepEqual(afterExport, before, 'a backup is remembered beside the workbook, which it does not touch');
  book.units[6].risk = 'purple';
  book.units[9].code = '91130581MA000A0X00';
  const dialog = await choose(page, await write(folder, 'book.json', book), '文件没有导入');
  const text = await dialog.text();
  assert.match(text, /工作簿的单位名录有 2 处错误/);
  assert.match(text, /7\s[\s\S]*不认识“purple”/);
  assert.match(text, /10\s[\s\S]*信用代码校验不符/);
  await dialog.byRole('button', '关闭').click();

  const twice = JSON.parse(JSON.stringify(book));
  twice.units[6].risk = 'red';
  twice.units[9].code = twice.units[8].code;
  twice.units[9].id = twice.units[8].id;
  const second = await choose(page, await write(folder, 'twice.json', twice), '文件没有导入');
  assert.match(await second.text(), /与第 \d+ 行的编号相同/);
  await second.byRole('button', '关闭').click();
  assert.deepEqual({ ...await stored(page), 'double-random.meta.v1': undefined }, { ...before, 'double-random.meta.v1': undefined });
  await removeFolder(folder);
});

journey('a register finds no place where no workbook is open, and two files at once neither', async ({ open }) => {
  const folder = await newFolder('files');
  const page = await open({ now: NOW });
  await page.byRole('file', '选择文件').upload(await write(folder, 'units.json', UNIT));
  const dialog = page.byRole('dialog', '文件没有导入');
  assert.match(await dialog.text(), /还没有打开工作簿[\s\S]*先新建或打开工作簿/);
  await dialog.byRole('button', '关闭').click();
  await page.evaluate(() => {
    const data = new DataTransfer();
    for (const name of ['a.json', 'b.json']) data.items.add(new File(['{}'], name));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  assert.match(await page.byRole('dialog', '文件没有导入').text(), /一次导入一个文件/);
  await removeFolder(folder);
});
