// Draws besides the monthly one: service institutions and engineers from their page to a verified
// certificate, and a special campaign from nothing to its drawn plan.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { layoutFaults, structureFaults } from './audit.mjs';
import { BROWSERS, ROOT, journey } from './harness.mjs';
import { NOW, approvePlan, backup, drawMonth, freezePlan, goTo, moveDemoTo, openDemo, saved } from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

/** Nothing on the page is unnamed or cut off. */
async function sound(page) {
  assert.deepEqual(await page.evaluate(structureFaults), []);
  assert.deepEqual(await page.evaluate(layoutFaults), []);
}

/** Commitment by this computer's number, and the draw. */
async function commitAndDraw(page) {
  await page.byRole('radio', /^本机随机数/).check();
  await page.byRole('textbox', '承诺码在哪里公布').fill('大队公示栏');
  await page.byRole('button', '固定承诺').click();
  await page.byRole('button', '抽取并排期').click();
}

journey('agencies are drawn from their page, checked, and the certificate verifies', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await goTo(page, '服务机构');
  await page.waitForText(/2026 年应查 3 家，已抽 0 家，已查 0 家/);
  // Without a frozen plan nothing is drawn, and the page says why.
  await page.waitForText('年度计划冻结后才能抽取');
  assert.ok(await page.byRole('button', '抽取服务机构').isDisabled());
  await freezePlan(page);
  await drawMonth(page, '2026-01');
  await moveDemoTo(page, '2026-01-12');

  await goTo(page, '服务机构');
  await page.byRole('button', '抽取服务机构').click();
  const dialog = page.byRole('dialog', '抽取服务机构');
  const count = dialog.byRole('textbox', '这次抽几个');
  assert.equal(await count.value(), '3');
  await count.fill('4');
  await dialog.byRole('button', '抽取服务机构').click();
  await page.waitForText('抽取数应在 1 至 3 之间');
  await count.fill('3');
  await dialog.byRole('button', '抽取服务机构').click();

  // The ceremony of every draw, on its own page; a month waits for it.
  await page.byRole('heading', '服务机构抽查').first().wait();
  assert.match(await page.hash(), /^#\/own-draws\/agencies\?draw=2026-02$/);
  await page.byRole('button', '中止抽取').wait();
  await sound(page);
  await page.goto('#/month/2026-02');
  await page.byRole('link', /^先完成：1 月 服务机构抽查$/).click();
  await page.byRole('radio', /^本机随机数/).check();
  await page.byRole('textbox', '承诺码在哪里公布').fill('大队公示栏');
  await page.byRole('button', '固定承诺').click();
  const commitment = (await page.byRole('region', '承诺码').text()).replace(/\s/g, '').match(/[0-9a-f]{64}/)[0];
  await page.byRole('button', '抽取并排期').click();
  const list = page.byRole('region', '抽中的');
  await list.wait();
  await page.waitForText(/已抽 3 家，已查 0 家/);
  await page.waitForText('130581-202601-02');
  await sound(page);

  // The first is checked by those whom the lottery chose.
  await list.byRole('button', /^登记检查 /).first().click();
  let check = page.byRole('dialog', /^登记检查：/);
  await check.byRole('combobox', '检查结果').select('发现问题');
  await check.byRole('button', '登记检查').click();
  await check.waitGone();
  await page.waitForText(/已抽 3 家，已查 1 家/);
  // Others than the lottery chose need a word; a unit that was not visited is refused.
  await list.byRole('button', /^登记检查 /).first().click();
  check = page.byRole('dialog', /^登记检查：/);
  await check.byRole('combobox', '检查方式').select('随单位检查一并检查');
  await check.byRole('textbox', '随哪个单位').fill('NG-00001');
  await check.byRole('button', '登记检查').click();
  await page.waitForText('它还没有登记过检查');
  await page.press('Escape');
  await check.waitGone();

  // One that proves closed gives way to the next of this draw's reserve; nobody chooses.
  await list.byRole('button', /^已关闭… /).first().click();
  const closed = page.byRole('dialog', /已关闭或不再执业$/);
  await closed.byRole('textbox', '证据').fill('门已拆除，电话停机');
  await closed.byRole('combobox', '核实方式').select('市场监管登记记录');
  await closed.byRole('textbox', '记录名称和编号').fill('注销登记通知书');
  await closed.byRole('button', '作废并递补').click();
  await closed.waitGone();
  await page.waitForText(/待查，递补（第 \d+ 名）/);
  await page.waitForText(/作废，已关闭停业；递补 /);
  await page.waitForText(/已抽 3 家，已查 1 家/);
  await sound(page);

  // On paper, with number and code.
  const paper = await page.evaluate(() => document.querySelector('.paper').textContent);
  for (const words of ['2026年服务机构抽查清单', '130581-202601-02', '大队主官审批意见']) assert.ok(paper.includes(words), words);

  const sheets = await page.css('.paper .sheet').count();
  const pdf = await readFile(await page.pdf(join(ROOT, 'target/e2e/own-draws.pdf')), 'latin1');
  assert.equal(pdf.match(/\/Type \/Page\b/g).length, sheets, 'a sheet is a page, and nothing else is');

  // The card says why.
  await list.byRole('link', /./).first().click();
  const card = page.byRole('complementary', '服务机构');
  await card.byRole('region', '2026 年抽查').wait();
  await page.waitForText(/候选 1[12]，名额 3，抽签号从小到大排第 [123]，在中签线内。/);
  await page.waitForText(/登记机构或工程师检查/);

  // Closed and opened again it is all there; the certificate proves itself, here and elsewhere.
  await saved(page);
  await page.reload();
  await page.goto('#/own-draws/agencies');
  const certificate = page.byRole('complementary', '抽取证书');
  const path = await page.download(() => certificate.byRole('button', '保存验证文件').click());
  assert.match(basename(path), /2026-01_02_verification\.json$/);
  const file = JSON.parse(await readFile(path, 'utf8'));
  assert.equal(file.certificate.draws[0].group, 'register');
  assert.equal(Object.keys(file.certificate.names).length, 3);
  const said = execFileSync('python3', [join(ROOT, 'tests/verifier/verify.py'), path], { encoding: 'utf8' });
  assert.ok(!/FAIL|OPEN/.test(said), said);
  await certificate.byRole('link', '打开验证').click();
  await page.waitForText(/36 项核对，36 项通过/);
  const book = JSON.parse((await backup2(page)).text);
  assert.equal(book.years[0].draws[1].committed.hash, commitment);
  assert.equal(book.years[0].own_visits.filter((visit) => visit.made).length, 1);
  await page.assertQuiet();
}, { ...ONE, timeout: 240_000 });

