// The turn of the year: the next one begins beside the running one, and January is drawn in
// December. A workbook of version 1 opens.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contrastFaults, layoutFaults, sheetFaults, structureFaults } from './audit.mjs';
import { BROWSERS, ROOT, journey } from './harness.mjs';
import { NOW, approvePlan, backup, drawMonth, freezePlan, moveDemoTo, openDemo, openWorkbook, saved } from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

journey('the next year is begun in November, planned and drawn beside the running one', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await drawMonth(page, '2026-12', '演示全年');
  await approvePlan(page);
  await page.goto('#/plan');
  await page.byRole('heading', '年度计划').wait();
  assert.equal(await page.byRole('button', '开始 2027 年度').count(), 0, 'not before November');

  await moveDemoTo(page, '2026-12-01');
  await page.goto('#/home');
  await page.byRole('region', '今天要办').wait();
  await page.waitForText('开始 2027 年度');
  await page.goto('#/plan');
  await page.byRole('button', '开始 2027 年度').click();
  const dialog = page.byRole('dialog', '开始 2027 年度');
  assert.doesNotMatch(await dialog.text(), /\(\)/);
  await dialog.byRole('button', '开始 2027 年度').click();
  await dialog.waitGone();
  await page.byRole('group', '年度').byRole('button', /2027/).wait();
  assert.equal(await page.hash(), '#/plan/2027');
  await page.byRole('button', '冻结计划').click();
  const freezing = page.byRole('dialog', '冻结计划');
  await freezing.byRole('textbox', '批准人').fill('大队长');
  await freezing.byRole('button', '冻结计划').click();
  await page.waitForText('第 1 版 执行中');
  await page.byRole('group', '年度').byRole('button', /2026/).click();
  await page.until('the running year’s plan', () => location.hash === '#/plan/2026');
  await page.waitForText('第 1 版 执行中');

  // Its January in December's window; December's own visits are still to be made.
  await moveDemoTo(page, '2026-12-30');
  await drawMonth(page, '2027-01');
  const { years } = JSON.parse((await backup(page)).text);
  assert.deepEqual(years.map(({ year }) => year), [2026, 2027]);
  const [december, january] = years.map(({ draws }) => draws[0]);
  assert.deepEqual([december, january].map(({ month, number }) => [month, number]), [['2026-12', 1], ['2027-01', 1]]);
  assert.deepEqual(january.sizes.carried ?? [], [], 'nothing is carried past December');
  assert.ok(years[0].visits.length > 10 && years[1].visits.length > 10);
  const [coming] = Object.entries(december.drawn.plan.visits).filter(([, visit]) => visit.day >= '2026-12-30');
  await page.goto(`#/month/2026-12?unit=${coming[0]}`);
  await page.byRole('button', '登记检查').first().wait();
  await page.byRole('button', '下一月').click();
  await page.until('January of the next year', () => location.hash.startsWith('#/month/2027-01'));

  // Of two draws with one number the address names the year.
  await page.goto('#/verify/2027-01');
  await page.waitForText(/(\d+) 项核对，\1 项通过/);
  await page.waitForText(/2027\s*年\s*1\s*月/);
  await page.assertQuiet();
}, ONE);

