// A brigade that starts with nothing: what each page says, and a first month by hand.

import assert from 'node:assert/strict';
import { BROWSERS, journey } from './harness.mjs';
import { backup, commit, draw, freezePlan, openDraw, saved } from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

async function startEmpty(page) {
  await page.byRole('textbox', '大队名称').fill('');
  await page.byRole('button', '新建').click();
  await page.waitForText('请填写大队名称。');
  await page.byRole('textbox', '大队名称').fill('清河县消防救援大队');
  await page.byRole('spinbutton', '年度').fill('2026');
  await page.byRole('textbox', '单位编号前缀').fill('QH');
  await page.byRole('textbox', '大队名称').press('Enter');
  await page.byRole('navigation', '主导航').wait();
}

journey('every page of an empty workbook says what to do, with one button', async ({ open }) => {
  const page = await open({ now: '2026-03-30T09:10' });
  await startEmpty(page);
  await page.waitForText('清河县消防救援大队');
  const says = { home: '名录还是空的', plan: '名录库还没有单位', month: '年度计划还没有冻结',
    units: '名录库还没有单位', officers: '名录库还没有执法人员' };
  for (const [hash, words] of Object.entries(says)) {
    await page.goto(`#/${hash}`);
    await page.waitForText(words);
    const state = page.css('.empty-state');
    const actions = await state.byRole('button').count() + await state.byRole('link').count();
    assert.equal(actions, 1, `${hash}: one button`);
  }
  // The standard list is there; the trail is empty but for nothing done.
  await page.goto('#/items');
  await page.byRole('grid', '事项清单').wait();
  await page.goto('#/trail');
  await page.waitForText('还没有操作。');
  await page.assertQuiet();
}, ONE);

journey('a whole first month by hand: officers, units, plan, draw', async ({ open }) => {
  const page = await open({ now: '2026-04-29T09:10' });
  await startEmpty(page);
  for (const [name, mayLead] of [['闻绍宁', true], ['芮东航', false]]) {
    await page.goto('#/officers');
    await page.byRole('button', '新增人员').click();
    const drawer = page.byRole('dialog', '新增人员');
    await drawer.byRole('textbox', '姓名').fill(name);
    if (mayLead) await drawer.byRole('checkbox', '有主办资格').check();
    await drawer.byRole('button', '保存').click();
    await page.byRole('heading', name).wait();
  }
  const units = [['清河县人民医院', true, true], ['清河县加油站', true, false], ['县城药房', false, false],
    ['羊绒小镇服装店', false, false], ['王官庄粮油店', false, false]];
  for (const [name, isKey, isDense] of units) {
    await page.goto('#/units');
    await page.byRole('button', '新增单位').click();
    const drawer = page.byRole('dialog', '新增单位');
    await drawer.byRole('textbox', '单位名称').fill(name);
    if (isKey) await drawer.byRole('checkbox', '消防安全重点单位').check();
    if (isDense) await drawer.byRole('checkbox', '人员密集场所').check();
    await drawer.byRole('button', '保存').click();
    await page.byRole('heading', name).wait();
  }
  await freezePlan(page);
  await openDraw(page, '2026-05');
  await commit(page);
  await draw(page);
  const book = JSON.parse((await backup(page)).text);
  assert.equal(book.draws[0].month, '2026-05');
  const visits = Object.entries(book.draws[0].drawn.plan.visits);
  assert.ok(visits.length >= 1);
  for (const [, { lead, member }] of visits) assert.deepEqual([lead, member], ['P01', 'P02']);
  await saved(page);
  await page.reopen({ hash: '#/month/2026-05' });
  await page.byRole('grid', '排期配人').wait();
  await page.assertQuiet();
}, ONE);
