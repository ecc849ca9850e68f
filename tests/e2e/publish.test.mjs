// 公示发布 as a person does it: what is due, the paper as the public sees it, its files, the
// difference from the record, a withheld unit, a version on record, and a correction.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { layoutFaults, sheetFaults, stripped, structureFaults } from './audit.mjs';
import { BROWSERS, ROOT, journey } from './harness.mjs';
import { NOW, approvePlan, backup, drawMonth, freezePlan, goTo, moveDemoTo, openDemo, saved } from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

/** Nothing on the page is unnamed or cut off. */
async function sound(page) {
  assert.deepEqual(await page.evaluate(structureFaults), []);
  assert.deepEqual(await page.evaluate(layoutFaults), []);
}

/** The validator has nothing to say to a page, where it is installed. */
async function valid(html) {
  const validator = await import('html-validate').catch(() => null);
  if (!validator) return console.warn('html-validate is not installed: the page was not validated');
  const rules = { extends: ['html-validate:standard'], rules: { 'no-inline-style': 'off' } };
  const report = await new validator.HtmlValidate(rules).validateString(html);
  assert.deepEqual(report.results.flatMap((result) => result.messages).map((it) => `${it.ruleId}: ${it.message}`), []);
}

/** Milliseconds from the press of a channel's button until its file, or what is copied, is made. */
function timed(label) {
  const button = [...document.querySelectorAll('.publish-channel button')].find((it) => it.ariaLabel === label);
  const began = performance.now();
  return new Promise((resolve) => {
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      // A worker's own program is no file that leaves the page.
      if (!/javascript/.test(blob.type)) {
        URL.createObjectURL = make;
        resolve(performance.now() - began);
      }
      return make.call(URL, blob);
    };
    button.click();
    if (/复制/.test(label)) resolve(performance.now() - began);
  });
}

/** What the printer gets: nothing lies over another thing, a sheet is a page. */
async function printed(page, name) {
  await page.media('print');
  assert.deepEqual(await page.evaluate(sheetFaults), []);
  const pdf = await readFile(await page.pdf(join(ROOT, `target/e2e/${name}.pdf`)), 'latin1');
  const pages = pdf.match(/\/Type \/Page\b/g).length;
  const [sheets, rows] = await page.evaluate(() => ['.sheet', 'tbody tr'].map((it) => document.querySelectorAll(`.paper ${it}`).length));
  assert.equal(pages, sheets, 'a sheet is a page, and nothing else is');
  await page.media('screen');
  return { pages, rows };
}

/** The demo with January drawn and approved, and the page of its plan. */
async function ready(open) {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await drawMonth(page, '2026-01');
  await approvePlan(page);
  return page;
}

/** Notes what is on show as published. */
async function note(page, places, why) {
  await page.byRole('button', '登记已公示').click();
  const dialog = page.byRole('dialog', /^登记已公示：/);
  await dialog.byRole('textbox', '公布在哪里').fill(places);
  if (why) await dialog.byRole('textbox', '为什么要新的一版').fill(why);
  await dialog.byRole('button', '登记已公示').click();
  await dialog.waitGone();
}