journey('the year in the top bar is a menu of the years, and the way into the next one', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  const button = page.byRole('button', '2026 年度');
  await button.waitAttribute('aria-expanded', 'false');
  await button.click();
  await page.byRole('menu', '2026 年度').wait();
  await button.waitAttribute('aria-expanded', 'true');
  await page.byRole('menuitemradio', /2026 年度 计划还没有冻结，不能抽取 草案/).waitAttribute('aria-checked', 'true');
  for (const check of [structureFaults, contrastFaults]) assert.deepEqual(await page.evaluate(check), []);
  // Before November the next year is named, and from when on it can be begun.
  const early = page.byRole('menuitem', '开始 2027 年度… 2026年11月起可以开始');
  await early.waitAttribute('aria-disabled', 'true');
  await early.focus();
  await page.press('Enter');
  assert.equal(await page.byRole('dialog', '开始 2027 年度').count(), 0);
  await page.press('Escape');
  await page.byRole('menu', '2026 年度').waitGone();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'year-button');

  await freezePlan(page);
  await moveDemoTo(page, '2026-11-02');
  await button.focus();
  await page.press('ArrowUp');
  await page.until('the last line', () => document.activeElement.getAttribute('role') === 'menuitem');
  await page.press('Enter');
  const dialog = page.byRole('dialog', '开始 2027 年度');
  await dialog.byRole('button', '开始 2027 年度').click();
  await dialog.waitGone();
  assert.equal(await page.hash(), '#/plan/2027');

  // A page shows one year: this one the next, the workbench the running one.
  await page.byRole('button', '2027 年度').first().wait();
  await page.goto('#/home');
  await button.focus();
  await page.press('ArrowDown');
  // The button says 2026 too.
  await page.until('the first line', () => document.activeElement.matches('#year-list *') && document.activeElement.textContent.includes('2026'));
  await page.byRole('menuitemradio', /2026 年度 还有 \d+ 个工作日，待查 0 户 进行中/).wait();
  await page.press('ArrowDown');
  await page.press('Enter');
  await page.until('the next year’s plan', () => location.hash === '#/plan/2027');
  await page.byRole('menu', '2026 年度').waitGone();
  await page.byRole('button', 'English').click();
  await page.byRole('button', '2027').first().click();
  await page.byRole('menuitem', 'Begin 2028… From November 2027 on').wait();
  await page.byRole('button', 'Light or dark').click();
  await page.byRole('button', '2027').first().click();
  await page.byRole('menu', '2027').wait();
  for (const check of [structureFaults, contrastFaults]) assert.deepEqual(await page.evaluate(check), []);
  await page.byRole('heading', 'Annual plan').click();
  await page.byRole('menu', '2027').waitGone();

  // A telephone: nothing moves sideways.
  await page.setViewport({ width: 390, height: 844 });
  await page.byRole('button', '2027').first().click();
  await page.byRole('menu', '2027').wait();
  await page.until('all within the window', () => document.documentElement.scrollWidth <= innerWidth
    && [...document.querySelectorAll('#year-list *, .top-bar *')].every((it) => it.getBoundingClientRect().right <= innerWidth + 1));
  await page.assertQuiet();
}, ONE);

/** The demo with December drawn, the next year begun and its plan frozen; on 23 December. */
async function atTheTurn(page) {
  await openDemo(page);
  await freezePlan(page);
  await drawMonth(page, '2026-12', '演示全年');
  await moveDemoTo(page, '2026-12-01');
  await page.goto('#/plan');
  await page.byRole('button', '开始 2027 年度').click();
  const starting = page.byRole('dialog', '开始 2027 年度');
  await starting.byRole('button', '开始 2027 年度').click();
  await starting.waitGone();
}

journey('with two years open the workbench shows what waits in both', async ({ open }) => {
  const page = await open({ now: NOW });
  await atTheTurn(page);
  await page.goto('#/home');
  const due = page.byRole('region', '今天要办');
  await due.wait();
  assert.match(await due.text(), /两个年度的都在这里/);
  assert.match(await due.text(), /冻结 2027 年度计划\s*2027/);
  const next = page.byRole('region', '2027 年度');
  await page.waitForText('满六个月才可查');
  const words = await next.text();
  assert.match(words, /草案/);
  assert.match(words, /2412 户，全年 \d+ 户次/);
  assert.match(words, /额度 \d+ 户，容量 \d+ 户；抽取编号从 01 起/);
  // All of December's visits are still to come on the first of the month, and free in June or July.
  const [, pending] = words.match(/12 月待查\s*(\d+) 户/);
  const [, carried] = words.match(/待查的 (\d+) 户/);
  assert.equal(pending, carried);
  assert.match(words, /[67] 月起 \d+ 户/);
  assert.match(words, /2027年未导入/);
  await next.byRole('link', '打开 2027 年度').click();
  await page.until('the next year’s plan', () => location.hash === '#/plan/2027');
  await page.byRole('button', '冻结计划').click();
  const freezing = page.byRole('dialog', '冻结计划');
  await freezing.byRole('textbox', '批准人').fill('大队长');
  await freezing.byRole('button', '冻结计划').click();
  await page.waitForText('第 1 版 执行中');
  await moveDemoTo(page, '2026-12-30');
  await page.goto('#/home');
  await due.wait();
  assert.match(await due.text(), /抽取 1 月任务\s*2027/);
  await next.wait();
  assert.match(await next.text(), /计划已冻结/);
  await page.assertQuiet();
}, ONE);

