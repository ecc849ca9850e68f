// The month: from an empty browser to the printed plan, the ceremony in all its kinds, and why a
// unit was drawn or not.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BROWSERS, ROOT, journey } from './harness.mjs';
import { newFolder, removeFolder } from './browsers.mjs';
import {
  NOW, approvePlan, backup, commit, draw, drawMonth, freezePlan, goTo, moveDemoTo, openDemo, openDraw, saved,
} from './steps.mjs';

/** All but the main journey run in the current browser alone. */
const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

/** Planned visits of a draw: unit, day, lead, member; in the order of the plan. */
function visitsOf(book, number) {
  const { visits } = book.years[0].draws.find((record) => record.number === number).drawn.plan;
  return Object.entries(visits).map(([unit, visit]) => ({ unit, ...visit }))
    .sort((a, b) => (a.day + a.unit < b.day + b.unit ? -1 : 1));
}

/** What the table of visits says, as far as it is on the page: headings and rows. */
function planLines(page) {
  return page.evaluate(() => [...document.querySelectorAll('table[role=grid] tbody tr')]
    .filter((row) => !row.classList.contains('spacer'))
    .map((row) => ({ isDay: row.classList.contains('is-day'), text: row.innerText })));
}

const numbers = (text) => (text.match(/\d+/g) ?? []).map(Number);

journey('the first month, from the first opening to another computer', async ({ open, browser }) => {
  const profile = await newFolder('profile');
  const page = await open({ now: NOW, profile });

  // The welcome page has three ways in, and nothing of a brigade.
  for (const way of ['打开备份', '看演示']) await page.byRole('region', way).wait();
  await page.byRole('form', '新建工作簿').wait();
  assert.equal(await page.byRole('navigation', '主导航').count(), 0);
  await openDemo(page);
  const navigation = page.byRole('navigation', '主导航');
  assert.equal(await navigation.byRole('link', '单位 2412').count(), 1);
  assert.equal(await navigation.byRole('link', '执法人员 14').count(), 1);
  await page.waitForText('演示数据，不能公示');

  // The plan is frozen before anything can be drawn.
  await goTo(page, '月度抽查').catch(() => {});
  await page.waitForText('年度计划还没有冻结');
  assert.equal(await page.byRole('button', '冻结名录，定额度').count(), 0);
  await page.byRole('link', '去年度计划').click();
  await page.byRole('region', '三层与底线').wait();
  await freezePlan(page);
  await page.waitForText('计划散列值');

  // January, inside its window.
  await navigation.byRole('link', '月度抽查').click();
  await page.byRole('heading', '1 月抽查').wait();
  await page.waitForText('抽取窗口 12月30日至12月31日，现在可以抽取');
  await openDraw(page, '2026-01');
  const sizes = await page.byRole('region', '各组额度').text();
  const [groups, planned] = numbers(sizes.match(/\d+ 组，共 \d+ 户/)[0]);
  assert.ok(groups >= 5 && planned >= 30, sizes.slice(0, 200));

  // The commitment is seen before the number exists.
  await page.byRole('radio', /本机随机数/).check();
  await commit(page);
  const pane = await page.byRole('region', '承诺码').text();
  const commitment = pane.replace(/\s/g, '').match(/[0-9a-f]{64}/)?.[0];
  assert.ok(commitment, pane);
  assert.match(pane, /大队公示栏/);
  assert.match(pane, /130581-202601-01/);
  await draw(page);

  // The plan stands by day, and the certificate beside it.
  const certificate = page.byRole('complementary', '抽取证书');
  const code = await certificate.text();
  assert.match(code, /130581-202601-01/);
  assert.ok(code.replace(/\s/g, '').includes(commitment.slice(0, 16)), 'the commitment shown before');
  const { path, text } = await backup(page);
  const book = JSON.parse(text);
  const visits = visitsOf(book, 1);
  assert.equal(book.years[0].draws[0].committed.hash, commitment);
  assert.equal(visits.length + book.years[0].draws[0].drawn.plan.set_aside.length, planned);
  const lines = await planLines(page);
  const first = visits[0].day;
  assert.ok(lines[0].isDay && lines[0].text.includes(`1月${Number(first.slice(8))}日`), lines[0].text);
  const nameOf = (id) => book.units.find((unit) => unit.id === id).name;
  const onFirst = visits.filter((visit) => visit.day === first);
  onFirst.forEach((visit, at) => assert.ok(lines[at + 1].text.includes(nameOf(visit.unit)), lines[at + 1].text));
  assert.ok(lines[onFirst.length + 1].isDay, 'the next day has a heading of its own');
  for (const { day, lead, member } of visits) {
    assert.match(day, /^2026-01-/);
    assert.notEqual(lead, member);
  }

  // Whether it is saved, and how old the backup is, stands in the top bar.
  await saved(page);
  await page.byRole('button', '备份 今天 09:10').wait();

  // On paper: every visit, the number, and places for signature and seal.
  const paper = await page.evaluate(() => document.querySelector('.paper').textContent);
  for (const { unit } of visits) assert.ok(paper.includes(nameOf(unit)), nameOf(unit));
  for (const words of ['大队主官审批意见', '签名', '单位公章', '130581-202601-01']) assert.ok(paper.includes(words), words);
  const sheets = await page.css('.paper .sheet').count();
  if (browser !== 'firefox') {
    const pdf = await readFile(await page.pdf(join(ROOT, `target/e2e/plan-${browser}.pdf`)), 'latin1');
    assert.equal(pdf.match(/\/Type \/Page\b/g).length, sheets, 'a sheet is a page, and nothing else is');
    const [, width, height] = pdf.match(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/).map(Number);
    assert.ok(Math.abs(width - 842) < 2 && Math.abs(height - 595) < 2, `${width} × ${height}: A4 lies on its side`);
  }

  // Closed and opened again, all is there.
  await page.reopen({ hash: '#/month/2026-01' });
  await page.byRole('grid', '排期配人').wait();
  assert.deepEqual(await planLines(page), lines);
  assert.equal((await backup(page)).text, text);

  // On another computer the file gives the same workbook, byte for byte.
  const other = await open({ now: NOW });
  await other.byRole('file', '选择文件').upload(path);
  await other.byRole('dialog', '打开工作簿').byRole('button', /^打开 南宫市消防救援大队 2026 年度/).click();
  await other.byRole('region', '今天要办').wait();
  // What is open stands in that file: the header knows it.
  await other.byRole('button', '备份 今天 09:10').wait();
  assert.equal((await backup(other)).text, text);
  await other.goto('#/month/2026-01');
  await other.byRole('grid', '排期配人').wait();
  assert.deepEqual(await planLines(other), lines);
  await page.assertQuiet();
  await other.assertQuiet();
  await removeFolder(profile);
}, { timeout: 240_000 });

