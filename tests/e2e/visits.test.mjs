// 检查任务: a visit moves within the rules alone, an officer falls ill, a unit proves closed; and a
// supplementary draw from its reason to its plan.

import assert from 'node:assert/strict';
import { BROWSERS, journey } from './harness.mjs';
import {
  NOW, approvePlan, backup, commit, draw, drawMonth, freezePlan, goTo, moveDemoTo, openDemo, saved,
} from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

/** The demo with January drawn and approved, on a working day of it. */
async function january(open) {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await drawMonth(page, '2026-01');
  await approvePlan(page);
  await moveDemoTo(page, '2026-01-06');
  return page;
}

const bookOf = async (page) => JSON.parse((await backup(page)).text);

/** Visits of January's plan that are still to be made, in order of day. */
function planned(book) {
  const { visits } = book.years[0].draws[0].drawn.plan;
  const names = new Map(book.units.map((unit) => [unit.id, unit.name]));
  return Object.entries(visits).map(([unit, visit]) => ({ unit, name: names.get(unit), ...visit }))
    .sort((a, b) => (a.day + a.unit < b.day + b.unit ? -1 : 1));
}

const visitOf = (book, unit) => book.years[0].visits.find((visit) => visit.id.unit === unit);

/** Opens a visit's panel, and gives it. */
async function openVisit(page, visit) {
  await page.goto(`#/visits/2026-01.${visit.unit}?view=all`);
  const panel = page.byRole('complementary', visit.name);
  await panel.wait();
  return panel;
}

journey('a visit moves to a permitted day; a rest day is refused in words', async ({ open }) => {
  const page = await january(open);
  await goTo(page, '检查任务');
  await page.byRole('grid', '检查任务').wait();
  for (const tab of [/^今天 \d+$/, /^本周 \d+$/, /^待录入 \d+$/, /^待审核 \d+$/, /^逾期 \d+$/, /^待复查 \d+$/, /^全部 \d+$/]) {
    await page.byRole('button', tab).wait();
  }
  const visit = planned(await bookOf(page)).filter((it) => it.day > '2026-01-09').at(0);
  let panel = await openVisit(page, visit);
  await panel.byRole('button', '改期').click();
  const drawer = page.byRole('dialog', `改期：${visit.name}`);
  // A Saturday can be pressed, and says why it cannot be chosen.
  await drawer.byRole('button', '1月10日 星期六').press('Enter');
  await page.waitForText('1月10日 星期六不能选：2026-01-10 不是工作日。');
  await drawer.byRole('button', '1月5日 星期一').press('Enter');
  await page.waitForText('今天是 2026-01-06，请选今天或以后的日期。');
  // Days that are left and on which both can go.
  const offered = await page.evaluate(() => [...document.querySelectorAll('.day-choice')]
    .filter((day) => day.getAttribute('aria-disabled') === null && day.getAttribute('aria-pressed') === 'false')
    .map((day) => day.getAttribute('aria-label')));
  assert.ok(offered.length > 3, offered.join());
  const chosen = offered[0];
  await drawer.byRole('button', chosen).click();
  // Who cannot go on that day is no longer chosen: two others are, of those who can.
  for (const [at, role] of ['主办', '协办'].entries()) {
    const [value, names] = await page.evaluate((role) => {
      const label = [...document.querySelectorAll('dialog label')].find((it) => it.innerText === role);
      const select = document.getElementById(label.htmlFor);
      return [select.value, [...select.options].filter((it) => it.value).map((it) => it.innerText)];
    }, role);
    if (!value) await drawer.byRole('combobox', role).select(names.at(at ? -1 : 0));
  }
  // Without a reason the act is refused in words.
  await drawer.byRole('button', '改期').click();
  await page.waitForText('必须写明原因或出处');
  await drawer.byRole('textbox', '原因').fill('单位所在街区停电检修');
  await drawer.byRole('button', '改期').click();
  await drawer.waitGone();
  panel = page.byRole('complementary', visit.name);
  const text = await panel.text();
  const [month, day] = visit.day.split('-').slice(1).map(Number);
  assert.match(text, new RegExp(`改期\\s*${month}月${day}日 → ${chosen.split(' ')[0]}`));
  assert.match(text, /单位所在街区停电检修，.+批准/);
  await goTo(page, '操作记录');
  await page.waitForText('改期或换人');
  await saved(page);
}, ONE);

