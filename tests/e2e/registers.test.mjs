// The registers: lists, filters, records, and what changes them.

import assert from 'node:assert/strict';
import { BROWSERS, journey } from './harness.mjs';
import { NOW, backup, drawMonth, freezePlan, goTo, moveDemoTo, openDemo, saved } from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

/** The cells of the rows that are on the page. */
function rows(page) {
  return page.evaluate(() => [...document.querySelectorAll('table[role=grid] tbody tr.is-row')]
    .map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
}

/** The line below the list: how many there are. */
async function total(page) {
  const words = await page.css('.list-foot').text();
  return Number(words.match(/共 (\d+) [行项]/)[1]);
}

/** Waits until the list has this many rows. */
function untilTotal(page, count) {
  return page.waitForText(new RegExp(`共 ${count} [行项]`));
}

/** The place to which the list is scrolled. */
function scrolled(page) {
  return page.evaluate(() => document.querySelector('.table-frame').scrollTop);
}

journey('units: search, filters, views and order', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await goTo(page, '单位');
  assert.equal(await total(page), 2412);
  const find = page.byRole('searchbox', '名称、信用代码、地址、责任人');
  await find.fill('药房');
  await page.until('only such units are listed', () =>
    [...document.querySelectorAll('tr.is-row')].every((row) => row.innerText.includes('药房')));
  const found = await total(page);
  assert.ok(found > 0 && found < 300);
  assert.match(await page.hash(), /q=%E8%8D%AF%E6%88%BF/);
  await find.fill('没有这样的单位');
  await page.waitForText('没有符合条件的记录。');
  await page.byRole('button', /去掉条件：含“没有这样的单位”/).click();
  await untilTotal(page, 2412);

  // A filter is a chip, stands in the address, and narrows what is listed.
  await page.byRole('button', '筛选').click();
  await page.byRole('checkbox', /^A 人员密集重点/).check();
  await page.byRole('checkbox', '红 重大风险').check();
  await page.press('Escape');
  await page.until('only A and red', () => [...document.querySelectorAll('tr.is-row')]
    .every((row) => row.cells[1].innerText.trim() === 'A' && row.cells[2].innerText.includes('红')));
  const narrow = await total(page);
  assert.ok(narrow > 0 && narrow < 180);
  assert.match(await page.hash(), /stratum=A/);
  await page.reload();
  await untilTotal(page, narrow);
  await page.byRole('button', /去掉条件：风险等级/).click();
  await page.byRole('button', /去掉条件：层/).click();
  await untilTotal(page, 2412);

  // Saved views say how many they hold, and hold as many.
  for (const view of [/^信息不全 (\d+)$/, /^半年内不可抽 (\d+)$/, /^多次投诉 (\d+)$/]) {
    const tab = page.byRole('button', view);
    const count = Number((await tab.text()).match(/\d+/)[0]);
    await tab.click();
    if (count) await untilTotal(page, count);
    else await page.waitForText('这个范围里没有记录。');
  }
  await page.byRole('button', /^全部 2412$/).click();

  // Order by a column: up, down, and it stays over a reload.
  await page.byRole('button', '级').click();
  const levels = async () => (await rows(page)).map((cells) => Number(cells[3]));
  const up = await levels();
  assert.deepEqual(up, [...up].sort((a, b) => a - b));
  await page.byRole('button', /^级/).click();
  await page.until('from the largest down', () =>
    document.querySelector('th[aria-sort=descending]') !== null);
  const down = await levels();
  assert.deepEqual(down, [...down].sort((a, b) => b - a));
  assert.ok(down[0] > up[0]);
  await page.reload();
  await page.byRole('grid', '单位').wait();
  assert.deepEqual(await levels(), down);
  await page.assertQuiet();
}, ONE);

journey('units stand by the sound of their names, and one that is renamed moves at once', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/units/NG-00012?sort=name');
  const names = async () => (await rows(page)).map(([name]) => name);
  const before = await names();
  assert.ok(before.length > 10);
  // The browser's own sounds: another version may read a character otherwise.
  assert.deepEqual(before, await page.evaluate((names) => {
    const sounds = new Intl.Collator('zh-CN').compare;
    const byCharacter = (a, b) => {
      const orders = [...a].map((character, at) => sounds(character, [...b][at] ?? ''));
      return orders.find((order) => order !== 0) ?? a.length - b.length;
    };
    return [...names].sort(byCharacter);
  }, before));

  // Renamed before any order of the new version was worked out; 阿 is the first sound there is.
  const name = page.byRole('dialog', /^编辑 /).byRole('textbox', '单位名称');
  const own = await page.css('.detail-panel h2').text();
  await page.byRole('button', '编辑').click();
  await name.fill('阿阿阿旅店');
  await page.byRole('dialog', /^编辑 /).byRole('button', '保存').click();
  await page.until('it is the first', () => document.querySelector('tr.is-row')?.cells[0].innerText.includes('阿阿阿旅店'));
  // How many rows stand in the page depends on where the list was scrolled.
  const isAlike = (now, then) => {
    const count = Math.min(now.length, then.length);
    assert.ok(count > 10);
    assert.deepEqual(now.slice(0, count), then.slice(0, count));
  };
  isAlike((await names()).slice(1), before.filter((other) => other !== own));
  await page.byRole('button', '撤销').click();
  await page.byRole('heading', own).wait();
  // The list follows its record; the others stand as they did.
  await page.evaluate(() => { document.querySelector('.table-frame').scrollTop = 0; });
  await page.until('the first stands first again', (first) =>
    document.querySelector('tr.is-row')?.cells[0].innerText.trim() === first, before[0]);
  isAlike(await names(), before);
  await page.assertQuiet();
}, ONE);

