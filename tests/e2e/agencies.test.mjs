// Service institutions and fire engineers: two tabs of one page, kept as units are.

import assert from 'node:assert/strict';
import { BROWSERS, journey } from './harness.mjs';
import { newFolder, removeFolder } from './browsers.mjs';
import { choose, counts, exported, write } from './desk.mjs';
import { NOW, goTo, openDemo, saved } from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };
const AGENCY = '南宫市砚舟消防检测有限公司';

/** Waits until the list has this many rows. */
function untilTotal(page, count) {
  return page.waitForText(new RegExp(`共 ${count} 行`));
}

async function retire(page, approver) {
  await page.byRole('button', '停用').click();
  const dialog = page.byRole('dialog', /^停用 /);
  await dialog.byRole('textbox', '原因').fill('注销');
  await dialog.byRole('textbox', '依据').fill('市监部门公告');
  await dialog.byRole('button', '停用').click();
  await dialog.byRole('textbox', '批准人').waitAttribute('aria-invalid', 'true');
  await dialog.byRole('textbox', '批准人').fill(approver);
  await dialog.byRole('button', '停用').click();
  await dialog.waitGone();
}

async function restore(page, approver) {
  await page.byRole('button', '恢复').click();
  const dialog = page.byRole('dialog', /^恢复 /);
  await dialog.byRole('textbox', '原因').fill('恢复从业');
  await dialog.byRole('button', '恢复').click();
  await dialog.byRole('alert').wait();
  await dialog.byRole('textbox', '批准人').fill(approver);
  await dialog.byRole('button', '恢复').click();
  await dialog.waitGone();
}

journey('agencies: added, edited, found, retired and brought back', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await goTo(page, '服务机构');
  await untilTotal(page, 11);
  const known = JSON.parse(await exported(page, '消防技术服务机构名录')).agencies[0];
  await goTo(page, '服务机构');

  await page.byRole('button', '新增机构').click();
  let drawer = page.byRole('dialog', '新增机构');
  await drawer.byRole('button', '保存').click();
  await page.waitForText('此项必填。');
  await drawer.byRole('textbox', '机构名称').fill(AGENCY);
  const code = drawer.byRole('textbox', '统一社会信用代码');
  await code.fill(known.code);
  await page.waitForText(`名录里的 ${known.id} 已用这一号码。请核对两条是否同一条。`);
  await code.fill('92130581MA0CWX2K9Y');
  await drawer.byRole('textbox', '服务类别').fill('消防设施维护保养检测，消防安全评估');
  await drawer.byRole('date', '资质有效期至').fill('2026-02-10');
  await drawer.byRole('button', '保存').click();
  await page.byRole('heading', AGENCY).wait();
  assert.match(await page.hash(), /^#\/agencies\/AG-00013$/);
  await page.waitForText('资质 60 天内到期。');
  await page.byRole('navigation', '主导航').byRole('link', '服务机构 12').wait();
  await page.byRole('button', '编辑').click();
  drawer = page.byRole('dialog', /^编辑 /);
  await drawer.byRole('textbox', '联系电话').fill('0319-5550000');
  await drawer.byRole('button', '保存').click();
  await drawer.waitGone();
  await page.waitForText('0319-5550000');

  // By the list's search, by the palette, and by the address after a reload.
  await page.press('Escape');
  await page.byRole('searchbox', '名称、信用代码、人员').fill('砚舟');
  await untilTotal(page, 1);
  await saved(page);
  await page.reload();
  await untilTotal(page, 1);
  await page.press('Control+k');
  await page.byRole('combobox', '查单位、人员、功能').fill('砚舟消防');
  await page.byRole('option', new RegExp(AGENCY)).wait();
  await page.press('Enter');
  await page.byRole('heading', AGENCY).wait();

  await retire(page, '鄢立群');
  await page.waitForText('注销；依据：市监部门公告');
  await page.byRole('button', '已停用 2').wait();
  await page.byRole('navigation', '主导航').byRole('link', '服务机构 11').wait();
  await restore(page, '鄢立群');
  await page.byRole('navigation', '主导航').byRole('link', '服务机构 12').wait();
  // The card has its own history.
  await page.waitForText(/恢复服务机构.*停用服务机构.*修改服务机构.*新增服务机构/s);
  await page.byRole('link', /^在操作记录中看全部 4 条$/).click();
  await page.waitForText(`只看 ${AGENCY}`);
  assert.match(await page.hash(), /^#\/trail\?agency=AG-00013$/);
  await page.assertQuiet();
}, ONE);

journey('engineers: a tab beside the agencies, and each leads to the other', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await goTo(page, '服务机构');
  await page.byRole('link', '注册消防工程师').click();
  await page.byRole('heading', '注册消防工程师').first().wait();
  await untilTotal(page, 40);
  const agency = JSON.parse(await exported(page, '消防技术服务机构名录')).agencies[2];
  await page.goto('#/engineers');
  await page.byRole('button', '新增工程师').click();
  const drawer = page.byRole('dialog', '新增工程师');
  await drawer.byRole('textbox', '姓名').fill('闻砚舟');
  await drawer.byRole('combobox', '注册级别').select('一级');
  await drawer.byRole('textbox', '注册证号').fill('XZ11305999999');
  await drawer.byRole('date', '注册有效期至').fill('2025-12-29');
  await drawer.byRole('textbox', '聘用单位').fill(agency.name);
  await drawer.byRole('button', '保存').click();
  await page.byRole('heading', '闻砚舟').wait();
  await page.waitForText(/注册已到期。/);
  const card = page.byRole('complementary', '注册消防工程师');
  await card.byRole('link', agency.name).click();
  await page.byRole('heading', agency.name).wait();
  await page.byRole('complementary', '服务机构').byRole('link', '闻砚舟').click();
  await page.byRole('heading', '闻砚舟').wait();

  await page.press('Escape');
  await page.byRole('button', '筛选').click();
  await page.byRole('checkbox', '二级').check();
  await page.press('Escape');
  await page.until('only of the second grade', () => [...document.querySelectorAll('tr.is-row')]
    .every((row) => row.cells[1].innerText.trim() === '二级'));
  await page.byRole('button', /去掉条件：注册级别/).click();
  await page.byRole('button', /^聘用单位不在名录 \d+$/).click();
  await page.until('only such are listed', () => [...document.querySelectorAll('tr.is-row')]
    .every((row) => row.innerText.includes('不在名录')));
  await page.goto('#/engineers/EN-00041');
  await retire(page, '鄢立群');
  await page.byRole('button', '已停用 1').wait();
  await page.assertQuiet();
}, ONE);

