// How few clicks the ways take on which new users stopped: every one by what stands on the page,
// no address typed. Typing and keys are no clicks; a choice and a file are.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { BROWSERS, journey } from './harness.mjs';
import { newFolder, removeFolder } from './browsers.mjs';
import { write } from './desk.mjs';
import { xlsx } from './xlsx.mjs';
import { NOW, approvePlan, backup, goTo, openDemo } from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium'), timeout: 240_000 };

/** Freezes the plan in its dialog, where the head stands already if he is known. */
async function freeze(page, approver) {
  await goTo(page, '年度计划');
  await page.byRole('button', '冻结计划').click();
  const dialog = page.byRole('dialog', '冻结计划');
  await dialog.byRole('textbox', '批准人').fill(approver);
  await dialog.byRole('button', '冻结计划').click();
  await page.waitForText('第 1 版 执行中');
}

/** From the month on view to its plan. */
async function drawHere(page) {
  await page.byRole('button', '冻结名录，定额度').click();
  await page.byRole('dialog', '冻结名录，定额度').byRole('button', '冻结名录，定额度').click();
  await page.byRole('radio', /^本机随机数/).click();
  const place = page.byRole('textbox', '承诺码在哪里公布');
  await place.fill('大队公示栏');
  await place.press('Enter');
  await page.byRole('button', '抽取并排期').click();
  await page.byRole('grid', '排期配人').wait();
}

/** Goes to the month that is to be drawn, by the navigation. */
async function toMonth(page, title) {
  await page.byRole('navigation', '主导航').byRole('link', '月度抽查').click();
  await page.byRole('heading', title).wait();
}

journey('a new brigade, from the start page to a backup opened elsewhere: at most 60 clicks', async ({ open }) => {
  const page = await open({ now: '2025-12-30T09:10' });
  await page.byRole('textbox', '大队名称').fill('清河县消防救援大队');
  await page.byRole('textbox', '单位编号前缀').fill('QH');
  await page.press('Enter');
  await page.byRole('navigation', '主导航').wait();

  await goTo(page, '执法人员');
  await page.byRole('button', '新增人员').click();
  let drawer = page.byRole('dialog', '新增人员');
  for (const [name, mayLead] of [['闻绍宁', true], ['芮东航', true], ['柏清和', false]]) {
    await drawer.byRole('textbox', '姓名').fill(name);
    if (mayLead) await drawer.byRole('checkbox', '有主办资格').check();
    if (mayLead) await drawer.byRole('button', '保存并新增').click();
    else await drawer.byRole('textbox', '姓名').press('Enter');
    if (mayLead) await page.until('the next one', () => document.querySelector('dialog input').value === '');
  }
  await drawer.waitGone();

  await goTo(page, '单位');
  await page.byRole('button', '新增单位').click();
  drawer = page.byRole('dialog', '新增单位');
  const units = ['清河县人民医院', '清河县加油站', '县城药房', '羊绒小镇服装店', '王官庄粮油店'];
  for (const name of units) {
    await drawer.byRole('textbox', '单位名称').fill(name);
    if (name === units[0]) {
      await drawer.byRole('checkbox', '消防安全重点单位').check();
      await drawer.byRole('checkbox', '人员密集场所').check();
    }
    if (name === units.at(-1)) {
      await drawer.byRole('textbox', '单位名称').press('Enter');
    } else {
      await drawer.byRole('button', '保存并新增').click();
      await page.until('the next one', () => document.querySelector('dialog input').value === '');
    }
  }
  await drawer.waitGone();

  await freeze(page, '鄢立群');
  await toMonth(page, '1 月抽查');
  await drawHere(page);
  await approvePlan(page);
  const book = JSON.parse(await readFile((await backup(page)).path, 'utf8'));
  assert.equal(book.units.length, 5);
  const [[unit, visit]] = Object.entries(book.years[0].draws[0].drawn.plan.visits);
  const { name } = book.units.find(({ id }) => id === unit);

  await page.setNow(`${visit.day}T16:00`);
  await page.reload();
  await page.byRole('grid', '排期配人').byRole('row', new RegExp(name)).click();
  await page.byRole('button', '登记检查').click();
  await page.byRole('dialog', '登记检查').byRole('button', '登记检查').click();
  await page.byRole('dialog', '登记检查').waitGone();
  const { path, text } = await backup(page);
  const entered = JSON.parse(text).years[0].visits.filter(({ id, made }) => id.unit === unit && made);
  assert.equal(entered.length, 1);

  const other = await open({ now: `${visit.day}T17:00` });
  await other.byRole('file', '选择文件').upload(path);
  await other.byRole('dialog', '打开工作簿').byRole('button', /^打开 /).click();
  await other.waitForText('清河县消防救援大队');
  const clicks = page.clicks + other.clicks;
  assert.ok(clicks <= 60, `${clicks} clicks`);
}, ONE);