journey('witnesses: who withholds is named, and nobody can break off any more', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await openDraw(page, '2026-01');
  await page.byRole('radio', /见证人报数/).check();
  await page.byRole('button', '添加见证人').click();
  const witnesses = [['束闻野', '604 182'], ['谭既明', '917 350']];
  for (const [at, [name, words]] of witnesses.entries()) {
    const row = page.byRole('group', `见证人 ${at + 1}`);
    await row.byRole('textbox', '姓名').fill(name);
    await row.byRole('textbox', '词语或骰子点数').fill(words);
  }
  await commit(page);
  await page.byRole('button', '中止抽取').waitDisabled();
  await page.waitForText('见证人已经承诺，只能完成');

  // Other words than those promised are refused, and nothing is drawn.
  await page.byRole('textbox', /^束闻野/).fill('604 183');
  await page.byRole('checkbox', /^谭既明/).check();
  await page.byRole('button', '抽取并排期').click();
  await page.waitForText(/束闻野.*不符|与承诺/);
  await page.byRole('textbox', /^束闻野/).fill('604 182');
  await draw(page);
  const pane = await page.byRole('complementary', '抽取证书').text();
  assert.match(pane, /束闻野/);
  assert.match(pane, /谭既明.*没有报数/, 'who withheld is named where everybody looks');
  const { text } = await backup(page);
  assert.deepEqual(JSON.parse(text).years[0].draws[0].drawn.missing, ['谭既明']);
  assert.ok(!text.includes('917 350'), 'words that were not revealed are kept nowhere');
  await page.assertQuiet();
}, ONE);