/** What a pointer does that takes the row of a visit and lets it go on something else. */
async function drag(page, name, onto) {
  await page.evaluate((wanted) => {
    const row = [...document.querySelectorAll('tr.is-row')].find((it) => it.innerText.includes(wanted));
    window.__held = { row, data: new DataTransfer() };
    row.dispatchEvent(new DragEvent('dragstart', { bubbles: true, dataTransfer: window.__held.data }));
  }, name);
  await page.css('.drop-days .drop-day').first().wait();
  await page.evaluate((wanted) => {
    const { row, data } = window.__held;
    const [, target] = [...document.querySelectorAll('.drop-day, tr.is-day')]
      .map((it) => [it.innerText.replace(/\s+/g, ' '), it]).find(([text]) => text.startsWith(wanted));
    for (const type of ['dragover', 'drop']) {
      target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
    }
    row.dispatchEvent(new DragEvent('dragend', { bubbles: true, dataTransfer: data }));
  }, onto);
}

journey('a visit is dragged to another day, and a day that is not permitted names its rule', async ({ open }) => {
  const page = await january(open);
  await page.goto('#/visits?view=week');
  await page.byRole('grid', '检查任务').wait();
  const visit = planned(await bookOf(page)).find((it) => it.day === '2026-01-06');
  assert.equal(await page.evaluate((name) => [...document.querySelectorAll('tr.is-row')]
    .find((it) => it.innerText.includes(name)).draggable, visit.name), true);
  const drawer = page.byRole('dialog', `改期：${visit.name}`);
  // The 10th is a Saturday.
  await drag(page, visit.name, '10 ');
  await page.waitForText('1月10日 星期六不能选：2026-01-10 不是工作日。');
  await drawer.byRole('button', '取消').click();
  await drawer.waitGone();
  await page.css('.drop-days').waitGone();
  // Onto a day of the list: its drawer holds the day, and asks for the reason as ever.
  await drag(page, visit.name, '1月7日');
  await drawer.byRole('button', '1月7日 星期三').waitAttribute('aria-pressed', 'true');
  for (const [at, role] of ['主办', '协办'].entries()) {
    const [value, names] = await page.evaluate((role) => {
      const label = [...document.querySelectorAll('dialog label')].find((it) => it.innerText === role);
      const select = document.getElementById(label.htmlFor);
      return [select.value, [...select.options].filter((it) => it.value).map((it) => it.innerText)];
    }, role);
    if (!value) await drawer.byRole('combobox', role).select(names.at(at ? -1 : 0));
  }
  await drawer.byRole('textbox', '原因').fill('单位所在街区停电检修');
  await drawer.byRole('button', '改期').click();
  await drawer.waitGone();
  const { after } = visitOf(await bookOf(page), visit.unit).plan_changes.at(-1);
  assert.equal(after.day, '2026-01-07');
}, ONE);

journey('an officer falls ill, and one action replaces him for the day', async ({ open }) => {
  const page = await january(open);
  const visit = planned(await bookOf(page)).find((it) => it.day >= '2026-01-07');
  const panel = await openVisit(page, visit);
  await panel.byRole('button', '人员不能来').click();
  const dialog = page.byRole('dialog', '人员不能来');
  await page.waitForText(/这些天有 \d+ 户待查/);
  await dialog.byRole('textbox', '原因').fill('突发疾病');
  await dialog.byRole('button', '一次替换').click();
  await dialog.waitGone();
  await page.waitForText(/已替换 \d+ 户，0 户无人可替/);
  await page.waitForText('按抽签名单递补');
  const book = await bookOf(page);
  const { after } = visitOf(book, visit.unit).plan_changes.at(-1);
  assert.notEqual(after.lead, visit.lead);
  assert.equal(after.day, visit.day);
  const officer = book.officers.find((it) => it.id === visit.lead);
  assert.ok(officer.absences.some((it) => it.from === visit.day), 'the absence is on record');
  // Nothing of that day is left to him.
  const left = book.years[0].visits.filter((it) => {
    const now = it.plan_changes?.at(-1)?.after ?? book.years[0].draws[0].drawn.plan.visits[it.id.unit];
    return now?.day === visit.day && [now.lead, now.member].includes(visit.lead);
  });
  assert.deepEqual(left, []);
}, ONE);

