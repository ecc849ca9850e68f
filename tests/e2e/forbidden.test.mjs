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
  const [last] = all.slice(-1);
  await refused(last, '这一天还没有到', (drawer) => drawer.byRole('date', '检查日期').fill('2026-01-20'));
  await refused(last, '主办和协办不能是同一人', (drawer) => (
    drawer.byRole('combobox', '协办').select(officer(last.lead).name)
  ));
  // Others than planned went, and nobody says why.
  const beside = all.find((visit) => visit.day === last.day && visit.lead !== last.lead && visit.lead !== last.member);
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
