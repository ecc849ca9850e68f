// What the rules forbid, each tried once through the page, and refused in words; nothing of it
// is kept.

import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BROWSERS, journey } from './harness.mjs';
import {
  NOW, approvePlan, backup, drawMonth, freezePlan, moveDemoTo, openDemo, openWorkbook,
} from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };
const TODAY = '2026-01-09';

/** The demo's workbook with January drawn and approved. */
async function january(open) {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await drawMonth(page, '2026-01');
  await approvePlan(page);
  await moveDemoTo(page, TODAY);
  const book = JSON.parse((await backup(page)).text);
  await page.close();
  return book;
}

/** January's visits whose day is over, by different pairs. */
function over(book) {
  const { visits } = book.years[0].draws[0].drawn.plan;
  const list = Object.entries(visits).map(([id, visit]) => ({ id, ...visit }));
  return list.filter((visit) => visit.day < TODAY).sort((a, b) => (a.day + a.id < b.day + b.id ? -1 : 1));
}

journey('what the rules forbid is refused in words, and nothing of it is kept', async ({ open }) => {
  const book = await january(open);
  const unit = (id) => book.units.find((it) => it.id === id);
  const officer = (id) => book.officers.find((it) => it.id === id);
  const all = over(book);
  // Leads of the five visits that are tried, each of another pair, so that one does not hinder another.
  const busy = new Set();
  const tried = all.filter((visit) => {
    const pair = [visit.lead, visit.member];
    if (pair.some((id) => busy.has(id))) return false;
    pair.forEach((id) => busy.add(id));
    return true;
  });
  assert.ok(tried.length >= 4, 'four visits by different pairs');
  const [early, third, avoided, clerk] = tried;
  // Known only after the draw: visits of before, a relation, another post.
  unit(early.id).inspections = [{ date: '2025-08-20', finding: 'none' }];
  unit(third.id).inspections = [
    { date: '2026-01-02', finding: 'none' }, { date: '2026-01-03', finding: 'none' },
  ];
  officer(avoided.lead).avoidances = [
    { unit: avoided.id, ground: 'relation', reason: '亲属', asked_by: 'officer', approver: '鄢立群' },
  ];
  officer(clerk.member).role = 'assistant';
  const path = join(await mkdtemp(join(tmpdir(), 'forbidden-')), 'workbook.json');
  await writeFile(path, JSON.stringify(book));

  const page = await open({ now: NOW });
  await openWorkbook(page, path);
  const enter = async (visit, edit = async () => {}) => {
    const { name } = unit(visit.id);
    await page.goto(`#/visits/2026-01.${visit.id}?view=all`);
    await page.byRole('complementary', name).byRole('button', '录入结果').click();
    const drawer = page.byRole('dialog', `录入结果：${name}`);
    await drawer.byRole('date', '开始').fill('09:10');
    await drawer.byRole('date', '结束').fill('10:25');
    await drawer.byRole('date', '扫码时间').fill('09:08');
    await drawer.byRole('textbox', '检查部位').fill('一层营业区');
    await edit(drawer);
    await drawer.byRole('button', '保存结果，交审核').click();
    return drawer;
  };
  const refused = async (visit, words, edit) => {
    const drawer = await enter(visit, edit);
    await page.waitForText(words);
    await drawer.byRole('button', '取消').click();
    await drawer.waitGone();
  };

  await refused(early, '2025-08-20 查过，未满六个月');
  await refused(third, '今年已查 2 次，到上限');
  await refused(avoided, '对这家单位应当回避');
  await refused(clerk, '不是执法人员，只能协助');
  // Not of the one who is no officer any more: that is another refusal, which was tried above.
  const officers = all.filter((visit) => ![visit.lead, visit.member].includes(clerk.member));
  const last = officers.at(-1);
  await refused(last, '这一天还没有到', (drawer) => drawer.byRole('date', '检查日期').fill('2026-01-20'));
  await refused(last, '主办和协办不能是同一人', (drawer) => (
    drawer.byRole('combobox', '协办').select(officer(last.lead).name)
  ));
  // Others than planned went, and nobody says why.
  const beside = officers.find((visit) => visit.day === last.day && visit.lead !== last.lead && visit.lead !== last.member);
  const other = officer(beside.lead);
  await refused(last, '请写明换人原因', (drawer) => drawer.byRole('combobox', '主办').select(other.name));

  // Nothing can be erased, and an approved plan is not drawn anew.
  for (const at of ['#/visits', '#/month/2026-01', `#/units/${last.id}`]) {
    await page.goto(at);
    await page.byRole('main').wait();
    assert.equal(await page.byRole('button', /删除/).count(), 0, at);
  }
  const kept = JSON.parse((await backup(page)).text);
  assert.deepEqual(kept.years[0].visits, book.years[0].visits);
}, ONE);

