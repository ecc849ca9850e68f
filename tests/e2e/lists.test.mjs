// What a register's list can do beside showing: many records at once, what is to be mended one
// by one, days of review, columns and views of one's own.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { contrastFaults, layoutFaults, structureFaults } from './audit.mjs';
import { BROWSERS, journey } from './harness.mjs';
import { counts } from './desk.mjs';
import { NOW, backup, goTo, openDemo, saved } from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

/** Waits until the list has this many rows. */
function untilTotal(page, count) {
  return page.waitForText(new RegExp(`共 ${count} [行项]`));
}

/** How many the line below the list tells. */
async function total(page) {
  const words = await page.css('.list-foot').text();
  return Number(words.match(/共 (\d+) [行项]/)[1]);
}

async function units(page) {
  return JSON.parse((await backup(page)).text).units;
}

journey('many units are changed at once, with a preview, and come back whole', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/units?stratum=A&tier=red');
  await page.byRole('grid', '单位').wait();
  const count = await total(page);
  assert.ok(count > 1 && count < 60);
  // The space key ticks the row that is selected; the box in the head ticks the list.
  await page.byRole('grid', '单位').focus();
  await page.press('ArrowDown');
  await page.press('Space');
  await page.waitForText('已选 1 条');
  await page.byRole('checkbox', '全选当前列表').check();
  await page.waitForText(`已选 ${count} 条`);
  await page.byRole('button', '批量修改').click();

  let dialog = page.byRole('dialog', `批量修改 ${count} 条`);
  await dialog.byRole('button', '修改 0 条').waitDisabled(true);
  await page.waitForText('先选要改哪一项。');
  await dialog.byRole('combobox', '改哪一项').select('标签');
  await dialog.byRole('combobox', '怎样改').select('增加');
  await dialog.byRole('textbox', '标签').fill('夏季专项');
  await dialog.byRole('button', `修改 ${count} 条`).wait();
  assert.deepEqual(await counts(dialog), { 要改: count, 已是这个内容: 0, 不能改: 0 });
  await dialog.byRole('grid', '逐条预览').wait();
  await page.until('each line says what it would become', () =>
    [...document.querySelectorAll('dialog tr.is-row')].every((row) => row.cells[2].innerText.includes('夏季专项')));
  assert.deepEqual(await page.evaluate(structureFaults), []);
  // The dialog stands over the head.
  assert.deepEqual((await page.evaluate(layoutFaults)).filter((fault) => !fault.startsWith('covered')), []);
  assert.deepEqual(await page.evaluate(contrastFaults), []);
  await page.picture('lists-many');
  await dialog.byRole('button', `修改 ${count} 条`).click();
  await dialog.waitGone();
  await page.waitForText(`已批量修改 ${count} 条的“标签”`);
  const tagged = (all) => all.filter((unit) => unit.tags?.includes('夏季专项')).length;
  assert.equal(tagged(await units(page)), count);
  await page.press('Control+z');
  await page.waitForText('已撤销');
  assert.equal(tagged(await units(page)), 0);

  // What bears on a draw asks for a reason; what nobody may enter is refused of all.
  await page.byRole('checkbox', '全选当前列表').check();
  await page.byRole('button', '批量修改').click();
  dialog = page.byRole('dialog', `批量修改 ${count} 条`);
  await dialog.byRole('combobox', '改哪一项').select('标签等级核对日期');
  await dialog.byRole('date', '标签等级核对日期').fill('2026-02-01');
  await page.waitForText(`有 ${count} 条不能改`);
  await dialog.byRole('combobox', '改哪一项').select('风险等级');
  await dialog.byRole('combobox', '风险等级').select('黄 较大风险');
  await page.waitForText('先填原因。');
  await dialog.byRole('textbox', '原因').fill('支队重新评定');
  await dialog.byRole('button', `修改 ${count} 条`).click();
  await dialog.waitGone();
  await page.waitForText('没有符合条件的记录。');
  await page.goto('#/trail');
  await page.waitForText('批量修改');
  await page.waitForText('支队重新评定');
  await page.assertQuiet();
}, ONE);

journey('tags and tiers that nobody looked at for too long are listed, and a look is noted', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await goTo(page, '单位');
  const tab = page.byRole('button', /^待核对 \d+$/);
  const due = Number((await tab.text()).match(/\d+/)[0]);
  assert.ok(due > 100 && due < 1_000, `${due}`);
  await tab.click();
  await untilTotal(page, due);
  await page.byRole('grid', '单位').focus();
  await page.press('ArrowDown');
  await page.press('Enter');
  await page.waitForText(/已超过 90 天/);
  await page.byRole('button', '已核对，无变化').click();
  await page.byRole('button', `待核对 ${due - 1}`).wait();
  await page.goto('#/settings/brigade');
  await page.byRole('spinbutton', '标签、等级核对期限（天）').fill('0');
  await page.byRole('button', '保存大队资料').click();
  await page.waitForText('应为 1 至 730 的整数');
  await page.byRole('spinbutton', '标签、等级核对期限（天）').fill('730');
  await page.byRole('button', '保存大队资料').click();
  await page.waitForText('大队资料已保存');
  await page.goto('#/units');
  await page.byRole('button', '待核对 0').wait();
  await page.assertQuiet();
}, ONE);