journey('a year that is over is closed with its statement, archived and read', async ({ open }) => {
  const page = await open({ now: NOW });
  await atTheTurn(page);
  await moveDemoTo(page, '2027-01-04');
  await page.goto('#/home');
  const due = page.byRole('region', '今天要办');
  await due.wait();
  assert.match(await due.text(), /随时\s*结束 2026 年度/);
  await page.goto('#/plan/2026');
  await page.byRole('button', '结束 2026 年度').click();
  const dialog = page.byRole('dialog', '结束 2026 年度');
  assert.match(await dialog.text(), /漏登的检查先补录/);
  await dialog.byRole('textbox', '批准人').fill('大队长');
  await dialog.byRole('button', '结束 2026 年度').click();
  await dialog.byRole('alert').wait();
  await dialog.byRole('textbox', /^说明/).fill('全年只抽了十二月');
  await dialog.byRole('button', '结束 2026 年度').click();
  await dialog.waitGone();

  const statement = page.byRole('region', '2026 年度结论');
  await statement.wait();
  const words = await statement.text();
  assert.match(words, /没有守住底线：.*一般单位/);
  assert.match(words, /说明：全年只抽了十二月/);
  const [, unmade] = words.match(/(\d+) 户次未查/);
  const [unit] = words.match(/NG-\d{5}/);
  assert.equal(await statement.byRole('listitem').count(), Number(unmade));
  assert.match(await page.text(), /已结束/);
  for (const check of [structureFaults, contrastFaults, layoutFaults]) assert.deepEqual(await page.evaluate(check), []);
  assert.equal(await page.byRole('button', '冻结计划').count(), 0);
  // The statement is published, without what the brigade wrote to it for itself.
  await page.goto('#/publish/2026-statement');
  await page.byRole('link', /年度自我声明.*待公示/).wait();
  const seen = await page.byRole('region', '公众所见').text();
  assert.match(seen, /2026年度“双随机、一公开”消防监督抽查自我声明/);
  assert.match(seen, /没有守住底线/);
  assert.ok(!seen.includes('全年只抽了十二月'));
  for (const check of [structureFaults, contrastFaults, layoutFaults]) assert.deepEqual(await page.evaluate(check), []);
  await page.byRole('button', '登记已公示').click();
  const noted = page.byRole('dialog', /^登记已公示：年度自我声明/);
  await noted.byRole('textbox', '公布在哪里').fill('南宫市政府网站');
  await noted.byRole('button', '登记已公示').click();
  await noted.waitGone();
  await page.byRole('link', /年度自我声明.*已公示/).wait();
  await page.goto('#/plan/2026');
  await statement.wait();
  await page.byRole('button', '草案').click();
  assert.equal(await page.byRole('button', '冻结计划').count(), 0, 'the draft is only read');
  const paper = await page.evaluate(() => document.querySelector('.paper').textContent);
  assert.match(paper, /2026 年度结论/);
  assert.ok(paper.includes(`抽中未查的 ${unmade} 户次（抽取编号、单位）`));
  // Statement, names and plan are one bundle of numbered sheets.
  await page.media('print');
  assert.deepEqual(await page.evaluate(sheetFaults), []);
  const sheets = await page.evaluate(() => document.querySelectorAll('.sheet').length);
  const pdf = await readFile(await page.pdf(join(ROOT, 'target/e2e/closed-year.pdf')), 'latin1');
  assert.equal(pdf.match(/\/Type \/Page\b/g).length, sheets, 'a sheet is a page, and nothing else is');
  await page.media('screen');
  // A visit that was not made is so for ever.
  await page.goto(`#/month/2026-12?unit=${unit}`);
  await page.waitForText('2026 年度已结束');
  assert.equal(await page.byRole('button', '登记检查').count(), 0);
  assert.equal(await page.byRole('button', /成批登记|全部登记|登记/).count(), 0);

  await page.goto('#/plan/2026');
  const path = await page.download(() => page.byRole('button', '归档 2026 年度').click());
  const file = JSON.parse(await readFile(path, 'utf8'));
  assert.equal(file.format, 'double-random/archive');
  assert.deepEqual(file.years.map(({ year, closed }) => [year, closed.note]), [[2026, '全年只抽了十二月']]);

  // Read only, beside the workbook: nothing is stored, and leaving brings the workbook back.
  await saved(page);
  const keep = () => page.evaluate(() => JSON.stringify(Object.entries(localStorage)
    .filter(([key]) => !key.includes('.meta.')).sort()));
  const before = await keep();
  const read = async () => {
    await page.goto('#/settings/backup');
    await page.byRole('file', '打开备份').upload(path);
    const opening = page.byRole('dialog', '打开归档');
    await opening.byRole('button', /^只读打开/).click();
    await opening.waitGone();
    await page.waitForText('归档 2026 年度，只读');
  };
  await read();
  assert.equal(await page.hash(), '#/plan/2026');
  await statement.wait();
  assert.equal(await page.byRole('button', '归档 2026 年度').count(), 0);
  await page.byRole('button', '2026 年度').click();
  await page.byRole('menu', '2026 年度').wait();
  assert.equal(await page.byRole('menuitem').count(), 0, 'no next year in an archive');
  for (const check of [structureFaults, contrastFaults, layoutFaults]) assert.deepEqual(await page.evaluate(check), []);
  await page.press('Escape');
  await page.goto('#/officers');
  await page.byRole('button', '新增人员').click();
  const drawer = page.byRole('dialog', '新增人员');
  await drawer.byRole('textbox', '姓名').fill('王芳');
  await drawer.byRole('button', '保存').click();
  await page.waitForText('这是 2026 年度的归档，只能看，不能改');
  await page.press('Escape');
  await page.goto('#/settings/leave');
  await page.waitForText('归档里没有可以设置的');
  await page.goto('#/verify/2026-01');
  await page.waitForText(/(\d+) 项核对，\1 项通过/);
  await page.goto('#/home');
  await page.waitForText('归档 2026 年度，只读');
  assert.equal(await keep(), before, 'nothing of the archive is stored');
  await page.byRole('button', '离开归档').click();
  await page.waitForNoText('归档 2026 年度，只读');
  await page.byRole('region', '2027 年度').waitGone();
  await page.byRole('button', '2027 年度').click();
  await page.byRole('menuitemradio', /2026 年度 .*已结束/).wait();
  await page.press('Escape');
  await read();
  await page.reload();
  await page.waitForNoText('归档 2026 年度，只读');
  await page.byRole('group', '年度').byRole('button', '2027 年度').wait();
  assert.equal(await keep(), before);
  await page.assertQuiet();
}, ONE);