journey('units: a record is opened by key and pointer, and Back finds the place again', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await goTo(page, '单位');
  // A key that comes before the rows leads nowhere.
  await page.waitForText('共 2412 行');
  await saved(page);
  const grid = page.byRole('grid', '单位');
  await grid.focus();
  // All at once, as held keys come: none waits until the address has followed the one before.
  await page.evaluate(() => {
    for (let step = 0; step < 3; step++) {
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
    }
  });
  await page.press('Enter');
  const name = (await rows(page))[2][0];
  await page.byRole('heading', name).wait();
  assert.match(await page.hash(), /#\/units\/NG-00003/);
  assert.ok(await page.evaluate(() => document.activeElement.matches('[data-detail]')), 'Enter leads into the record');
  await page.press('Escape');
  await page.byRole('heading', name).waitGone();

  // Far down the list, one is clicked; another page, and Back.
  await page.evaluate(() => { document.querySelector('.table-frame').scrollTop = 29 * 1500; });
  await page.until('the rows there are drawn', () => document.querySelector('tr.is-row').rowIndex >= 0
    && [...document.querySelectorAll('tr.is-row')].some((row) => row.getAttribute('aria-rowindex') > 1490));
  const [row] = (await page.evaluate(() => [...document.querySelectorAll('tr.is-row')]
    .filter((e) => { const b = e.getBoundingClientRect(); return b.top > 300 && b.bottom < 600; })
    .map((e) => e.cells[0].innerText.trim())));
  await page.byRole('row', new RegExp(`^${row} `)).click();
  await page.byRole('heading', row).wait();
  const [before, address] = [await scrolled(page), await page.hash()];
  assert.ok(before > 20_000);
  await goTo(page, '执法人员');
  await page.evaluate(() => history.back());
  await page.byRole('heading', row).wait();
  assert.equal(await page.hash(), address);
  await page.until('the list stands where it stood', (place) =>
    Math.abs(document.querySelector('.table-frame').scrollTop - place) < 2, before);
  assert.match(await page.css('tr[aria-selected=true]').text(), new RegExp(row), 'and just this one is chosen');
  await page.assertQuiet();
}, ONE);

journey('a unit is edited; a wrong check digit says where and what mends it', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/units/NG-00012');
  await page.byRole('button', '编辑').click();
  const drawer = page.byRole('dialog', /^编辑 /);
  const code = drawer.byRole('textbox', '统一社会信用代码');
  await code.fill('92130581MA0CWX2K9X');
  await drawer.byRole('button', '保存').click();
  await page.waitForText(/校验.*(第 18 位|末位|最后一位)/);
  await code.waitAttribute('aria-invalid', 'true');
  await page.waitForText('1 处要改正');
  await code.fill('92130581MA0CWX2K9Y');
  await page.waitForText('校验无误。');
  await drawer.byRole('textbox', '联系电话').fill('0319-5550000');
  await drawer.byRole('button', '保存').click();
  await drawer.waitGone();
  await page.waitForText('0319-5550000');
  await page.byRole('button', '撤销').click();
  await page.waitForNoText('0319-5550000');
  await page.goto('#/trail');
  await page.waitForText('修改单位');
  await page.assertQuiet();
}, ONE);