journey('a new brigade with its lists in Excel, to a frozen plan: at most 40 clicks', async ({ open }) => {
  const folder = await newFolder('lists');
  const types = ['商场市场', '宾馆饭店', '医院', '餐饮场所', '一般工业企业'];
  const units = Array.from({ length: 2400 }, (_, at) => [
    at + 1, `清河县第${at + 1}号店`, `育才路${at + 1}号`, at % 20 ? 1 : 0, ['蓝', '黄', '橙', '红'][at % 37 ? 0 : at % 4],
    types[at % types.length], at % 9 ? '否' : '是', '庾承仪', '0319-5550171']);
  const heads = ['序号', '单位名称', '单位地址', '单位性质', '风险等级', '场所类型', '是否人员密集', '责任人', '联系电话'];
  const unitList = await write(folder, '单位.xlsx', xlsx([['清河县社会单位名录'], heads, ...units]));
  const people = ['闻绍宁', '芮东航', '柏清和', '庾承仪', '鄢立群', '沙维新', '闾丘怀', '戈雁北', '郗南星', '麦秋实'];
  const officers = people.map((name, at) => [`${name[0]}  ${name.slice(1)}`, `冀1305${at + 100}`, at % 2 ? '否' : '是', '2029-12-31']);
  const officerList = await write(folder, '人员.xlsx', xlsx([['姓名', '执法证号', '是否主办', '有效期至'], ...officers]));

  const page = await open({ now: '2025-12-30T09:10' });
  await page.byRole('textbox', '大队名称').fill('清河县消防救援大队');
  await page.byRole('textbox', '单位编号前缀').fill('QH');
  await page.press('Enter');
  await page.byRole('navigation', '主导航').wait();
  await goTo(page, '单位');
  await page.byRole('file', '导入名单').upload(unitList);
  await page.byRole('button', '去询问').click();
  await page.byRole('radio', /“0”是消防安全重点单位|“0”是重点单位/).click();
  await page.byRole('radio', /文件用红橙黄蓝/).click();
  await page.byRole('button', '去预览').click();
  await page.byRole('button', '导入：新增 2400').click();
  await page.byRole('grid', '单位').wait();
  await goTo(page, '执法人员');
  await page.byRole('file', '导入名单').upload(officerList);
  await page.byRole('button', '去预览').click();
  await page.byRole('button', '导入：新增 10').click();
  await page.byRole('grid', '执法人员').wait();
  await freeze(page, '鄢立群');
  const clicks = page.clicks;
  const book = JSON.parse((await backup(page)).text);
  assert.deepEqual([book.units.length, book.officers.length], [2400, 10]);
  assert.equal(book.units.filter((unit) => unit.is_key).length, 120);
  assert.equal(book.years[0].plans.length, 1);
  assert.ok(clicks <= 40, `${clicks} clicks`);
  await removeFolder(folder);
}, ONE);

journey('the demo with January entered and February drawn: at most 30 clicks', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freeze(page, '大队长');
  await toMonth(page, '1 月抽查');
  await drawHere(page);
  await page.byRole('button', '演示：登记全月').click();
  await page.byRole('button', '演示：登记全月').waitGone();
  await toMonth(page, '2 月抽查');
  await drawHere(page);
  const clicks = page.clicks;
  const [{ draws, visits }] = JSON.parse((await backup(page)).text).years;
  assert.deepEqual(draws.map(({ month }) => month), ['2026-01', '2026-02']);
  const january = Object.keys(draws[0].drawn.plan.visits);
  for (const id of january) {
    assert.ok(visits.find((visit) => visit.id.unit === id && visit.id.draw.number === 1).made, id);
  }
  assert.ok(clicks <= 30, `${clicks} clicks`);
}, ONE);

journey('a published file checked by a name, and with one byte changed: at most 8 clicks', async ({ open }) => {
  const folder = await newFolder('published');
  const page = await open({ now: NOW });
  await openDemo(page);
  await freeze(page, '大队长');
  await toMonth(page, '1 月抽查');
  await drawHere(page);
  const saving = page.byRole('complementary', '抽取证书').byRole('button', '保存验证文件');
  const text = await readFile(await page.download(() => saving.click()), 'utf8');
  const { certificate } = JSON.parse(text);
  const [id, name] = Object.entries(certificate.names)[0];
  const { ticket } = certificate.draws[0].drawn[0];
  const forged = text.replaceAll(ticket, `${ticket[0] === '0' ? '1' : '0'}${ticket.slice(1)}`);

  const citizen = await open({ now: NOW });
  await citizen.byRole('file', '选择文件').upload(await write(folder, 'published.json', text));
  await citizen.waitForText('36 项核对，36 项通过');
  const unit = citizen.byRole('complementary', '自己动手算一户').byRole('combobox', '单位');
  await unit.fill(name);
  await citizen.waitForText(`${name}（${id}）`);

  const again = await open({ now: NOW });
  await again.byRole('file', '选择文件').upload(await write(folder, 'forged.json', forged));
  await again.waitForText(/\d+ 项不一致/);
  const clicks = citizen.clicks + again.clicks;
  assert.ok(clicks <= 8, `${clicks} clicks`);
  await removeFolder(folder);
}, ONE);
