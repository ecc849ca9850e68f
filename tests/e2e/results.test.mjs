// Results: from the notice over the record and its review to 复查; entered on a telephone as well.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sheetFaults } from './audit.mjs';
import { BROWSERS, ROOT, journey } from './harness.mjs';
import {
  NOW, approvePlan, backup, drawMonth, freezePlan, goTo, isAway, moveDemoTo, openDemo, saved,
} from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

/** The demo with January drawn and approved, on a day of it on which some visits are over. */
async function january(open, options = {}) {
  const page = await open({ now: NOW, ...options });
  await openDemo(page);
  await freezePlan(page);
  await drawMonth(page, '2026-01');
  await approvePlan(page);
  await moveDemoTo(page, '2026-01-09');
  return page;
}

const bookOf = async (page) => JSON.parse((await backup(page)).text);

/** January's visits whose day is over, in order of day. */
function over(book) {
  const { visits } = book.years[0].draws[0].drawn.plan;
  const unit = new Map(book.units.map((it) => [it.id, it]));
  return Object.entries(visits)
    .filter(([, visit]) => visit.day < '2026-01-09')
    .map(([id, visit]) => ({ id, name: unit.get(id).name, ...visit }))
    .sort((a, b) => (a.day + a.id < b.day + b.id ? -1 : 1));
}

const visitOf = (book, id) => book.years[0].visits.find((visit) => visit.id.unit === id);

async function openVisit(page, visit) {
  await page.goto(`#/visits/2026-01.${visit.id}?view=all`);
  const panel = page.byRole('complementary', visit.name);
  await panel.wait();
  return panel;
}

async function fillTimes(drawer) {
  await drawer.byRole('date', '开始').fill('09:10');
  await drawer.byRole('date', '结束').fill('10:25');
  await drawer.byRole('date', '扫码时间').fill('09:08');
}

journey('a visit without findings is entered, reviewed by another, and may be published', async ({ open }) => {
  const page = await january(open);
  const visit = over(await bookOf(page))[0];
  let panel = await openVisit(page, visit);
  await panel.byRole('button', '录入结果').click();
  const drawer = page.byRole('dialog', `录入结果：${visit.name}`);
  // What is missing is asked for in words.
  await drawer.byRole('button', '保存结果，交审核').click();
  await page.waitForText('请填扫码时间，或选没扫码的原因。');
  await fillTimes(drawer);
  await drawer.byRole('button', '保存结果，交审核').click();
  await page.waitForText('请写检查部位。');
  await drawer.byRole('textbox', '检查部位').fill('一层营业区、消防控制室');
  await drawer.byRole('button', '保存结果，交审核').click();
  await drawer.waitGone();
  await page.waitForText('待审核');

  // One of the two who went cannot review it.
  panel = page.byRole('complementary', visit.name);
  const lead = (await bookOf(page)).officers.find((it) => it.id === visit.lead).name;
  await openVisit(page, visit);
  await panel.byRole('button', '审核').click();
  const review = page.byRole('dialog', `审核：${visit.name}`);
  await review.byRole('textbox', '审核人').fill(lead);
  await review.byRole('button', '审核').click();
  await page.waitForText(`${lead} 参加了这次检查，不能审核自己的结果。`);
  await review.byRole('textbox', '审核人').fill('郑和平');
  await review.byRole('button', '审核').click();
  await review.waitGone();
  await panel.byRole('button', '更正结果').wait();
  assert.ok((await panel.text()).includes('可公示'));
  const kept = visitOf(await bookOf(page), visit.id);
  assert.deepEqual(kept.made, { date: visit.day, finding: 'none' });
  assert.equal(kept.number, 1);
  assert.equal(kept.records[0].review.reviewer, '郑和平');
  await saved(page);
  await page.reload();
  await openVisit(page, visit);
  await page.waitForText('南消抽查〔2026〕1号');
  await page.assertQuiet();
});