journey('a card shows its own history, which leads into the trail kept to it', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/units/NG-00012');
  const card = page.byRole('complementary', '单位');
  const name = await card.byRole('heading').first().text();
  await page.waitForText('操作记录里还没有这条记录的改动。');
  await page.byRole('button', '编辑').click();
  let drawer = page.byRole('dialog', /^编辑 /);
  await drawer.byRole('combobox', '风险等级').select('红 重大风险');
  await drawer.byRole('button', '保存').click();
  await drawer.waitGone();
  await page.waitForText(/修改单位.*风险等级 .+ → 红/s);

  // A draw that chose a unit, and the visit entered, stand on its card.
  await freezePlan(page);
  await drawMonth(page, '2026-01');
  const chosen = JSON.parse((await backup(page)).text).years[0].visits[0].id.unit;
  await moveDemoTo(page, '2026-01-31');
  await page.goto('#/month/2026-01');
  await page.byRole('button', '演示：登记全月').click();
  await page.byRole('button', '演示：登记全月').waitGone();
  await page.goto(`#/units/${chosen}`);
  await page.waitForText(/批量登记检查.*抽取并排期/s);

  // What others did is not on it; its link keeps the trail to it, and the chip lets go.
  await page.goto('#/units/NG-00012');
  await page.byRole('link', /^在操作记录中看全部 \d+ 条$/).click();
  await page.byRole('heading', '操作记录').first().wait();
  assert.match(await page.hash(), /^#\/trail\?unit=NG-00012$/);
  await page.waitForText(`只看 ${name}`);
  const kept = await rows(page);
  assert.ok(kept.some((cells) => cells.includes('修改单位')) && !kept.some((cells) => cells.includes('冻结年度计划')));
  await page.byRole('button', `去掉条件：只看 ${name}`).click();
  await page.until('all entries are listed', () =>
    [...document.querySelectorAll('tr.is-row')].some((row) => row.innerText.includes('冻结年度计划')));
  assert.equal(await page.hash(), '#/trail');
  await page.assertQuiet();
}, ONE);

journey('a unit is retired with reason, evidence and approver, and comes back', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/units/NG-00020');
  await page.byRole('button', '停用').click();
  const dialog = page.byRole('dialog', /^停用 /);
  await page.until('the focus starts on the way out', () => document.activeElement.innerText === '取消');
  await dialog.byRole('textbox', '原因').fill('停业');
  await dialog.byRole('button', '停用').click();
  await dialog.byRole('textbox', '依据').waitAttribute('aria-invalid', 'true');
  await dialog.byRole('textbox', '批准人').waitAttribute('aria-invalid', 'true');
  await dialog.byRole('textbox', '依据').fill('两次到访记录');
  await dialog.byRole('textbox', '批准人').fill('鄢立群');
  await dialog.byRole('button', '停用').click();
  await page.waitForText('停业；依据：两次到访记录');
  await page.byRole('button', '全部 2411').wait();
  await page.byRole('navigation', '主导航').byRole('link', '单位 2411').wait();
  await page.byRole('button', '恢复').click();
  const back = page.byRole('dialog', /^恢复 /);
  await back.byRole('textbox', '原因').fill('恢复营业');
  await back.byRole('button', '恢复').click();
  await page.byRole('button', '全部 2412').wait();
  await page.assertQuiet();
}, ONE);

journey('a unit is withheld with reason and approver, draws under an alias, and the alias is found', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/units/NG-00020');
  const name = await page.byRole('complementary', '单位').byRole('heading').first().text();
  await page.byRole('button', '设为不公开').click();
  const dialog = page.byRole('dialog', /^把 .+ 设为不公开$/);
  await dialog.byRole('textbox', '原因').fill('涉密单位');
  await dialog.byRole('button', '设为不公开').click();
  await dialog.byRole('alert').wait();
  await dialog.byRole('textbox', '批准人').fill('鄢立群');
  await dialog.byRole('button', '设为不公开').click();
  await dialog.waitGone();
  await page.waitForText('起不公开，鄢立群批准');
  const alias = (await page.text()).match(/W-[0-9A-F]{20}/)[0];
  await page.goto('#/units');
  await page.byRole('searchbox', '名称、信用代码、地址、责任人').fill(alias);
  await page.waitForText('共 1 行');
  await page.waitForText(name);
  await page.goto('#/trail');
  await page.waitForText('设为不公开');
  await page.assertQuiet();
}, ONE);