/** UTF-16 units that the saves of the workbook take in the store. */
const storedUnits = (page) => page.evaluate(() => Object.entries(localStorage)
  .filter(([key]) => !key.includes('.meta.'))
  .reduce((sum, [key, value]) => sum + key.length + value.length, 0));

journey('an archived year is taken out, and the next goes on as if it were there', async ({ open }) => {
  const page = await open({ now: NOW });
  await atTheTurn(page);
  await page.byRole('button', '冻结计划').click();
  const freezing = page.byRole('dialog', '冻结计划');
  await freezing.byRole('textbox', '批准人').fill('大队长');
  await freezing.byRole('button', '冻结计划').click();
  await page.waitForText('第 1 版 执行中');
  await moveDemoTo(page, '2026-12-30');
  await drawMonth(page, '2027-01');
  await page.goto('#/month/2026-12');
  await page.byRole('button', '演示：登记全月').click();
  await page.byRole('button', '演示：登记全月').waitGone();
  await moveDemoTo(page, '2027-01-04');
  await page.goto('#/plan/2026');
  await page.byRole('button', '结束 2026 年度').click();
  const closing = page.byRole('dialog', '结束 2026 年度');
  await closing.byRole('textbox', '批准人').fill('大队长');
  await closing.byRole('textbox', /^说明/).fill('全年只抽了十二月');
  await closing.byRole('button', '结束 2026 年度').click();
  await closing.waitGone();
  await page.byRole('button', '归档 2026 年度').wait();
  assert.equal(await page.byRole('button', '移出 2026 年度').count(), 0, 'January, frozen in December, still looks back');
  await moveDemoTo(page, '2027-01-28');
  await drawMonth(page, '2027-02');
  await page.goto('#/verify/2027-01');
  await page.waitForText(/(\d+) 项核对，\1 项通过/);
  await page.goto('#/plan/2026');
  const { path: old, text } = await backup(page);
  const before = JSON.parse(text);
  await saved(page);
  const whole = await storedUnits(page);

  // The archive first; then the years leave.
  await page.byRole('button', '移出 2026 年度').click();
  const dialog = page.byRole('dialog', '移出 2026 年度');
  assert.match(await dialog.text(), /以后只能在归档文件里看，不能撤销/);
  assert.match(await dialog.text(), /移出 1 次抽取、\d+ 户次检查/);
  for (const check of [structureFaults, contrastFaults]) assert.deepEqual(await page.evaluate(check), []);
  await dialog.byRole('textbox', '批准人').fill('大队长');
  await dialog.byRole('textbox', '原因').fill('一年的抽取已另存');
  await dialog.byRole('button', '移出 2026 年度').click();
  await dialog.byRole('alert').wait();
  assert.match(await dialog.text(), /先保存归档文件，确认已经存好，再移出/);
  const path = await page.download(() => dialog.byRole('button', '保存归档文件').click());
  await page.waitForText(/已交给浏览器下载：.*2026年度归档/);
  await dialog.byRole('checkbox', /^归档文件已存好/).check();
  await dialog.byRole('button', '移出 2026 年度').click();
  await dialog.waitGone();
  await page.until('the year that is kept', () => location.hash === '#/plan/2027');
  assert.equal(await page.byRole('group', '年度').count(), 0, 'one year is left');
  const archive = await readFile(path);
  assert.equal(JSON.parse(archive).format, 'double-random/archive');

  await page.byRole('button', '2027 年度').click();
  await page.byRole('menu', '2027 年度').wait();
  const gone = page.byRole('menuitem', '2026 年度 2027-01-28 移出，只在归档文件里 已移出');
  await gone.wait();
  for (const check of [structureFaults, contrastFaults]) assert.deepEqual(await page.evaluate(check), []);
  await gone.click();
  await page.until('where files are opened', () => location.hash === '#/settings/backup');
  await page.goto('#/trail');
  await page.waitForText('链条完整');
  await page.waitForText('移出已归档年度');
  const after = JSON.parse((await backup(page)).text);
  assert.deepEqual(after.years, before.years.slice(1), 'the year kept is byte for byte what it was');
  const [{ archive: noted, draws }] = after.taken_out.years;
  assert.equal(noted.hash, createHash('sha256').update(archive).digest('hex'));
  assert.equal(draws[0].certificate, before.years[0].draws[0].drawn.certificate);
  const made = before.years[0].visits.filter((visit) => visit.made);
  const unit = ({ units }, id) => units.find((unit) => unit.id === id);
  assert.ok(made.length > 10);
  for (const { id, made: { date } } of made) assert.ok(unit(after, id.unit).inspections.some((it) => it.date === date));

  // The certificate of the first draw kept verifies, its register changes among the rest.
  await page.goto('#/verify/2027-01');
  await page.waitForText(/(\d+) 项核对，\1 项通过/);

  // The archive is read beside the workbook that lacks the year.
  await page.goto('#/settings/backup');
  await page.byRole('file', '打开备份').upload(path);
  const opening = page.byRole('dialog', '打开归档');
  assert.match(await opening.text(), /归档里的抽取与移出时记下的一致/);
  await opening.byRole('button', /^只读打开/).click();
  await opening.waitGone();
  await page.waitForText('归档 2026 年度，只读');
  await page.goto('#/month/2026-12');
  await page.byRole('grid', '排期配人').wait();
  const visits = await page.byRole('grid', '排期配人').text();
  assert.ok(made.some(({ id, made: { date } }) => visits.includes(unit(after, id.unit).name) && date.startsWith('2026-12')));
  assert.match(visits, /已检查/);
  await page.goto('#/verify/2026-01');
  await page.waitForText(/(\d+) 项核对，\1 项通过/);
  await page.goto('#/home');
  await page.byRole('button', '离开归档').click();
  await page.waitForNoText('归档 2026 年度，只读');

  // The next month is drawn, and both generations of the store are smaller.
  await moveDemoTo(page, '2027-02-25');
  await page.until('a smaller store', (limit) => Object.entries(localStorage)
    .filter(([key]) => !key.includes('.meta.'))
    .reduce((sum, [key, value]) => sum + key.length + value.length, 0) < limit, whole * 0.9);
  await drawMonth(page, '2027-03');
  await page.reload();
  await page.byRole('grid', '排期配人').wait();
  await page.goto('#/verify/2027-03');
  await page.waitForText(/(\d+) 项核对，\1 项通过/);

  // A backup from before, with the year still in it, cannot undo what was drawn since.
  await page.goto('#/settings/backup');
  await page.byRole('file', '打开备份').upload(old);
  const undoing = page.byRole('dialog', '打开工作簿');
  assert.match(await undoing.text(), /2027（2026 已移出）\s*2026–2027/);
  await undoing.byRole('button', /^打开 /).click();
  await page.waitForText(/这里已有第 3 号抽取，要打开的这一份没有/);
  await page.assertQuiet();
}, ONE);

journey('a workbook of version 1 opens with its draws and visits', async ({ open }) => {
  const page = await open({ now: '2026-02-20T09:00' });
  await openWorkbook(page, join(ROOT, 'tests/data/workbook-v1.json'));
  await page.goto('#/month/2026-02');
  await page.byRole('grid', '排期配人').wait();
  await page.goto('#/verify/2');
  await page.waitForText(/(\d+) 项核对，\1 项通过/);
  await page.goto('#/month/2026-02');
  await page.byRole('grid', '排期配人').wait();
  const { version, years } = JSON.parse((await backup(page)).text);
  assert.equal(version, 2);
  assert.ok(years[0].visits.filter(({ made }) => made).length > 3);
  await page.assertQuiet();
}, ONE);
