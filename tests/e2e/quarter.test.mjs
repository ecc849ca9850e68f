// A quarter of work, from the draft of the plan to the next year's first draw: what makes it is
// done as a person does it; steps that have journeys of their own are taken by steps.mjs, and
// most visits by the demo's «登记全月».

import assert from 'node:assert/strict';
import { BROWSERS, journey } from './harness.mjs';
import {
  NOW, approvePlan, backup, commit, draw, drawMonth, freezePlan, goTo, isAway, moveDemoTo, openDemo, saved,
} from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

const bookOf = async (page) => JSON.parse((await backup(page)).text);

/** Visits of a draw as its plan stands, in order of day. */
function planned(book, number) {
  const year = book.years[0];
  const { visits } = year.draws.find((it) => it.number === number).drawn.plan;
  const changed = new Map(year.visits.map((it) => [it.id.unit, it.plan_changes?.at(-1)?.after]));
  const names = new Map(book.units.map((unit) => [unit.id, unit.name]));
  return Object.entries(visits)
    .map(([unit, visit]) => ({ unit, name: names.get(unit), ...visit, ...changed.get(unit) }))
    .sort((a, b) => (a.day + a.unit < b.day + b.unit ? -1 : 1));
}

async function openVisit(page, { unit, name }) {
  await page.goto(`#/visits/2026-01.${unit}?view=all`);
  const panel = page.byRole('complementary', name);
  await panel.wait();
  return panel;
}

/** The record of a visit; with a problem to be put right by a term, if one is named. */
async function enter(page, visit, term) {
  const panel = await openVisit(page, visit);
  await panel.byRole('button', '录入结果').click();
  const drawer = page.byRole('dialog', `录入结果：${visit.name}`);
  await drawer.byRole('date', '开始').fill('09:10');
  await drawer.byRole('date', '结束').fill('10:25');
  await drawer.byRole('date', '扫码时间').fill('09:08');
  await drawer.byRole('textbox', '检查部位').fill('一层营业区、疏散楼梯');
  if (term) {
    await drawer.byRole('button', '有问题').click();
    const first = await page.evaluate(() => document.querySelector('.record-item select').options[1].text);
    await drawer.byRole('combobox', '选事项').select(first);
    await drawer.byRole('textbox', '发现的问题').fill('二层 3 具灭火器压力不足');
    await drawer.byRole('combobox', '措施').select('责令限期改正');
    await drawer.byRole('date', '改正期限').fill(term);
  }
  await drawer.byRole('button', '保存结果，交审核').click();
  await drawer.waitGone();
  await panel.byRole('button', '审核').click();
  const review = page.byRole('dialog', `审核：${visit.name}`);
  await review.byRole('textbox', '审核人').fill('郑和平');
  await review.byRole('button', '审核').click();
  await review.waitGone();
  return panel;
}

/** 定期核查, signed by checker and head and filed on the day. */
async function check(page, number, head) {
  await page.goto('#/home');
  await page.byRole('region', '今天要办').byRole('link', '去核查').click();
  const report = page.byRole('region', '核查报告');
  for (const [role, submit] of [['核查人', '签名'], ['大队主官', '主官签名']]) {
    await report.byRole('button', `${role}签名：签名`).click();
    const dialog = page.byRole('dialog', `${role}签名`);
    if (role === '大队主官') await dialog.byRole('textbox', role).fill(head);
    await dialog.byRole('button', submit).click();
    await dialog.waitGone();
  }
  await report.byRole('button', '报支队备案：登记备案').click();
  const file = page.byRole('dialog', '报支队备案');
  await file.byRole('button', '登记备案').click();
  await file.waitGone();
  assert.equal(await page.hash(), `#/selfcheck/2026-${number}`);
}

/** In the demo one click enters what is left of a month. */
async function walk(page, month) {
  await page.goto(`#/month/${month}`);
  await page.byRole('button', '演示：登记全月').click();
  await page.byRole('button', '演示：登记全月').waitGone();
}