journey('officers: added, on leave, keeping away, with a certificate that ends', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await goTo(page, '执法人员');
  assert.equal(await total(page), 14);
  await page.byRole('button', '新增人员').click();
  let drawer = page.byRole('dialog', '新增人员');
  await drawer.byRole('button', '保存').click();
  await page.waitForText('此项必填。');
  await drawer.byRole('textbox', '姓名').fill('柏思远');
  await drawer.byRole('textbox', '执法证号').fill('冀09130581099');
  await drawer.byRole('date', '执法证有效期至').fill('2026-02-10');
  await drawer.byRole('checkbox', '有主办资格').check();
  await drawer.byRole('button', '添加离岗').click();
  await drawer.byRole('date', '起').fill('2026-01-12');
  await drawer.byRole('date', '止').fill('2026-01-05');
  await drawer.byRole('button', '保存').click();
  await page.waitForText('止日早于起日。请改正日期。');
  await drawer.byRole('date', '止').fill('2026-01-16');
  await drawer.byRole('textbox', '批准人').fill('鄢立群');
  await drawer.byRole('textbox', '原因').fill('年休假');
  await drawer.byRole('button', '添加回避').click();
  await drawer.byRole('combobox', '单位编号或名称').fill('没有这家单位');
  await drawer.byRole('textbox', '关系').fill('配偶任职');
  await drawer.byRole('textbox', /^批准人（不能是本人）/).fill('鄢立群');
  await drawer.byRole('button', '保存').click();
  await page.waitForText('名录库里没有这个编号或名称。请从提示中选择。');
  await drawer.byRole('combobox', '单位编号或名称').fill('NG-00007');
  await drawer.byRole('button', '保存').click();
  await page.byRole('heading', '柏思远').wait();
  await page.waitForText('证件 60 天内到期，到期后的日期不再派任务。请安排换证。');
  await page.waitForText('2026-01-12 至 2026-01-16');
  await page.waitForText('配偶任职');
  await page.byRole('button', /^证件 60 天内到期 \d+$/).click();
  await page.until('the officer is among them', () =>
    [...document.querySelectorAll('tr.is-row')].some((row) => row.innerText.includes('柏思远')));
  await moveDemoTo(page, '2026-02-11');
  await page.goto('#/home');
  await page.waitForText(/柏思远的执法证 2026-02-10到期/);
  await page.byRole('link', '查看').first().wait();

  // Who leaves stays in the register, and is given no visits.
  await page.goto('#/officers/P15');
  await page.byRole('button', '离队').click();
  drawer = page.byRole('dialog', / 离队$/);
  await drawer.byRole('button', '离队').click();
  await page.waitForText('必须写明原因或出处，它会留在操作记录里。');
  await drawer.byRole('textbox', '原因').fill('调往支队');
  await drawer.byRole('textbox', '批准人').fill('鄢立群');
  await drawer.byRole('button', '离队').click();
  await drawer.waitGone();
  await page.byRole('button', '已离队 1').wait();
  await page.byRole('navigation', '主导航').byRole('link', '执法人员 14').wait();
  await page.assertQuiet();
}, ONE);

journey('items: added, edited, moved, and taken off with a reason', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await goTo(page, '事项清单');
  const count = await total(page);
  await page.byRole('button', '新增事项').click();
  let drawer = page.byRole('dialog', '新增事项');
  const first = (await rows(page))[0][0];
  await drawer.byRole('textbox', '编号').fill(first);
  await drawer.byRole('textbox', '事项名称').fill('电动自行车停放充电');
  await drawer.byRole('button', '保存').click();
  await page.waitForText('清单里已有这个编号。请另编一个。');
  await drawer.byRole('textbox', '编号').fill('LZ-99');
  await drawer.byRole('button', '保存').click();
  await page.byRole('heading', '电动自行车停放充电').wait();
  await untilTotal(page, count + 1);
  await page.byRole('button', '编辑').click();
  drawer = page.byRole('dialog', /^编辑事项 /);
  await drawer.byRole('textbox', '检查方式').fill('实地查看');
  await drawer.byRole('button', '保存').click();
  await page.waitForText('实地查看');

  // It moves up by one among its own, and back.
  const below = () => page.evaluate(() => {
    const ids = [...document.querySelectorAll('tr.is-row')].map((row) => row.cells[0].innerText.trim());
    return ids[ids.indexOf('LZ-99') + 1];
  });
  const before = await below();
  await page.byRole('button', '下移').waitDisabled();
  await page.byRole('button', '上移').click();
  await page.until('it moved', (id) => document.querySelector('tr[aria-selected=true]')
    .nextElementSibling.innerText.startsWith(id) === false, before);
  const above = await below();
  assert.notEqual(above, before);
  await page.byRole('button', '下移').click();
  await page.until('it moved back', (id) => document.querySelector('tr[aria-selected=true]')
    .previousElementSibling.innerText.startsWith(id), above);
  assert.equal(await below(), before);

  await page.byRole('button', '移出清单').click();
  const dialog = page.byRole('dialog', '移出事项 LZ-99');
  await dialog.byRole('button', '移出清单').click();
  await dialog.byRole('alert').byRole('paragraph').wait();
  await dialog.byRole('textbox', '原因').fill('并入第六项');
  await dialog.byRole('button', '移出清单').click();
  await untilTotal(page, count);
  await page.byRole('button', '撤销').click();
  await untilTotal(page, count + 1);
  const book = JSON.parse((await backup(page)).text);
  assert.deepEqual(book.trail.slice(-2).map((entry) => entry.action), ['remove_item', 'restore_item']);
  await page.assertQuiet();
}, ONE);