journey('the ceremony chooses nothing by itself, and keeps what was typed through language and Back', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await openDraw(page, '2026-01');
  await page.until('the focus is where the work goes on', () => document.activeElement.closest('[data-work]'));
  const act = page.byRole('button', '固定承诺');
  assert.equal(await page.css('input[name=entropy]:checked').count(), 0, 'no source beforehand');
  await act.waitDisabled();
  await page.waitForText('先选随机数从哪里来');
  await page.byRole('radio', /见证人报数/).check();
  const row = page.byRole('group', '见证人 1');
  await row.byRole('textbox', '姓名').fill('刘老师、孙群众');
  await row.byRole('textbox', '词语或骰子点数').fill('526');
  await row.byRole('button', '分成 2 行').click();
  const second = page.byRole('group', '见证人 2');
  assert.equal(await second.byRole('textbox', '姓名').value(), '孙群众');
  await second.byRole('textbox', '词语或骰子点数').fill('314');
  await page.byRole('textbox', '承诺码在哪里公布').fill('大队公示栏');

  // Another language, another page and Back: all that was typed is there.
  await page.byRole('button', 'English').click();
  await page.byRole('button', '中文').click();
  await page.goto('#/units');
  await page.byRole('heading', '单位').first().wait();
  await page.evaluate(() => history.back());
  await row.wait();
  assert.ok(await page.byRole('radio', /见证人报数/).isChecked());
  assert.equal(await row.byRole('textbox', '姓名').value(), '刘老师');
  assert.equal(await second.byRole('textbox', '词语或骰子点数').value(), '314');
  await page.byRole('textbox', '承诺码在哪里公布').press('Enter');

  // The same dice with blanks between; an empty line is no refusal.
  const drawing = page.byRole('button', '抽取并排期');
  await drawing.wait();
  await page.until('the focus went on', () => document.activeElement.closest('[data-work]'));
  await page.byRole('textbox', /^刘老师/).fill('5 2 6');
  await page.waitForText('还没有报数：孙群众');
  await drawing.waitDisabled();
  await page.byRole('textbox', /^孙群众/).fill('3-1-4');
  await page.goto('#/home');
  await page.evaluate(() => history.back());
  assert.equal(await page.byRole('textbox', /^刘老师/).value(), '5 2 6');
  await draw(page);
  await page.until('the focus went on', () => document.activeElement.closest('[data-work]'));
  const { text } = await backup(page);
  assert.deepEqual(JSON.parse(text).years[0].draws[0].drawn.missing ?? [], []);
  await page.assertQuiet();
}, ONE);

journey('witnesses: where nobody reveals, the draw is broken off as that', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await openDraw(page, '2026-01');
  await page.byRole('radio', /见证人报数/).check();
  const row = page.byRole('group', '见证人 1');
  await row.byRole('textbox', '姓名').fill('束闻野');
  await row.byRole('textbox', '词语或骰子点数').fill('604 182');
  await commit(page);
  assert.equal(await page.byRole('button', '中止：没有人报数').count(), 0);
  await page.byRole('checkbox', /^束闻野/).check();
  await page.byRole('button', '中止：没有人报数').click();
  const dialog = page.byRole('dialog', /中止/);
  await dialog.byRole('textbox', '原因').fill('见证人没有到场');
  await dialog.byRole('button', '中止抽取').click();
  await page.waitForText(/没有一位见证人报数\s+见证人没有到场/);
  // The number stays used; the month can be drawn under the next.
  await openDraw(page, '2026-01');
  await commit(page);
  await page.waitForText('第 2 号，第 1 号已中止');
  const { text } = await backup(page);
  const [{ draws }] = JSON.parse(text).years;
  assert.deepEqual(draws.map((one) => one.number), [1, 2]);
  assert.equal(draws[0].broken_off.nobody_revealed, true);
  await page.assertQuiet();
}, ONE);