journey('what lacks is filled in one by one, by keys', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await goTo(page, '单位');
  await page.waitForText(/完整 \d+ \/ 2412（\d+%）/);
  const tab = page.byRole('button', /^信息不全 \d+$/);
  const count = Number((await tab.text()).match(/\d+/)[0]);
  await tab.click();
  await untilTotal(page, count);
  await page.byRole('button', `逐条完善 ${count}`).click();
  const head = page.byRole('region', '要完善的');
  await page.waitForText(`1 / ${count}`);
  const first = await head.text();
  assert.match(first, /缺“/);
  await page.until('the focus is on what lacks', () => document.activeElement.closest('[data-field]') !== null);
  await page.picture('lists-mend');
  const key = await page.evaluate(() => document.activeElement.closest('[data-field]').dataset.field);
  if (key === 'credit') await page.evaluate(() => {
    document.activeElement.selectedIndex = 1;
    document.activeElement.dispatchEvent(new Event('change', { bubbles: true }));
  });
  else if (key === 'code') await page.evaluate(() => {
    document.activeElement.value = '92130581MA0CWX2K9Y';
    document.activeElement.dispatchEvent(new Event('input', { bubbles: true }));
  });
  else await page.evaluate(() => {
    document.activeElement.value = '0319-5550000';
    document.activeElement.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await page.press('Control+Enter');
  await page.waitForText(`2 / ${count}`);
  await page.byRole('button', '跳过').click();
  await page.waitForText(`3 / ${count}`);
  await page.press('Escape');
  await head.waitGone();
  // One less lacks something, or the same record lacks another thing still.
  await page.until('the count follows', (before) => {
    const words = [...document.querySelectorAll('.tabs button')].find((tab) => tab.innerText.startsWith('信息不全'));
    return Number(words.innerText.match(/\d+/)[0]) <= before;
  }, count);
  // The drawer that is opened by hand is no step of the walk.
  await page.byRole('button', '新增单位').click();
  await page.byRole('dialog', '新增单位').byRole('button', '保存').wait();
  assert.equal(await page.byRole('button', '跳过').count(), 0);
  await page.assertQuiet();
}, ONE);

journey('columns and views of one\'s own stay in the browser, and what is shown goes out', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/units?stratum=A&tier=red&sort=-level');
  await page.byRole('grid', '单位').wait();
  const count = await total(page);
  await page.byRole('button', /^列 \d+ \/ \d+$/).click();
  await page.byRole('checkbox', '联系电话').check();
  await page.byRole('checkbox', '单位类别').uncheck();
  await page.picture('lists-columns');
  await page.press('Escape');
  const heads = () => page.evaluate(() => [...document.querySelectorAll('table.list th')].map((th) => th.innerText.replace(/[ ↑↓]/g, '')));
  await page.until('the column stands', () => [...document.querySelectorAll('table.list th')].some((th) => th.innerText.includes('联系电话')));
  assert.ok(!(await heads()).includes('单位类别'));

  await page.byRole('button', '我的视图').click();
  await page.byRole('textbox', '视图名称').fill('红色重点');
  await page.byRole('button', '存为视图').click();
  await page.waitForText('已存为视图“红色重点”');
  await page.byRole('button', '我的视图 1').wait();
  await saved(page);
  await page.goto('#/units');
  await untilTotal(page, 2412);
  await page.reload();
  await page.until('the column stands still', () => [...document.querySelectorAll('table.list th')].some((th) => th.innerText.includes('联系电话')));
  await page.byRole('button', '我的视图 1').click();
  await page.byRole('button', '红色重点').click();
  await untilTotal(page, count);
  assert.match(await page.hash(), /sort=-level/);

  const csv = await page.download(async () => {
    await page.byRole('button', '导出').click();
    await page.byRole('button', 'CSV：只含显示的列').click();
  });
  const lines = (await readFile(csv, 'utf8')).trimEnd().split('\r\n');
  assert.equal(lines.length - 1, count);
  assert.match(lines[0], /编号.*单位名称.*系统算出：层.*联系电话/);
  assert.ok(!lines[0].includes('单位类别'));
  await page.byRole('file', '导入名单').upload(csv);
  await page.byRole('heading', '列与字段').wait();
  await page.waitForText('系统算出的，不用导入');
  await page.byRole('button', '去预览').click();
  await page.waitForText(`${count} 行 = 收入 ${count} + 跳过 0 + 拒收 0`);
  const found = await counts(page.css('main'));
  assert.deepEqual([found.新增, found.变更, found.不变], [0, 0, count]);
  await page.byRole('button', '取消').click();

  // A view with columns of its own goes out with these.
  await page.goto('#/units?view=zombie');
  await page.until('why each is suspected', () => [...document.querySelectorAll('table.list th')].some((th) => th.innerText.includes('疑')));
  const suspects = await page.download(async () => {
    await page.byRole('button', '导出').click();
    await page.byRole('button', 'CSV：只含显示的列').click();
  });
  const [head, first] = (await readFile(suspects, 'utf8')).split('\r\n');
  assert.ok(!head.includes('最早可再查') && head.includes('疑'), head);
  assert.match(first, /僵尸/, 'with the reason');

  await page.goto('#/units');
  await page.byRole('button', '我的视图 1').click();
  await page.byRole('button', '删除视图 红色重点').click();
  await page.waitForText('还没有存过视图');
  await page.press('Escape');
  await page.byRole('button', /^列 \d+ \/ \d+$/).click();
  await page.byRole('button', '恢复默认列').click();
  await page.until('the columns are those of the program', () => [...document.querySelectorAll('table.list th')].every((th) => !th.innerText.includes('联系电话')));
  await page.assertQuiet();
}, ONE);