journey('agencies and engineers come in from JSON, and go out as they came', async ({ open }) => {
  const folder = await newFolder('agencies');
  try {
    const page = await open({ now: NOW });
    await openDemo(page);
    const [agencies, engineers] = [
      await exported(page, '消防技术服务机构名录'),
      await exported(page, '注册消防工程师名录'),
    ];
    const edited = JSON.parse(agencies);
    edited.agencies[1].phone = '0319-5550002';
    edited.agencies.push({ name: AGENCY, services: ['消防安全评估'], 未来字段: 7 });
    const merge = await choose(page, await write(folder, 'agencies.json', edited), '导入消防技术服务机构名录');
    assert.deepEqual(await counts(merge), { 新增: 1, 变更: 1, 不变: 11, 停用: 0, 移除: 0, 有误的行: 0 });
    await merge.byRole('button', '导入：新增 1，变更 1').click();
    await merge.waitGone();
    const after = JSON.parse(await exported(page, '消防技术服务机构名录')).agencies;
    assert.deepEqual(after[12].未来字段, 7);
    assert.equal(after[1].phone, '0319-5550002');

    const rest = JSON.parse(engineers);
    rest.engineers.length = 38;
    const replace = await choose(page, await write(folder, 'engineers.json', rest), '导入注册消防工程师名录');
    await replace.byRole('button', '替换').click();
    await replace.byRole('button', '导入：移除 2').click();
    await replace.waitGone();
    assert.equal(JSON.parse(await exported(page, '注册消防工程师名录')).engineers.length, 38);
    await page.assertQuiet();
  } finally {
    await removeFolder(folder);
  }
}, ONE);