journey('a public value: fixed beforehand, with what takes its place', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await openDraw(page, '2026-01');
  await page.byRole('radio', /公开数/).check();
  await page.byRole('textbox', '承诺码在哪里公布').fill('大队公示栏');
  await page.byRole('button', '固定承诺').click();
  await page.byRole('alert').byRole('paragraph').first().wait();
  await page.byRole('textbox', '来源').fill('福彩3D');
  await page.byRole('textbox', '期号').fill('2025350');
  await page.byRole('spinbutton', '公布的数共几位').fill('3');
  await page.byRole('date', '最早公布时间').fill('2025-12-30T21:15');
  await page.byRole('textbox', '备用来源').fill('排列三');
  await page.byRole('textbox', '备用期号').fill('25350');
  await page.byRole('spinbutton', '备用的数共几位').fill('3');
  await page.byRole('date', '备用接替时间').fill('2025-12-31T09:00');
  await commit(page);
  // Before the value can be known, the draw may still be broken off; after that, no more.
  await page.byRole('button', '中止抽取').waitDisabled(false);
  await moveDemoTo(page, '2025-12-31');
  await page.goto('#/home');
  await page.goto('#/month/2026-01');
  await page.waitForText('随机数可能已有人知道，只能完成');
  await page.waitForText('福彩3D 2025350');
  await page.byRole('checkbox', /首选来源没有按时公布/).check();
  await page.byRole('textbox', '公布的数').fill('');
  await page.byRole('button', '抽取并排期').click();
  await page.byRole('alert').byRole('paragraph').first().wait();
  // The one form in which the value counts is shown before the draw.
  await page.waitForText('首选来源的数 12月31日 09:00 之前已经公布的，仍然用它');
  await page.byRole('textbox', '公布的数').fill('５-0');
  await page.waitForText('将以这个写法抽取：50（2 位，应为 3 位）');
  await page.byRole('button', '抽取并排期').click();
  await page.waitForText('公开数应为 3 位，现为 2 位');
  await page.byRole('textbox', '公布的数').fill('５ 0 7');
  await page.waitForText('将以这个写法抽取：507（3 位，应为 3 位）');
  await draw(page);
  const { drawn } = JSON.parse((await backup(page)).text).years[0].draws[0];
  assert.equal(JSON.stringify(drawn.entropy).includes('排列三'), true);
  assert.equal(JSON.stringify(drawn.entropy).includes('"507"'), true);
  await page.assertQuiet();
}, ONE);

journey('outside the window a reason is asked for, and stands on record', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await moveDemoTo(page, '2026-01-05');
  await page.goto('#/month/2026-01');
  await page.waitForText('抽取窗口 12月30日至12月31日，已过');
  await page.byRole('button', '冻结名录，定额度').click();
  const dialog = page.byRole('dialog', '冻结名录，定额度');
  await dialog.byRole('button', '冻结名录，定额度').click();
  await page.waitForText(/原因/);
  assert.equal(await page.byRole('button', '固定承诺').count(), 0);
  await dialog.byRole('textbox', '不在窗口内抽取的原因').fill('元旦前系统检修');
  await dialog.byRole('button', '冻结名录，定额度').click();
  await page.waitForText('不在窗口期：元旦前系统检修');
  await commit(page);
  await draw(page);
  await page.waitForText('不在窗口期：元旦前系统检修');
  await page.goto('#/trail');
  await page.waitForText('元旦前系统检修');
  await page.assertQuiet();
}, ONE);

