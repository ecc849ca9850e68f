// 定期核查 as a person makes it: what is due, the lines with the way to where each is mended, a
// report from signature to filing, what is refused, and the difference after mending.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { layoutFaults, sheetFaults, structureFaults } from './audit.mjs';
import { BROWSERS, ROOT, journey } from './harness.mjs';
import { NOW, approvePlan, drawMonth, freezePlan, moveDemoTo, openDemo, saved } from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

/** Nothing on the page is unnamed or cut off. */
async function sound(page) {
  assert.deepEqual(await page.evaluate(structureFaults), []);
  assert.deepEqual(await page.evaluate(layoutFaults), []);
}

/** The line of the check with this name: its text. */
function line(page, name) {
  return page.evaluate((wanted) => {
    const names = [...document.querySelectorAll('.check-lines .check-name')];
    const found = names.find((it) => it.textContent.trim() === wanted);
    return found?.closest('tr').innerText.replace(/\s+/g, ' ') ?? null;
  }, name);
}

journey('a check is made on its day, signed, mended, made anew and filed', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  // Nothing is drawn: the page says so, and where to go.
  await page.goto('#/selfcheck');
  await page.byRole('link', '去月度抽查').wait();
  await freezePlan(page);
  await drawMonth(page, '2026-01');

  // The 10th is a Saturday: it stays due, and Monday is the day to do it.
  await moveDemoTo(page, '2026-01-12');
  await page.goto('#/home');
  const due = page.byRole('region', '今天要办');
  await page.waitForText('1月10日定期核查');
  await page.waitForText('1月10日应核查，当天休息，1月12日办');
  await page.byRole('navigation', '主导航').byRole('link', /^定期核查\s*今日$/).wait();
  await due.byRole('link', '去核查').click();
  await page.byRole('heading', '定期核查').first().wait();
  await page.waitForText(/项要整改/);
  await sound(page);

  // The plan waits for its approval: the record leads to where it is mended.
  assert.match(await line(page, '月计划已批准'), /1 \/ 1 份 2026-01 的计划还没有批准.*要整改/);
  await page.byRole('link', '去整改 月计划已批准').click();
  await approvePlan(page);
  await page.goto('#/selfcheck');
  await page.byRole('region', '核查报告').wait();
  assert.match(await line(page, '月计划已批准'), /相符/);

  // What cannot be mended is explained.
  await page.byRole('button', '说明 每日一查').click();
  const explain = page.byRole('dialog', '说明：每日一查');
  await explain.byRole('button', '说明').click();
  await explain.byRole('textbox', '说明').fill('雨雪天气，外勤停三天');
  await explain.byRole('button', '说明').click();
  await explain.waitGone();
  assert.match(await line(page, '每日一查'), /说明：雨雪天气，外勤停三天/);

  // Before it is signed it prints as a draft; the head cannot be who checks.
  const mark = () => page.evaluate(() => document.querySelector('.paper .sheet').dataset.mark);
  assert.equal(await mark(), '草案');
  const report = page.byRole('region', '核查报告');
  assert.ok(await report.byRole('button', '大队主官签名：签名').isDisabled());
  assert.ok(await report.byRole('button', '报支队备案：登记备案').isDisabled());
  const head = await page.evaluate(() => document.querySelectorAll('.check-step')[2].querySelector('.caption').textContent);
  await report.byRole('button', '核查人签名：签名').click();
  const sign = page.byRole('dialog', '核查人签名');
  const checker = await sign.byRole('textbox', '核查人').value();
  await sign.byRole('textbox', '核查人').fill(head);
  await sign.byRole('button', '签名').click();
  await page.waitForText(`${head} 是大队主官，报告要给主官看，核查人应另有其人。`);
  await sign.byRole('textbox', '核查人').fill(checker);
  await sign.byRole('button', '签名').click();
  await sign.waitGone();
  assert.equal(await page.hash(), '#/selfcheck/2026-1');
  await page.byRole('heading', /核查〔2026〕1号$/).first().wait();
  await sound(page);

  // The report: read-only lines, the head's signature, which is not the checker's.
  assert.match(await line(page, '每日一查'), /说明：雨雪天气/);
  await page.byRole('button', '说明 每日一查').waitGone();
  await report.byRole('button', '大队主官签名：签名').click();
  const signs = page.byRole('dialog', '大队主官签名');
  await signs.byRole('textbox', '大队主官').fill(checker);
  await signs.byRole('button', '主官签名').click();
  await page.waitForText(`${checker} 是这份报告的核查人，不能再以主官签名。`);
  await signs.byRole('textbox', '大队主官').fill(head);
  await signs.byRole('button', '主官签名').click();
  await signs.waitGone();
  await report.byRole('button', '报支队备案：登记备案').click();
  const file = page.byRole('dialog', '报支队备案');
  await file.byRole('date', '备案日期').fill('2026-01-13');
  await file.byRole('button', '登记备案').click();
  await page.waitForText(/备案日期 2026-01-13 不对/);
  await file.byRole('date', '备案日期').fill('2026-01-12');
  await file.byRole('button', '登记备案').click();
  await file.waitGone();
  await page.waitForText('1月12日备案');

  // On paper: two upright sheets, signed, with places for signature and seal.
  const paper = await page.evaluate(() => document.querySelector('.paper').textContent);
  for (const words of ['双随机抽查定期核查报告', '核查〔2026〕1号', '雨雪天气', '盖章', head]) assert.ok(paper.includes(words), words);
  await page.media('print');
  assert.deepEqual(await page.evaluate(sheetFaults), []);
  const sheets = await page.css('.paper .sheet').count();
  const pdf = await readFile(await page.pdf(join(ROOT, 'target/e2e/self-check.pdf')), 'latin1');
  assert.equal(pdf.match(/\/Type \/Page\b/g).length, sheets, 'a sheet is a page, and nothing else is');
  await page.media('screen');

  // A check that says the same is no new report.
  await page.byRole('link', '回到这次核查').click();
  await page.byRole('region', '核查报告').byRole('button', '核查人签名：签名').click();
  await page.byRole('dialog', '核查人签名').byRole('button', '签名').click();
  await page.waitForText('今天的第 1 号报告和现在的核查结果一样');
  await page.press('Escape');

  // An officer who is away on a planned day is found by the next check, and it is told apart.
  await moveDemoTo(page, '2026-01-20');
  await page.waitForText(/1月20日核查：\d+ 项要整改/);
  assert.match(await line(page, '过检查时限还没有检查'), /上次 \d+/);
  await page.byRole('region', '核查报告').byRole('button', '核查人签名：签名').click();
  await page.byRole('dialog', '核查人签名').byRole('button', '签名').click();
  await page.byRole('heading', /核查〔2026〕2号$/).first().wait();
  await page.byRole('link', /^1月12日 .+1号$/).click();
  await page.byRole('heading', /核查〔2026〕1号$/).first().wait();
  assert.match(await line(page, '每日一查'), /雨雪天气/);

  // Closed and opened again it is all there.
  await saved(page);
  await page.reload();
  await page.goto('#/selfcheck/2026-2');
  await page.byRole('heading', /核查〔2026〕2号$/).first().wait();
  await page.goto('#/selfcheck/2026-9');
  await page.waitForText('没有核查报告 2026-9');
  await page.goto('#/trail');
  await page.waitForText('核查报告报支队备案');
}, ONE);

journey('what counts as bunched is set by the brigade', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/settings/brigade');
  const count = page.byRole('spinbutton', '连续录入几户算集中');
  await count.fill('1');
  await page.byRole('button', '保存大队资料').click();
  await page.waitForText(/请核对：工作日 1–20/);
  await count.fill('8');
  await page.byRole('button', '保存大队资料').click();
  await page.waitForText('大队资料已保存');
  await freezePlan(page);
  await drawMonth(page, '2026-01');
  await page.goto('#/selfcheck');
  await page.waitForText('集中录入（10 分钟 8 户）');
}, ONE);