journey('a plan is published: due, seen as the public sees it, filed, noted, corrected', async ({ open }) => {
  const page = await ready(open);
  await page.goto('#/home');
  await page.byRole('region', '今天要办').byRole('link', '去公示').click();
  await page.byRole('heading', '公示发布').first().wait();
  await goTo(page, '公示发布');
  await page.byRole('link', /1 月抽查计划/).click();
  const seen = page.byRole('region', '公众所见');
  await page.waitForText('检查时限');
  await sound(page);

  // What the public sees: nobody's name, no telephone, no tier.
  const text = await seen.text();
  const { text: kept } = await backup(page);
  const book = JSON.parse(kept);
  const drawn = Object.keys(book.years[0].draws[0].drawn.plan.visits);
  const units = book.units.filter((unit) => drawn.includes(unit.id));
  for (const unit of units) {
    assert.ok(text.includes(unit.name), unit.name);
    for (const secret of [unit.responsible, unit.manager, unit.phone].filter(Boolean)) {
      assert.ok(!text.includes(secret), `${unit.name}: ${secret}`);
    }
  }
  for (const officer of book.officers) assert.ok(!text.includes(officer.name), officer.name);
  await page.byRole('button', /^与内部记录的差别/).click();
  await page.waitForText('责任人、管理人');

  // The file of the web site is what is on show, alone and without a script.
  await page.byRole('button', /^公众所见/).click();
  const html = await page.download(() => page.byRole('button', '政府网站：网页').click());
  assert.match(html, /2026年1月“双随机、一公开”消防监督抽查计划.*\.html$/);
  const site = await readFile(html, 'utf8');
  assert.ok(!/<script|<style|<link/.test(site));
  const [alone, shown] = await page.evaluate((file) => [
    new DOMParser().parseFromString(file, 'text/html').body.textContent,
    document.querySelector('.publish-paper').textContent,
  ], site);
  assert.ok(alone === shown && shown.length > 1000, 'the file says what the page shows');
  await valid(site);
  // An editor that takes all styles away leaves every fact and row.
  const left = await page.evaluate(stripped, site);
  assert.ok(!/style|class|span|<del/.test(left.left.slice(0, 5000)) && left.words === alone);
  const csv = await page.download(() => page.byRole('button', '省平台：导入表').click());
  assert.equal((await readFile(csv, 'utf8')).trim().split('\r\n').length, drawn.length + 1);
  const file = await page.download(() => page.byRole('button', '机器可读：JSON').click());
  const json = JSON.parse(await readFile(file, 'utf8'));
  assert.equal(json.rows.length, drawn.length);
  assert.deepEqual([left.heads, left.rows], [json.columns, json.rows.map((row) => row.cells)]);
  for (const { name, words } of json.facts) assert.ok(left.paragraphs.includes(`${name}：${words}`), name);
  for (const note of json.notes) assert.ok(left.paragraphs.includes(note), note);
  const excel = await page.download(() => page.byRole('button', '政府网站：Excel').click());
  assert.equal((await readFile(excel)).subarray(0, 2).toString(), 'PK');

  // A publication without a place is refused in words; with one it stands, in time.
  await page.byRole('button', '登记已公示').click();
  const dialog = page.byRole('dialog', /^登记已公示：/);
  await dialog.byRole('button', '登记已公示').click();
  await dialog.byRole('textbox', '公布在哪里').fill('南宫市政府网站');
  await dialog.byRole('button', '登记已公示').click();
  await dialog.waitGone();
  await page.waitForText('12月30日公示，按期');
  await page.waitForText('与已公示的版本相同');
  await page.byRole('button', '登记已公示').waitDisabled();

  // A unit is withheld by law: the paper says so without its name, and is a correction.
  const hidden = units[0];
  await page.goto(`#/units/${hidden.id}`);
  await page.byRole('button', '设为不公开').click();
  const withhold = page.byRole('dialog', /设为不公开$/);
  await withhold.byRole('textbox', '原因').fill('政府信息公开条例第十四条');
  await withhold.byRole('textbox', '批准人').fill('鄢立群');
  await withhold.byRole('button', '设为不公开').click();
  await withhold.waitGone();
  await page.goto('#/publish/2026-plan-1');
  await page.waitForText('依法不公开');
  assert.ok(!(await seen.text()).includes(hidden.name));
  await page.waitForText('依法不公开 1 户，只公布户数：《政府信息公开条例》第十四条');
  await page.waitForText('不公开 1 户');
  await note(page, '南宫市政府网站', '1 户依法不公开');
  await page.byRole('button', /^已公示的版次/).click();
  await page.waitForText('第 2 版');
  await page.waitForText('原因：1 户依法不公开');
  await page.waitForText('第 1 版');
  // The file of the first version says which it is, and what it said.
  await page.byRole('file', '打开存档文件').upload(file);
  await page.waitForText('与第 1 版的指纹相同');
  assert.ok((await page.css('.publish-difference .publish-paper').first().text()).includes(hidden.name));
  await sound(page);
  await saved(page);
  await page.reload();
  await page.byRole('button', /^已公示的版次/).click();
  await page.waitForText('原因：1 户依法不公开');
  await page.assertQuiet();
});

journey('the register of draws, the annual plan and the item list are published; in print every line is there', async ({ open }) => {
  const page = await ready(open);
  for (const [key, words] of [
    ['2026-draws', '抽取 1 次，其中中止 0 次，编号连续'],
    ['2026-year', '拟实施时间'],
    ['2026-items', '随机抽查事项清单'],
  ]) {
    await page.goto(`#/publish/${key}`);
    await page.waitForText(words);
    await sound(page);
  }
  await page.goto('#/publish/2026-draws');
  await page.waitForText('编号连续');
  await note(page, '公示栏');
  await page.byRole('link', /抽取登记.*已公示/).wait();
  // Late: the term is over, and the clock says so.
  await moveDemoTo(page, '2026-02-20');
  await page.goto('#/publish');
  await page.byRole('link', /1 月抽查计划.*超期/).wait();
  await page.goto('#/publish/2026-plan-1');
  await page.waitForText('检查时限');
  // Told, not judged: the machine may be busy.
  const lines = await page.css('.publish-paper tbody tr').count();
  const times = [];
  for (const label of ['政府网站：网页', '政府网站：Excel', '省平台：导入表', '机器可读：JSON', '公众号：复制图文', '公众号：复制文字']) {
    let time;
    const press = async () => { time = await page.evaluate(timed, label); };
    await (/复制/.test(label) ? press() : page.download(press));
    times.push(`${label} ${Math.round(time)} ms`);
  }
  console.log(`${lines} lines: ${times.join(', ')}`);
  const plan = await printed(page, 'public-plan');
  assert.ok(plan.rows > 80 && plan.pages > 3, `${plan.rows} rows on ${plan.pages} pages`);
  await page.goto('#/month/2026-01');
  await page.byRole('heading', /1 月/).first().wait();
  await page.until('the plan has its paper', () => document.querySelectorAll('.paper tbody tr').length > 80);
  const month = await printed(page, 'month-plan');
  assert.equal(month.rows, plan.rows);
  await page.assertQuiet();
}, ONE);