/** A backup from a page with the frame. */
async function backup2(page) {
  await page.goto('#/home');
  await page.byRole('region', '今天要办').wait();
  return backup(page);
}

journey('a campaign from nothing to its drawn plan, refused where it asks for too much', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await goTo(page, '专项检查');
  await page.waitForText('今年还没有专项检查。');
  await page.byRole('region', '建议的时段').wait();
  await page.byRole('button', /^按此新建 春节前消防安全专项检查$/).wait();
  await sound(page);
  await page.byRole('button', '新建专项检查').click();
  const dialog = page.byRole('dialog', '新建专项检查');
  await dialog.byRole('button', '新建专项检查').click();
  await page.waitForText('此项必填。');
  await dialog.byRole('textbox', '专项名称').fill('春节前宾馆饭店专项');
  await dialog.byRole('button', '新建专项检查').click();
  await page.byRole('heading', '春节前宾馆饭店专项').wait();
  assert.match(await page.hash(), /^#\/campaign\/2026-1$/);
  await page.waitForText('先完成月度抽取，专项在它旁边抽');

  await drawMonth(page, '2026-01');
  await moveDemoTo(page, '2026-01-05');
  await goTo(page, '专项检查');
  await page.byRole('link', '春节前宾馆饭店专项').click();
  // Whom: by conditions, counted live.
  const all = Number((await page.byRole('button', /^符合 \d+$/).text()).match(/\d+/)[0]);
  await page.byRole('button', '筛选').click();
  await page.byRole('checkbox', '宾馆饭店').check();
  await page.press('Escape');
  await page.byRole('button', /去掉条件：单位类别：宾馆饭店/).wait();
  const text = await page.byRole('button', /^符合 \d+$/).text();
  const hotels = Number(text.match(/\d+/)[0]);
  assert.ok(hotels > 0 && hotels < all, `${hotels} of ${all}`);
  await page.byRole('button', /^计划已有 \d+$/).click();
  await page.byRole('button', /^不能查 \d+$/).click();
  await page.byRole('button', /^可抽 \d+$/).click();
  await sound(page);

  // How many and when: too many are refused before the draw.
  await page.byRole('button', '去定数量与时间').click();
  await page.byRole('radio', '按户数').check();
  await page.byRole('spinbutton', '户数').fill('9999');
  await page.waitForText(/要抽 9999 户，可抽的只有 \d+ 户/);
  assert.ok(await page.byRole('button', '冻结对象，定额度').isDisabled());
  await page.byRole('spinbutton', '户数').fill('6');
  await page.byRole('radio', /^单独实施/).check();
  await page.byRole('date', '开始').fill('2026-01-08');
  await page.byRole('date', '结束').fill('2026-01-28');
  await sound(page);
  await page.byRole('button', '去选事项').click();
  await page.byRole('checkbox', '通道、出口和防火分隔').check();
  await page.waitForText('方案有改动，先保存');
  await page.byRole('button', '保存方案').click();
  await sound(page);

  await page.byRole('button', '冻结对象，定额度').click();
  const freeze = page.byRole('dialog', '冻结对象，定额度');
  await page.waitForText(/单位类别：宾馆饭店，\d+ 户。用月度计划已有的 0 户，另抽 6 户/);
  await freeze.byRole('button', '冻结对象，定额度').click();
  await page.byRole('button', '固定承诺').wait();
  await sound(page);
  await commitAndDraw(page);
  await page.byRole('grid', '排期配人').wait();
  await page.waitForText('抽取 6 户（计划已有 0 户），已查 0 户，发现问题 0 户');
  await sound(page);
  const paper = await page.evaluate(() => document.querySelector('.paper').textContent);
  assert.ok(paper.includes('2026年春节前宾馆饭店专项专项检查计划') || paper.includes('春节前宾馆饭店专项'), paper.slice(0, 200));

  // A visit is entered as others are, once the plan is approved, and the campaign tells of it.
  await approvePlan(page);
  await moveDemoTo(page, '2026-01-29');
  await page.evaluate(() => document.querySelectorAll('table[role=grid] tr.is-row')[0].click());
  const panel = page.byRole('button', '登记检查').first();
  await panel.click();
  const record = page.byRole('dialog', '登记检查');
  await record.byRole('combobox', '检查结果').select('发现问题');
  await record.byRole('button', '登记检查').click();
  await record.waitGone();
  await page.waitForText('已查 1 户，发现问题 1 户');
  await page.byRole('button', '结果汇总').click();
  await page.byRole('dialog', '结果汇总').byRole('link', /./).first().wait();
  // Printed, it takes the place of the plan: the first paper on a page is the one printed.
  await page.byRole('dialog', '结果汇总').byRole('button', '打印结果').click();
  const results = await page.evaluate(() => document.querySelector('.paper').textContent);
  for (const words of ['春节前宾馆饭店专项检查结果', '大队主官审批意见']) assert.ok(results.includes(words), words);
  await page.press('Escape');
  await goTo(page, '专项检查');
  await page.waitForText('1 / 6 户');
  const { text: kept } = await backup(page);
  const book = JSON.parse(kept);
  const draw = book.years[0].draws[1];
  assert.equal(draw.occasion.kind, 'campaign');
  assert.equal(draw.occasion.filter, '单位类别：宾馆饭店');
  for (const { day } of Object.values(draw.drawn.plan.visits)) assert.ok(day >= '2026-01-08' && day <= '2026-01-28', day);
  const visits = book.years[0].visits.filter((visit) => visit.id.draw.number === 2);
  assert.ok(visits.length === 6 && visits.every((visit) => visit.items.length === 1));

  // Nobody left: a condition that no unit meets.
  await page.byRole('button', '新建专项检查').click();
  await page.byRole('dialog', '新建专项检查').byRole('textbox', '专项名称').fill('空范围');
  await page.byRole('dialog', '新建专项检查').byRole('button', '新建专项检查').click();
  await page.byRole('heading', '空范围').wait();
  await page.byRole('button', '筛选').click();
  await page.byRole('checkbox', '宾馆饭店').check();
  await page.byRole('checkbox', '机关').check();
  await page.press('Escape');
  await page.waitForText('没有单位符合这些条件。');
  await page.waitForText('没有可抽的单位');
  await page.assertQuiet();
}, { ...ONE, timeout: 240_000 });