journey('a quarter: plan, draws, leave, results, a campaign, checks, carry-over, the turn of the year', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);

  // The plan is frozen, January drawn, and its plan approved by the head.
  await freezePlan(page);
  await drawMonth(page, '2026-01');
  await approvePlan(page);
  await page.waitForText('已批准');
  let book = await bookOf(page);
  const { head } = book.brigade;

  // Units of the week are told of their visits.
  await moveDemoTo(page, '2026-01-05');
  await goTo(page, '检查任务');
  await page.byRole('button', /^通知 \d+ 户$/).click();
  const notice = page.byRole('dialog', /^登记通知/);
  await notice.byRole('button', /^登记通知/).click();
  await notice.waitGone();

  // Leave in the middle of the month: one action gives the visits to the next of each list.
  await moveDemoTo(page, '2026-01-08');
  const ill = planned(book, 1).find((it) => it.day >= '2026-01-08');
  const panel = await openVisit(page, ill);
  await panel.byRole('button', '人员不能来').click();
  const absent = page.byRole('dialog', '人员不能来');
  await absent.byRole('textbox', '原因').fill('突发疾病');
  await absent.byRole('button', '一次替换').click();
  await absent.waitGone();
  await page.waitForText(/已替换 \d+ 户，0 户无人可替/);

  // The 10th is a Saturday; the check is made on Monday.
  await moveDemoTo(page, '2026-01-12');
  await check(page, 1, head);

  // Results: one unit without a problem, one with a term that is looked at again.
  book = await bookOf(page);
  const over = planned(book, 1).filter((it) => it.day < '2026-01-12');
  // Who looks again went before, and must be there on that day, too.
  const isBack = ({ lead, member }) => [lead, member].every((id) => !isAway(book, id, '2026-01-16'));
  const [found, clear, unmade] = over.toSorted((a, b) => isBack(b) - isBack(a));
  await enter(page, clear);
  await page.waitForText('可公示');
  const ordered = await enter(page, found, '2026-01-15');
  await page.waitForText('待复查');
  await moveDemoTo(page, '2026-01-16');
  await ordered.byRole('button', '登记复查').click();
  const recheck = page.byRole('dialog', `登记复查：${found.name}`);
  await recheck.byRole('button', '登记复查').click();
  await recheck.waitGone();
  await page.waitForText('1月16日 复查：已改正');

  // A campaign beside the month's plan, with a ceremony of its own.
  await goTo(page, '专项检查');
  await page.byRole('button', '新建专项检查').click();
  const scheme = page.byRole('dialog', '新建专项检查');
  await scheme.byRole('textbox', '专项名称').fill('春节前宾馆饭店专项');
  await scheme.byRole('button', '新建专项检查').click();
  await page.byRole('heading', '春节前宾馆饭店专项').wait();
  await page.byRole('button', '筛选').click();
  await page.byRole('checkbox', '宾馆饭店').check();
  await page.press('Escape');
  await page.byRole('button', '去定数量与时间').click();
  await page.byRole('radio', '按户数').check();
  await page.byRole('spinbutton', '户数').fill('4');
  await page.byRole('radio', /^单独实施/).check();
  await page.byRole('date', '开始').fill('2026-01-19');
  await page.byRole('date', '结束').fill('2026-01-30');
  await page.byRole('button', '保存方案').click();
  await page.byRole('button', '冻结对象，定额度').click();
  await page.byRole('dialog', '冻结对象，定额度').byRole('button', '冻结对象，定额度').click();
  await page.byRole('button', '固定承诺').wait();
  await commit(page);
  await draw(page);
  await approvePlan(page, head);
  await page.waitForText('抽取 4 户（计划已有 0 户），已查 0 户，发现问题 0 户');

  await moveDemoTo(page, '2026-01-20');
  await check(page, 2, head);

  // All but one are entered; the one is carried by February's draw.
  await moveDemoTo(page, '2026-01-29');
  await page.goto('#/month/2026-01');
  await page.byRole('button', '批量登记').click();
  const batch = page.byRole('dialog', '批量登记');
  await batch.byRole('checkbox', unmade.name).uncheck();
  await batch.byRole('button', /^登记 \d+ 户$/).click();
  await batch.waitGone();
  await drawMonth(page, '2026-02');
  await approvePlan(page, head);
  book = await bookOf(page);
  assert.deepEqual(book.years[0].draws.at(-1).sizes.carried, [unmade.unit]);
  assert.ok(unmade.unit in book.years[0].draws.at(-1).drawn.plan.visits);
  await page.goto(`#/visits/2026-01.${unmade.unit}?view=all`);
  await page.byRole('complementary', unmade.name).wait();
  await page.waitForText('顺延');

  // February and March are carried out and drawn in their turn.
  await walk(page, '2026-02');
  await moveDemoTo(page, '2026-02-27');
  await drawMonth(page, '2026-03');
  await approvePlan(page, head);
  await walk(page, '2026-03');

  // The turn of the year, with the months between left out: the next plan, and its January drawn
  // while December's visits are still to be made.
  await moveDemoTo(page, '2026-11-27');
  await drawMonth(page, '2026-12');
  await approvePlan(page, head);
  await moveDemoTo(page, '2026-12-30');
  await page.goto('#/plan');
  await page.byRole('button', '开始 2027 年度').click();
  const next = page.byRole('dialog', '开始 2027 年度');
  await next.byRole('button', '开始 2027 年度').click();
  await next.waitGone();
  await page.byRole('button', '冻结计划').click();
  const freezing = page.byRole('dialog', '冻结计划');
  await freezing.byRole('textbox', '批准人').fill(head);
  await freezing.byRole('button', '冻结计划').click();
  await page.waitForText('第 1 版 执行中');
  await drawMonth(page, '2027-01');
  await saved(page);
  book = await bookOf(page);
  assert.deepEqual(book.years.map(({ year }) => year), [2026, 2027]);
  assert.deepEqual(book.years[1].draws[0].sizes.carried ?? [], [], 'nothing is carried past December');
  const made = book.years[0].visits.filter((visit) => visit.made).length;
  assert.ok(made > 100, `${made} visits made`);
  const { self_checks: checks } = book.years[0];
  assert.ok(checks.length === 2 && checks.every((it) => it.head && it.filed));

  // The chain of it all holds.
  await page.goto('#/verify/2026-03');
  await page.waitForText(/(\d+) 项核对，\1 项通过/);
  await page.assertQuiet();
}, { ...ONE, timeout: 120_000 });