journey('a closed unit gives way to the reserve, in tasks and in the month', async ({ open }) => {
  const page = await january(open);
  const visit = planned(await bookOf(page)).find((it) => it.day >= '2026-01-12');
  const panel = await openVisit(page, visit);
  await panel.byRole('button', '单位已关闭').click();
  const drawer = page.byRole('dialog', `单位已关闭：${visit.name}`);
  // Nobody is chosen for the person who enters it.
  await drawer.byRole('button', '作废并递补').click();
  await page.waitForText('请选两名核实人。');
  for (const [name, at] of [['核实人一', 1], ['核实人二', 2]]) {
    const label = await page.evaluate((name, at) => {
      const field = [...document.querySelectorAll('dialog .field')].find((it) => it.innerText.startsWith(name));
      return field.querySelector('select').options[at].text;
    }, name, at);
    await drawer.byRole('combobox', name).select(label);
  }
  await drawer.byRole('button', '作废并递补').click();
  await page.waitForText('必须写明原因或出处');
  await drawer.byRole('textbox', '证据').fill('大门上锁，照片 3 张，邻居说半年前搬走');
  await drawer.byRole('button', '作废并递补').click();
  await drawer.waitGone();
  await page.waitForText(`${visit.name} 已作废，递补 `);
  const book = await bookOf(page);
  const stepped = book.years[0].visits.find((it) => it.source === 'replacement');
  assert.equal(stepped.plan_changes[0].kind.instead_of, visit.unit);
  const next = book.units.find((unit) => unit.id === stepped.id.unit).name;
  await page.waitForText(`已关闭停业，作废；递补 ${next}`);
  // The new one stands among the tasks, and beside the struck one in the month.
  await openVisit(page, { unit: stepped.id.unit, name: next });
  await page.waitForText(`递补　${visit.name} 的位置`);
  await page.goto('#/month/2026-01');
  await page.byRole('grid', '排期配人').wait();
  await page.goto(`#/month/2026-01?unit=${stepped.id.unit}`);
  await page.byRole('complementary', next).wait();
  await page.goto(`#/month/2026-01?unit=${visit.unit}`);
  await page.byRole('complementary', visit.name).wait();
  const struck = await page.evaluate(() => [...document.querySelectorAll('.is-struck')].map((it) => it.innerText));
  assert.ok(struck.includes(visit.name), struck.join());
  // What was drawn is what it was.
  assert.equal(book.years[0].draws[0].drawn.plan.visits[visit.unit].day, visit.day);
}, ONE);

journey('a supplementary draw, from what was mended to its own plan', async ({ open }) => {
  const page = await january(open);
  // Two drawn units proved to be none: they leave the register, and the month's rule lacks two.
  const book = await bookOf(page);
  for (const { unit, name } of planned(book).slice(-2)) {
    await page.goto(`#/units/${unit}`);
    await page.byRole('heading', name).wait();
    await page.byRole('button', '停用').click();
    const dialog = page.byRole('dialog', `停用 ${name}`);
    await dialog.byRole('textbox', /^原因/).fill('重复登记');
    await dialog.byRole('textbox', /^批准人/).fill('鄢立群');
    const evidence = dialog.byRole('textbox', /^依据/);
    if (await evidence.count()) await evidence.fill('登记表');
    await dialog.byRole('button', '停用').click();
    await dialog.waitGone();
  }
  await page.goto('#/month/2026-01');
  await page.byRole('button', '补充抽查').click();
  const dialog = page.byRole('dialog', '补充抽查');
  await dialog.byRole('button', '补充抽查').click();
  await page.waitForText('必须写明原因或出处');
  await dialog.byRole('textbox', '订正了什么').fill('两户重复登记，已停用');
  await dialog.byRole('button', '补充抽查').click();
  await page.byRole('button', '固定承诺').wait();
  await commit(page);
  await draw(page);
  await approvePlan(page);
  const after = await bookOf(page);
  const [first, second] = after.years[0].draws;
  assert.equal(second.occasion.kind, 'supplementary');
  assert.deepEqual(first, book.years[0].draws[0], 'nothing drawn changed');
  const drawn = Object.keys(second.drawn.plan.visits);
  assert.ok(drawn.every((unit) => !(unit in first.drawn.plan.visits)));
  // Its visits stand among the tasks.
  const name = after.units.find((unit) => unit.id === drawn[0])?.name;
  await page.goto(`#/visits/2026-02.${drawn[0]}?view=all`);
  await page.byRole('complementary', name).wait();
}, ONE);