journey('a draw broken off keeps its number; a month that is drawn cannot be drawn again', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await openDraw(page, '2026-01');
  await page.byRole('button', '中止抽取').click();
  const dialog = page.byRole('dialog', '中止 1 月抽取');
  await dialog.byRole('textbox', '批准人').fill('');
  await dialog.byRole('button', '中止抽取').click();
  await dialog.byRole('alert').byRole('paragraph').wait();
  await dialog.byRole('textbox', '原因').fill('名录缺一家医院');
  await dialog.byRole('textbox', '批准人').fill('鄢立群');
  await dialog.byRole('button', '中止抽取').click();
  await page.waitForText('名录缺一家医院');
  await page.waitForText('130581-202601-01');
  await drawMonth(page, '2026-01');
  assert.match(await page.byRole('complementary', '抽取证书').text(), /130581-202601-02/);
  await page.waitForText('名录缺一家医院');

  // No control opens the month again, and the key that takes changes back takes nothing back.
  for (const name of ['冻结名录，定额度', '中止抽取', '固定承诺', '抽取并排期', '撤销']) {
    assert.equal(await page.byRole('button', name).count(), 0, name);
  }
  const before = JSON.parse((await backup(page)).text);
  await page.press('Control+z');
  await page.reload();
  const after = JSON.parse((await backup(page)).text);
  assert.deepEqual(after.years[0].draws, before.years[0].draws);
  assert.deepEqual(before.years[0].draws.map((record) => record.number), [1, 2]);
  await page.assertQuiet();
}, ONE);

journey('the year goes on: visits entered, one carried, the next months drawn', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await drawMonth(page, '2026-01');
  assert.equal(await page.byRole('button', '批量登记').count(), 0, 'nothing is entered before the approval');
  await page.waitForText('批准后才能登记检查');
  await approvePlan(page);
  const january = visitsOf(JSON.parse((await backup(page)).text), 1);

  // Two visits are entered by hand, one with a finding.
  await moveDemoTo(page, '2026-01-30');
  for (const [at, finding] of ['未发现问题', '发现问题'].entries()) {
    const { unit, day } = january[at];
    await page.goto(`#/month/2026-01?unit=${unit}`);
    await page.byRole('button', '登记检查').click();
    const dialog = page.byRole('dialog', '登记检查');
    assert.equal(await dialog.byRole('date', '检查日期').value(), day);
    await dialog.byRole('combobox', '检查结果').select(finding);
    await dialog.byRole('button', '登记检查').click();
    await page.byRole('complementary').byRole('heading').first().wait();
    await page.waitForText('已检查');
  }
  await page.goto('#/home');
  await page.waitForText(/1 月有 \d+ 户已过检查时限，未登记检查/);
  // The way leads to those visits, not to the next month.
  await page.byRole('link', '去登记').first().click();
  await page.waitForText(/只看过了计划日期、未登记的（\d+ 户）/);
  await page.until('the address says so', () => location.hash === '#/month/2026-01?show=late');

  // What is late is carried: it stands in February's sizes and in its plan. What is planned for
  // the day of the freezing counts as made on it, and is not laid twice.
  await drawMonth(page, '2026-02');
  const book = JSON.parse((await backup(page)).text);
  const february = book.years[0].draws[1];
  const late = january.slice(2).filter(({ day }) => day < '2026-01-30').map(({ unit }) => unit).sort();
  assert.ok(late.length > 0 && late.length < january.length - 2);
  assert.deepEqual(february.sizes.carried, late);
  const stats = await page.css('.stats').text();
  const figures = `新抽中\\s+${february.drawn.result.groups.reduce((sum, group) => sum + group.drawn.length, 0)}\\s+`
    + `上月顺延\\s+${late.length}\\s+顺延下月\\s+${february.drawn.plan.set_aside.length}`;
  assert.match(stats, new RegExp(figures), 'drawn, carried in and carried out are three figures');
  const sources = (await planLines(page)).filter((line) => /顺延/.test(line.text));
  assert.ok(sources.length > 0, 'carried visits are marked in the plan');

  // A carried unit's card says when and by whom it was to be visited.
  const carried = january.find(({ unit }) => unit === late[0]);
  const nameOf = (id) => book.officers.find((officer) => officer.id === id).name;
  await page.goto(`#/units/${carried.unit}`);
  await page.waitForText(new RegExp(`1 月抽中，原定 1月${Number(carried.day.slice(8))}日 由${nameOf(carried.lead)}（主办）、${nameOf(carried.member)}检查`));
  // In February's plan its panel names the month that drew it, and leads to the card that says why.
  const again = Object.keys(february.drawn.plan.visits).find((unit) => late.includes(unit));
  await page.goto(`#/month/2026-02?unit=${again}`);
  await page.byRole('link', '1 月为什么抽中').click();
  await page.until('the unit’s card', (unit) => location.hash.startsWith(`#/units/${unit}`), again);
  await page.waitForText('1 月抽中');

  await moveDemoTo(page, '2026-02-28');
  await drawMonth(page, '2026-03');
  assert.match(await page.byRole('complementary', '抽取证书').text(), /130581-202603-03/);
  await page.goto('#/plan');
  const months = page.byRole('table', /各月任务与容量/);
  assert.match(await months.text(), /1 月[\s\d]*2 月/);
  // A month that was passed over stays as it is.
  await page.goto('#/month/2026-01');
  await page.byRole('grid', '排期配人').wait();
  await page.assertQuiet();
}, { ...ONE, timeout: 180_000 });

