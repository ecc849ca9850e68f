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
  await page.press('Enter');
  await page.byRole('navigation', '主导航').wait();
}

journey('every page of an empty workbook says what to do, with one button', async ({ open }) => {
  const page = await open({ now: '2026-03-30T09:10' });
  await startEmpty(page);
  await page.waitForText('清河县消防救援大队');
  const says = { home: '名录还是空的', plan: '名录库还没有单位', month: '年度计划还没有冻结',
    units: '名录库还没有单位', officers: '名录库还没有执法人员',
    agencies: '名录里还没有消防技术服务机构', engineers: '名录里还没有注册消防工程师' };
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
  assert.equal(book.years[0].draws[0].month, '2026-05');
  const visits = Object.entries(book.years[0].draws[0].drawn.plan.visits);
  assert.ok(visits.length >= 1);
  for (const [, { lead, member }] of visits) assert.deepEqual([lead, member], ['P01', 'P02']);
  await saved(page);
  await page.reopen({ hash: '#/month/2026-05' });
  await page.byRole('grid', '排期配人').wait();
  await page.assertQuiet();
}, ONE);

journey('what cannot be changed later is asked first, and a year is proposed', async ({ open }) => {
  const page = await open({ now: '2026-11-02T09:10' });
  const year = page.byRole('spinbutton', '年度');
  assert.equal(await year.value(), '2027', 'from November on the next year');
  await page.byRole('textbox', '大队名称').fill('清河县消防救援大队');
  await year.fill('99999');
  await page.byRole('textbox', '行政区划代码').fill('13053');
  await page.press('Enter');
  for (const words of ['年度应为 2020 至 2100', '前缀应为 1 至 8 个大写字母', '行政区划代码应为 6 位数字']) await page.waitForText(words);
  await year.fill('2027');
  await page.byRole('textbox', '行政区划代码').fill('130534');
  await page.byRole('textbox', '单位编号前缀').fill('qh');
  await page.byRole('textbox', '内勤').fill('闻绍宁');
  await page.byRole('textbox', '大队主官').fill('鄢立群');
  await page.byRole('textbox', '监督人').fill('芮东航');
  await page.press('Enter');
  await page.waitForText('2027 年度还没有开始，全年 261 个工作日');
  const { brigade } = JSON.parse((await backup(page)).text);
  assert.deepEqual([brigade.unit_prefix, brigade.division, brigade.operator, brigade.head, brigade.supervisor],
    ['QH', '130534', '闻绍宁', '鄢立群', '芮东航']);
  await page.assertQuiet();
}, ONE);

journey('forms go on with another, act on Enter, and ask about one entered twice', async ({ open }) => {
  const page = await open({ now: '2026-04-29T09:10' });
  await startEmpty(page);
  await page.goto('#/officers');
  await page.byRole('button', '新增人员').click();
  let drawer = page.byRole('dialog', '新增人员');
  await drawer.byRole('textbox', '姓名').waitAttribute('aria-required', 'true');
  await drawer.byRole('textbox', '姓名').fill('张三');
  await drawer.byRole('button', '保存并新增').click();
  await page.waitForText('已新增 张三');
  await drawer.byRole('textbox', '姓名').fill('张  三');
  await page.press('Enter');
  await page.waitForText('先核对，再勾选');
  await drawer.byRole('textbox', '姓名').fill('NULL');
  await page.press('Enter');
  await page.waitForText('“NULL”不是名称');
  await drawer.byRole('textbox', '姓名').fill('芮东航');
  await page.press('Enter');
  await page.byRole('heading', '芮东航').wait();

  await page.goto('#/units');
  await page.byRole('button', '新增单位').click();
  drawer = page.byRole('dialog', '新增单位');
  const dense = drawer.byRole('checkbox', '人员密集场所');
  await drawer.byRole('textbox', '单位名称').fill('清河县人民医院');
  await drawer.byRole('combobox', '单位类别').select('医院');
  await page.waitForText('已按类别“医院”勾选人员密集场所（消防法第七十三条）');
  assert.equal(await dense.isChecked(), true);
  await drawer.byRole('combobox', '单位类别').select('科研单位');
  assert.equal(await dense.isChecked(), false, 'only its own tick is taken back');
  await drawer.byRole('button', '保存并新增').click();
  await page.waitForText('已新增 清河县人民医院');
  await drawer.byRole('textbox', '单位名称').fill('清河县人民 医院');
  const another = drawer.byRole('checkbox', /^名录里已有 QH-00001/);
  await page.press('Enter');
  await page.waitForText('先核对，再勾选');
  await another.check();
  await drawer.byRole('button', '保存').click();
  await page.byRole('heading', '清河县人民 医院').wait();
  assert.equal(JSON.parse((await backup(page)).text).units.length, 2);

  // A record that is renamed to what another is called is asked about too.
  await drawer.waitGone();
  await page.byRole('button', '新增单位').click();
  await drawer.byRole('textbox', '单位名称').fill('清河县养老院');
  await drawer.byRole('button', '保存').click();
  await page.byRole('heading', '清河县养老院').wait();
  await page.byRole('button', '编辑').click();
  const editing = page.byRole('dialog', '编辑 清河县养老院');
  await editing.byRole('textbox', '单位名称').fill('清河县人民医院');
  await editing.byRole('button', '保存').click();
  await page.waitForText('先核对，再勾选');
  await editing.byRole('checkbox', /^名录里已有 QH-0000\d/).check();
  await editing.byRole('button', '保存').click();
  await editing.waitGone();
  await page.byRole('heading', '清河县人民医院').wait();
  await page.assertQuiet();
}, ONE);