journey('findings are sent back, entered anew, and wait for their re-inspection', async ({ open }) => {
  const page = await january(open);
  const drawn = await bookOf(page);
  // The draw decides who went; who looks again must be there on that day, too.
  const isBack = ({ lead, member }) => [lead, member].every((id) => !isAway(drawn, id, '2026-01-16'));
  const visit = over(drawn).find(isBack);
  const panel = await openVisit(page, visit);
  await panel.byRole('button', '录入结果').click();
  const drawer = page.byRole('dialog', `录入结果：${visit.name}`);
  await fillTimes(drawer);
  await drawer.byRole('textbox', '检查部位').fill('二层营业区');
  await drawer.byRole('button', '有问题').click();
  const items = drawer.byRole('combobox', '选事项');
  const first = await page.evaluate(() => document.querySelector('.record-item select').options[1].text);
  await items.select(first);
  await drawer.byRole('button', '保存结果，交审核').click();
  await page.waitForText('没有写发现的问题。');
  await drawer.byRole('textbox', '发现的问题').fill('二层 3 具灭火器压力不足');
  await drawer.byRole('combobox', '措施').select('责令限期改正');
  await drawer.byRole('date', '改正期限').fill('2026-01-14');
  await drawer.byRole('button', '保存结果，交审核').click();
  await drawer.waitGone();
  await page.waitForText('还差 3');

  await panel.byRole('button', '审核').click();
  const review = page.byRole('dialog', `审核：${visit.name}`);
  await review.byRole('combobox', '审核结论').select('退回');
  await review.byRole('textbox', '审核人').fill('郑和平');
  await review.byRole('textbox', '审核意见').fill('检查部位写具体');
  await review.byRole('button', '审核').click();
  await review.waitGone();
  await page.waitForText('退回：检查部位写具体');
  await panel.byRole('button', '录入结果').click();
  // What was entered stands there still.
  assert.equal(await drawer.byRole('textbox', '发现的问题').value(), '二层 3 具灭火器压力不足');
  await drawer.byRole('textbox', '检查部位').fill('二层东侧营业区、楼梯间');
  await drawer.byRole('button', '保存结果，交审核').click();
  await drawer.waitGone();
  await panel.byRole('button', '审核').click();
  await review.byRole('textbox', '审核人').fill('郑和平');
  await review.byRole('button', '审核').click();
  await review.waitGone();
  await page.waitForText('待复查');

  // The papers that the order asks for are ticked off.
  await panel.byRole('button', '文书').click();
  const papers = page.byRole('dialog', `文书：${visit.name}`);
  for (const name of ['检查记录', '责令限期改正通知书', '送达回证']) await papers.byRole('checkbox', name).check();
  await papers.byRole('button', '保存文书').click();
  await papers.waitGone();
  await page.waitForText('已备 3，还差 0');

  await moveDemoTo(page, '2026-01-16');
  await openVisit(page, visit);
  await panel.byRole('button', '登记复查').click();
  const recheck = page.byRole('dialog', `登记复查：${visit.name}`);
  await recheck.byRole('button', '登记复查').click();
  await recheck.waitGone();
  await page.waitForText('1月16日 复查：已改正');
  assert.ok((await panel.text()).includes('可公示'));
  const book = await bookOf(page);
  const kept = visitOf(book, visit.id);
  assert.equal(kept.records.length, 2);
  assert.equal(kept.rechecks.length, 1);
  await goTo(page, '操作记录');
  await page.waitForText('登记复查');
  await page.assertQuiet();
}, ONE);

journey('on a telephone a visit is entered in one column', async ({ open }) => {
  const page = await january(open, { viewport: { width: 390, height: 844 } });
  const visit = over(await bookOf(page))[0];
  const panel = await openVisit(page, visit);
  await panel.byRole('button', '录入结果').click();
  const drawer = page.byRole('dialog', `录入结果：${visit.name}`);
  await fillTimes(drawer);
  await drawer.byRole('textbox', '检查部位').fill('一层营业区');
  const wide = await page.evaluate(() => document.querySelector('dialog[open]').scrollWidth);
  assert.ok(wide <= 390, `${wide} px wide`);
  const save = drawer.byRole('button', '保存结果，交审核');
  const place = await page.evaluate(() => document.querySelector('.record-foot .is-primary').getBoundingClientRect().toJSON());
  assert.ok(place.height >= 44 && place.y + place.height <= 844, JSON.stringify(place));
  await save.click();
  await drawer.waitGone();
  await page.waitForText('待审核');
}, ONE);

journey('a visit of another kind stands on the unit, counts to no limit, and is withdrawn with a reason', async ({ open }) => {
  const page = await january(open);
  const before = await bookOf(page);
  const visit = over(before)[0];
  const name = (id) => before.officers.find((it) => it.id === id).name;
  await page.goto(`#/units/${visit.id}`);
  const panel = page.byRole('complementary', '单位');
  await panel.byRole('button', '登记其他检查').click();
  const dialog = page.byRole('dialog', `登记其他检查：${visit.name}`);
  await dialog.byRole('combobox', '检查形式').select('举报投诉核查');
  await dialog.byRole('combobox', '主办').select(name(visit.lead));
  await dialog.byRole('combobox', '协办').select(name(visit.member));
  await dialog.byRole('button', '登记其他检查').click();
  await page.waitForText('请写任务来源。');
  await dialog.byRole('textbox', '任务来源').fill('举报 12 号');
  await dialog.byRole('button', '登记其他检查').click();
  await dialog.waitGone();
  await page.waitForText('举报 12 号');
  await panel.byRole('button', '撤回').click();
  const withdraw = page.byRole('dialog', '撤回其他检查的登记');
  await withdraw.byRole('textbox').fill('记错单位');
  await withdraw.byRole('button', '撤回').click();
  await withdraw.waitGone();
  await page.waitForText('已撤回 记错单位');
  const book = await bookOf(page);
  assert.equal(book.years[0].others[0].withdrawn.why, '记错单位');
  await page.assertQuiet();
}, ONE);