journey('a month is drawn without its name in the address, entered in one go, and corrected', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  const address = () => page.evaluate(() => location.hash);

  // The address names the month, and the page stays on it after the draw.
  await goTo(page, '月度抽查').catch(() => {});
  await page.byRole('heading', '1 月抽查').wait();
  assert.equal(await address(), '#/month/2026-01');
  await page.byRole('button', '冻结名录，定额度').click();
  await page.byRole('dialog', '冻结名录，定额度').byRole('button', '冻结名录，定额度').click();
  await page.byRole('button', '固定承诺').wait();
  await page.byRole('radio', /本机随机数/).check();
  await commit(page);
  await draw(page);
  await page.waitForText(/1 月：\d+ 户已抽出/);
  assert.equal(await address(), '#/month/2026-01');
  await page.waitForText('已抽取，待审批');
  await approvePlan(page);
  await page.waitForText('已批准');
  const book = JSON.parse((await backup(page)).text);
  const january = visitsOf(book, 1);

  // Half of the month has passed: what is due is entered together, but for the exceptions.
  await moveDemoTo(page, '2026-01-15');
  const due = january.filter(({ day }) => day <= '2026-01-15');
  await page.waitForText(`${due.length} 户的计划日期已到，等待登记`);
  await page.byRole('button', '批量登记').click();
  const dialog = page.byRole('dialog', '批量登记');
  const nameOf = (id) => book.units.find((unit) => unit.id === id).name;
  const [found, moved, left] = due;
  await dialog.byRole('combobox', `${nameOf(found.unit)} 检查结果`).select('发现问题');
  await dialog.byRole('checkbox', nameOf(left.unit)).uncheck();
  await dialog.byRole('date', `${nameOf(moved.unit)} 检查日期`).fill('2026-01-10');
  await page.waitForText('1月10日（星期六）是休息日');
  await dialog.byRole('button', `登记 ${due.length - 1} 户`).click();
  await page.waitForText('请改日期，或勾选“日期核对过”再登记');
  await dialog.byRole('checkbox', /日期核对过/).check();
  await dialog.byRole('button', `登记 ${due.length - 1} 户`).click();
  await page.waitForText(`已登记 ${due.length - 1} 户的检查`);
  const inspected = async ({ unit }) => {
    const [{ visits }] = JSON.parse((await backup(page)).text).years;
    return visits.find(({ id }) => id.unit === unit && id.draw.number === 1).made;
  };
  assert.equal((await inspected(found)).finding, 'found');
  assert.equal((await inspected(moved)).date, '2026-01-10');
  assert.equal(await inspected(left), undefined);

  // An entry is corrected with a reason, and the trail says what it was.
  await page.goto(`#/month/2026-01?unit=${moved.unit}`);
  await page.byRole('button', '更正登记').click();
  const correction = page.byRole('dialog', '更正登记');
  await correction.byRole('date', '检查日期').fill(moved.day);
  await correction.byRole('button', '更正登记').click();
  await page.waitForText(/原因/);
  await correction.byRole('textbox', '更正原因').fill('日期抄错');
  await correction.byRole('button', '更正登记').click();
  await page.waitForText('已更正');
  assert.equal((await inspected(moved)).date, moved.day);
  await page.goto('#/trail');
  await page.waitForText('更正检查登记');
  await page.waitForText('日期抄错');

  // In the demo one click enters the rest, and nothing is left for the next draw to carry.
  await page.goto('#/month/2026-01');
  await page.byRole('button', '演示：登记全月').click();
  await page.byRole('button', '演示：登记全月').waitGone();
  await page.goto('#/month/2026-02');
  await page.waitForText('现在可以抽取');
  await page.waitForNoText('占去');
  await page.assertQuiet();
}, { ...ONE, timeout: 180_000 });

