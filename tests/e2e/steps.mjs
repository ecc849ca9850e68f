// Steps that several journeys take, each as a person takes it: by role, by name, in Chinese.
//
//   const page = await open({ now: NOW });
//   await openDemo(page);                    // welcome page → demo brigade, 30 December 2025
//   await openLived(page);                   // … or its year as lived until 20 May 2026
//   await freezePlan(page);
//   await drawMonth(page, '2026-01');        // freeze → commitment → local number → plan

import { readFile } from 'node:fs/promises';

/** A working day's morning of the demo's year; the demo from scratch opens on the first draw day before it. */
export const NOW = '2026-01-05T09:10';

/** The demo brigade from the welcome page, with nothing drawn yet. */
export async function openDemo(page) {
  await page.byRole('button', '从头开始').click();
  await page.byRole('region', '今天要办').wait();
}

/** The demo brigade on 20 May of its year, after four months and a half of work. */
export async function openLived(page) {
  await page.byRole('button', '打开演示').click();
  await page.byRole('region', '今天要办').wait();
}

/** A page by its entry in the navigation, which stands before a count. */
export async function goTo(page, name) {
  await page.byRole('navigation', '主导航').byRole('link', new RegExp(`^${name}( \\d+)?$`)).click();
  await page.byRole('heading', name).first().wait();
}

/** Freezes the draft of the annual plan; a version after the first needs a reason. */
export async function freezePlan(page, { version = 1, approver = '大队长', reason } = {}) {
  await page.goto('#/plan');
  await page.byRole('button', '冻结计划').click();
  const dialog = page.byRole('dialog', '冻结计划');
  await dialog.byRole('textbox', '批准人').fill(approver);
  if (reason) await dialog.byRole('textbox', '为什么要新的一版').fill(reason);
  await dialog.byRole('button', '冻结计划').click();
  await page.waitForText(`第 ${version} 版 执行中`);
}

/** Freezes the register for a month and fixes its sizes. */
export async function openDraw(page, month, reason) {
  await page.goto(`#/month/${month}`);
  await page.byRole('button', '冻结名录，定额度').click();
  const dialog = page.byRole('dialog', '冻结名录，定额度');
  if (reason) await dialog.byRole('textbox', '不在窗口内抽取的原因').fill(reason);
  await dialog.byRole('button', '冻结名录，定额度').click();
  await page.byRole('button', '固定承诺').wait();
}

/** Publishes the commitment with what is chosen; the computer's own number where nothing is. */
export async function commit(page, place = '大队公示栏') {
  const isChosen = await page.evaluate(() => document.querySelector('input[name=entropy]:checked') !== null);
  if (!isChosen) await page.byRole('radio', /^本机随机数/).check();
  await page.byRole('textbox', '承诺码在哪里公布').fill(place);
  await page.byRole('button', '固定承诺').click();
  await page.byRole('button', '抽取并排期').wait();
}

/** Draws with what has been entered. */
export async function draw(page) {
  await page.byRole('button', '抽取并排期').click();
  await page.byRole('grid', '排期配人').wait();
}

/** A month from the frozen register to the plan, by this computer's number. */
export async function drawMonth(page, month, reason) {
  await openDraw(page, month, reason);
  await commit(page);
  await draw(page);
}

/** Has the head of the brigade approve the plan that is on show. */
export async function approvePlan(page, approver = '鄢立群') {
  await page.byRole('button', '批准计划').click();
  const dialog = page.byRole('dialog', /^批准.+计划$/);
  await dialog.byRole('textbox', '批准人').fill(approver);
  await dialog.byRole('button', '批准计划').click();
  await dialog.waitGone();
  await page.byRole('button', '批准计划').waitGone();
}

/** Moves the demo's date. */
export async function moveDemoTo(page, date) {
  await page.byRole('date', '演示日期').fill(date);
}

/** What the page would save: the workbook of a backup made now. */
export async function backup(page) {
  const path = await page.download(() => page.byRole('button', /^(还没有备份|备份 )/).click());
  return { path, text: await readFile(path, 'utf8') };
}

/** Whether an officer of a workbook is on leave or seconded on a day. */
export function isAway(book, id, day) {
  const { absences = [] } = book.officers.find((it) => it.id === id);
  return absences.some((it) => it.from <= day && it.to >= day);
}

/** Waits until the last change is in the store. */
export async function saved(page) {
  // A status has no name of its own in the accessibility tree; its text is what is read out.
  await page.waitForText(/(已保存|Saved) \d\d:\d\d/);
}

/** The longest time, in milliseconds, for which the page did not answer during `action`. */
export async function longestFreeze(page, action) {
  await page.evaluate(() => {
    const state = (window.__freeze = { worst: 0, last: performance.now(), on: true });
    const tick = () => {
      const now = performance.now();
      state.worst = Math.max(state.worst, now - state.last);
      state.last = now;
      if (state.on) setTimeout(tick, 5);
    };
    tick();
  });
  await action();
  return page.evaluate(() => {
    const state = window.__freeze;
    state.on = false;
    return Math.round(Math.max(state.worst, performance.now() - state.last));
  });
}

/** Opens a workbook's file from the welcome page. */
export async function openWorkbook(page, path) {
  await page.byRole('file', '选择文件').upload(path);
  await page.byRole('dialog', '打开工作簿').byRole('button', /^打开 /).click();
  await page.byRole('region', '今天要办').wait();
}