journey('the forms of a visit are printed with the margins of filed papers, each on its own sheets, and saved as a page', async ({ open }) => {
  const page = await january(open);
  await page.evaluate(() => { window.print = () => {}; });
  const visit = over(await bookOf(page))[0];
  const panel = await openVisit(page, visit);
  /** The sheets that the printer gets after a press: title, words, rows, foot. */
  const printed = async (press, name) => {
    const before = await page.evaluate(() => document.querySelector('.paper')?.textContent ?? '');
    await press();
    await page.until('the paper is made', (before) => {
      const now = document.querySelector('.paper')?.textContent ?? '';
      return now !== before && document.querySelector('.sheet.is-filed') !== null;
    }, before);
    await page.media('print');
    assert.deepEqual(await page.evaluate(sheetFaults, true), [], name);
    const sheets = await page.evaluate(() => [...document.querySelectorAll('.sheet')].map((sheet) => ({
      title: sheet.querySelector('h1')?.textContent ?? '',
      values: Object.fromEntries([...sheet.querySelectorAll('.sheet-values tr')].map((row) => [row.cells[0].textContent, row.cells[1].textContent])),
      rows: sheet.querySelectorAll('.sheet-table tbody tr').length,
      hasCode: sheet.querySelector('.qr svg') !== null,
      foot: sheet.querySelector('.sheet-foot')?.textContent ?? '',
    })));
    const pdf = await readFile(await page.pdf(join(ROOT, `target/e2e/${name}.pdf`)), 'latin1');
    assert.equal(pdf.match(/\/Type \/Page\b/g).length, sheets.length, 'a sheet is a page, and nothing else is');
    const [, width, height] = pdf.match(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/).map(Number);
    assert.ok(height > width, 'upright');
    await page.media('screen');
    return sheets;
  };
  const press = (name) => () => panel.byRole('button', name).click();

  // Before the record its fields are blank, and there is no number.
  const blank = await printed(press('打印 检查记录'), 'form-blank');
  assert.deepEqual([blank[0].values['起止时间'], blank[0].values['检查结果'], blank[0].hasCode], ['', '', false]);
  const [approval] = await printed(press('打印 审批表'), 'form-approval');
  assert.equal(approval.title, '消防监督抽查审批表');
  assert.match(approval.values['大队主官审批意见'], /鄢立群/);
  assert.equal(approval.foot, '', 'one sheet is not numbered');

  await panel.byRole('button', '录入结果').click();
  const drawer = page.byRole('dialog', `录入结果：${visit.name}`);
  await fillTimes(drawer);
  await drawer.byRole('textbox', '检查部位').fill('一层营业区');
  await drawer.byRole('button', '保存结果，交审核').click();
  await drawer.waitGone();
  const record = await printed(press('打印 检查记录'), 'form-record');
  const { values } = record[0];
  assert.match(values['起止时间'], /09:10 至 10:25$/);
  assert.equal(values['协助人员'], '／');
  assert.ok(record[0].hasCode, 'the code of the visit’s number');
  const items = visitOf(await bookOf(page), visit.id).items.length;
  assert.equal(record.reduce((sum, sheet) => sum + sheet.rows, 0), items, 'every item once');
  record.forEach((sheet, at) => assert.ok(sheet.foot.includes(`第 ${at + 1} 页，共 ${record.length} 页`), sheet.foot));

  const saved = await page.download(() => panel.byRole('button', '网页 检查记录').click());
  const file = await readFile(saved, 'utf8');
  assert.ok(file.startsWith('<!DOCTYPE html>') && !file.includes('<script'));
  for (const words of ['消防监督检查记录', visit.name, '一层营业区']) assert.ok(file.includes(words), words);

  // The notices of a day come out at once, each on a sheet of its own.
  const day = '2026-01-12';
  await moveDemoTo(page, day);
  const { visits } = (await bookOf(page)).years[0].draws[0].drawn.plan;
  const count = Object.values(visits).filter((it) => it.day === day).length;
  await page.goto('#/visits');
  await page.byRole('grid', '检查任务').wait();
  if (count > 0) {
    await page.byRole('button', '打印任务单').click();
    const notices = await printed(() => page.byRole('button', `事项告知单（${count} 份）`).click(), 'form-notices');
    const titles = notices.map((sheet) => sheet.title).filter((title) => title !== '');
    assert.deepEqual(titles, Array(count).fill('检查事项告知单'));
  }
  await page.assertQuiet();
}, ONE);