/** What the shell's own SHA-256 says to the line on the page. */
function shell(command) {
  return execFileSync('sh', ['-c', command], { encoding: 'utf8' }).slice(0, 64);
}

/** Reads the why panel of a unit and checks its command by the shell. */
async function why(page, unit, title) {
  await page.goto(`#/units/${unit}`);
  const panel = page.byRole('region', title);
  await panel.wait();
  const text = await panel.text();
  return { panel, text };
}

async function checkCommand(panel, summary, key) {
  await panel.byRole('button', summary).click();
  // The second is the same for Windows, whose shell cannot run here.
  const command = await panel.css('code.command').first().text();
  assert.match(await panel.css('code.command').last().text(), /SHA256/);
  assert.match(command, /^printf '%s' '[0-9a-f]{32}\|[0-9A-Z-]+' \| sha256sum$/);
  const ticket = (await panel.css('.proof .hash').text()).replace(/\s/g, '');
  assert.equal(shell(command), ticket, 'any SHA-256 tool gives the number shown');
  if (key) assert.ok(command.includes(key));
  return { command, ticket };
}

const WORDS = {
  'zh-CN': {
    titles: [/^1 月为什么抽中$/, /^1 月为什么未抽中$/, /^1 月为什么不在候选$/],
    sum: /=\s*\d 级/, group: /[ABCE] (层 \d 级|优先)/, chance: /中签率\s+\d+ \/ \d+，即 [\d.]+%/,
    inside: /在中签线内/, outside: /在中签线外|没有名额/, cut: /中签线：/, own: '自己算一遍',
    excluded: /未满六个月|到上限|才满六个月/,
  },
  'en-US': {
    titles: [/^Why drawn for January$/, /^Why not drawn for January$/, /^Why not a candidate for January$/],
    sum: /=\s*level \d/, group: /Group: ([ABC], level \d|E, early)/, chance: /Chance\s+\d+ of \d+, that is [\d.]+%/,
    inside: /inside the cut line/, outside: /outside the cut line|no places/, cut: /Cut line:/,
    own: 'Work it out yourself', excluded: /less than six months ago|the limit|Six months are over/,
  },
};

journey('why a unit was drawn or not: the card, and a number that any computer gives', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await drawMonth(page, '2026-01');
  const book = JSON.parse((await backup(page)).text);
  const group = book.years[0].draws[0].drawn.result.groups.find((g) => g.drawn.length > 1 && g.reserve.length > 1);
  const [drawn, reserve] = [group.drawn[0], group.reserve[0]];
  const { snapshot } = book.years[0].draws[0].register;
  const recent = snapshot.units.find((unit) => unit.last && unit.last > '2025-08-15');

  for (const lang of ['zh-CN', 'en-US']) {
    const words = WORDS[lang];
    if (lang === 'en-US') await page.byRole('button', 'English').click();
    const own = await why(page, drawn.unit, words.titles[0]);
    for (const part of [words.sum, words.group, words.chance, words.inside, words.cut]) assert.match(own.text, part);
    const checked = await checkCommand(own.panel, words.own, drawn.unit);
    assert.equal(checked.ticket, drawn.ticket);

    const out = await why(page, reserve.unit, words.titles[1]);
    for (const part of [words.sum, words.group, words.chance, words.outside, words.cut]) assert.match(out.text, part);
    assert.equal((await checkCommand(out.panel, words.own, reserve.unit)).ticket, reserve.ticket);
    const never = await why(page, recent.id, words.titles[2]);
    assert.match(never.text, words.excluded);
    assert.match(never.text, /20\d\d-\d\d-\d\d/, 'with the date on which it ends');
    assert.equal(await never.panel.css('code.command').count(), 0);
  }
  await page.assertQuiet();
}, ONE);