/** The words of a campaign's scheme of so many units between two days, and whether it can be drawn. */
async function ask(page, count, from, to) {
  await page.byRole('radio', '按户数').check();
  await page.byRole('spinbutton', '户数').fill(String(count));
  await page.byRole('date', '开始').fill(from);
  await page.byRole('date', '结束').fill(to);
}

journey('a campaign over its cap is not drawn, and a closed plan is changed no more', async ({ open }) => {
  const folder = await mkdtemp(join(tmpdir(), 'forbidden-'));
  const path = join(folder, 'workbook.json');
  const book = await january(open);
  await writeFile(path, JSON.stringify(book));
  const page = await open({ now: NOW });
  await openWorkbook(page, path);

  // More than there are, more than two officers can visit in a day, and on days that are over.
  await page.goto('#/campaign');
  await page.byRole('button', '新建专项检查').click();
  const scheme = page.byRole('dialog', '新建专项检查');
  await scheme.byRole('textbox', '专项名称').fill('超出上限的专项');
  await scheme.byRole('button', '新建专项检查').click();
  await page.byRole('heading', '超出上限的专项').wait();
  await page.byRole('button', '去定数量与时间').click();
  await page.byRole('radio', /^单独实施/).check();
  const freeze = page.byRole('button', '冻结对象，定额度');
  await ask(page, 9999, '2026-01-12', '2026-01-30');
  await page.waitForText(/要抽 9999 户，可抽的只有 \d+ 户/);
  assert.ok(await freeze.isDisabled());
  await ask(page, 200, '2026-01-29', '2026-01-30');
  await page.waitForText(/另抽 200 户，人员只排得下 \d+ 户/);
  assert.ok(await freeze.isDisabled());
  await ask(page, 5, '2026-01-05', '2026-01-08');
  assert.ok(await freeze.isDisabled(), 'no day is left');

  // The year is over and closed: whatever day the desk says it is, its plan stands.
  await moveDemoTo(page, '2027-01-04');
  await page.goto('#/plan/2026');
  await page.byRole('button', '结束 2026 年度').click();
  const closing = page.byRole('dialog', '结束 2026 年度');
  await closing.byRole('textbox', '批准人').fill('大队长');
  await closing.byRole('textbox', /^说明/).fill('只抽了一月');
  await closing.byRole('button', '结束 2026 年度').click();
  await closing.waitGone();
  for (const name of ['冻结计划', '编辑草案', '结束 2026 年度']) {
    assert.equal(await page.byRole('button', name).count(), 0, name);
  }
  await moveDemoTo(page, TODAY);
  const [visit] = Object.entries(book.years[0].draws[0].drawn.plan.visits).filter(([, it]) => it.day > '2026-01-19');
  const name = book.units.find((it) => it.id === visit[0]).name;
  await page.goto(`#/visits/2026-01.${visit[0]}?view=all`);
  await page.byRole('complementary', name).wait();
  for (const act of ['改期', '换人', '人员不能来', '单位已关闭', '录入结果']) {
    assert.equal(await page.byRole('complementary', name).byRole('button', act).count(), 0, act);
  }
  await page.goto(`#/month/2026-01?unit=${visit[0]}`);
  await page.byRole('complementary', name).wait();
  await page.waitForText('2026 年度已结束');
  const kept = JSON.parse((await backup(page)).text);
  assert.deepEqual(kept.years[0].visits, book.years[0].visits);
  assert.deepEqual(kept.years[0].draws, book.years[0].draws);
}, ONE);
