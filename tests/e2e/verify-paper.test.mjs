// A published plan beside its certificate: the page of the web site alone verifies and compares;
// one altered line is named with both values; Excel and CSV from the site agree, too. And what a
// draw after a broken-off one says, the codes on paper, and 10 000 units.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { structureFaults } from './audit.mjs';
import { BROWSERS, ROOT, journey } from './harness.mjs';
import { newFolder, removeFolder } from './browsers.mjs';
import { NOW, approvePlan, commit, drawMonth, freezePlan, goTo, openDemo, openDraw, draw } from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };
const choose = (page) => page.byRole('file', '选择文件');
const beside = (page) => page.byRole('region', '与公示文件比对');

/** Nothing on the page is unnamed. */
const sound = async (page) => assert.deepEqual(await page.evaluate(structureFaults), []);

journey('a published plan verifies by itself; an altered line is named beside the certificate', async ({ open }) => {
  const folder = await newFolder('paper');
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await drawMonth(page, '2026-01');
  await approvePlan(page);
  await page.goto('#/month/2026-01');
  const certificate = page.byRole('complementary', '抽取证书');
  const path = await page.download(() => certificate.byRole('button', '保存验证文件').click());
  await goTo(page, '公示发布');
  await page.byRole('link', /1 月抽查计划/).click();
  await page.waitForText('检查时限');
  const html = await page.download(() => page.byRole('button', '政府网站：网页').click());
  const excel = await page.download(() => page.byRole('button', '政府网站：Excel').click());
  const csv = await page.download(() => page.byRole('button', '省平台：导入表').click());
  const site = await readFile(html, 'utf8');
  assert.ok(site.includes('<template id="double-random-verification">') && !/<script/.test(site));
  await page.assertQuiet();

  // A citizen with the page of the web site alone: it verifies, and it agrees.
  const other = await open({ hash: '#/verify' });
  await choose(other).upload(html);
  await other.waitForText('36 项核对，36 项通过');
  await beside(other).wait();
  const said = await beside(other).text();
  assert.match(said, /一致：公示的 \d+ 户与抽取结果相同/);
  await sound(other);

  // Dropped on the start page it is no list to take in: it is verified and compared there, too.
  const start = await open();
  await start.byRole('link', '验证抽查结果').wait();
  await start.evaluate(([content, file]) => {
    const data = new DataTransfer();
    data.items.add(new File([content], file, { type: 'text/html' }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [site, 'plan.html']);
  await start.waitForText('36 项核对，36 项通过');
  await beside(start).wait();
  await start.assertQuiet();

  // The paper that was altered afterwards: another name, and another day, each with both values.
  const { certificate: drawn } = JSON.parse(await readFile(path, 'utf8'));
  const [first, second] = Object.keys(drawn.plan.visits);
  const [old, moved] = [drawn.names[first], drawn.names[second]];
  assert.ok(old !== moved);
  const rows = site.split('<tr>');
  const altered = rows.map((row) => {
    if (row.includes(`>${old}<`)) return row.replace(old, '没有抽中的饭店');
    if (row.includes(`>${moved}<`)) return row.replace(/\d+月\d+日/, '1月31日');
    return row;
  }).join('<tr>');
  await writeFile(join(folder, 'altered.html'), altered);
  await choose(other).upload(join(folder, 'altered.html'));
  await other.waitForText('有 3 处不同');
  const table = await beside(other).text();
  for (const words of ['没有抽中的饭店', '没有抽中', old, '没有这一户', moved, '1月31日']) assert.ok(table.includes(words), words);
  await other.waitForText('36 项核对，36 项通过');
  await other.byRole('button', '关闭 altered.html').click();
  await beside(other).waitGone();

  // Excel and CSV of the site beside the verification file, dropped together.
  await choose(other).upload(path, excel);
  await other.waitForText(/一致：公示的 \d+ 户与抽取结果相同/);
  await choose(other).upload(csv);
  await other.waitForText(csv.split('/').pop());
  await other.waitForText(/一致：公示的 \d+ 户与抽取结果相同/);
  await other.waitForText('36 项核对，36 项通过');

  // The codes of paper and notice board lead to the same certificate.
  const heard = other.byRole('textbox', '听到或纸上的短码');
  await heard.fill(`2026年第1号 1234 ${drawn.hash}`);
  await other.waitForText('相同，就是这一份');
  await heard.fill(drawn.commitment_hash.replace(/(.{4})/g, '$1 '));
  await other.waitForText('这是抽取前公布的承诺码');
  await heard.fill(drawn.seed);
  await other.waitForText('不同，这不是念出的那一份');
  await other.waitForText(/抽取前于 2025-12-30 09:10 在“大队公示栏”公布了承诺码/);

  // Step by step: cut lines, days and officers.
  await other.css('.verify-more > summary').last().click();
  await other.waitForText('分界线后第一户');
  await other.waitForText('日期与人员：由种子排出');
  await sound(other);
  await other.byRole('button', 'English').click();
  await other.waitForText(/Agrees: the \d+ units published are those drawn/);
  await other.assertQuiet();
  await removeFolder(folder);
}, { ...ONE, timeout: 120_000 });

journey('where the brigade names officers, who goes is compared, too', async ({ open }) => {
  const folder = await newFolder('officers');
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/settings/brigade');
  await page.byRole('checkbox', '公示的抽查计划写检查人员姓名').check();
  await page.byRole('button', '保存大队资料').click();
  await freezePlan(page);
  await drawMonth(page, '2026-01');
  await approvePlan(page);
  await goTo(page, '公示发布');
  await page.byRole('link', /1 月抽查计划/).click();
  await page.waitForText('检查人员');
  const html = await page.download(() => page.byRole('button', '政府网站：网页').click());
  await page.assertQuiet();

  const other = await open({ hash: '#/verify' });
  await choose(other).upload(html);
  await other.waitForText(/一致：公示的 \d+ 户与抽取结果相同/);
  await other.waitForText('检查人员按验证文件里的编号、姓名对照比对');
  await other.waitForText('没有校验码约束，改了也看不出来');
  await sound(other);
  // Somebody else than was drawn goes to one of them.
  const site = await readFile(html, 'utf8');
  const cells = site.split('</td>').map((cell) => cell.slice(cell.lastIndexOf('>') + 1));
  const team = cells.find((words) => /^\p{L}{2,4}、\p{L}{2,4}$/u.test(words));
  await writeFile(join(folder, 'altered.html'), site.replace(`>${team}<`, `>${team.split('、')[0]}、某甲<`));
  await choose(other).upload(join(folder, 'altered.html'));
  await other.waitForText('有 1 处不同');
  const table = await beside(other).text();
  for (const words of ['某甲', team.split('、')[1]]) assert.ok(table.includes(words), words);
  await other.assertQuiet();
  await removeFolder(folder);
}, ONE);

journey('a month after a broken-off draw leaves nothing open', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await openDraw(page, '2026-01');
  await page.byRole('button', '中止抽取').click();
  const dialog = page.byRole('dialog', /^中止 /);
  await dialog.byRole('textbox', '原因').fill('名录有误');
  await dialog.byRole('textbox', '批准人').fill('大队长');
  await dialog.byRole('button', '中止抽取').click();
  await dialog.waitGone();
  await openDraw(page, '2026-01');
  await commit(page);
  // The sheet to post has the commitment as a QR code, which the verify page takes.
  assert.equal(await page.css('.sheet.is-notice .qr svg').count(), 1);
  await draw(page);
  await page.goto('#/verify/2');
  await page.waitForText('36 项核对，36 项通过');
  await page.waitForText(/第 1 号于 2025-12-30 09:10 中止：名录有误（批准人 大队长）/);
  await page.assertQuiet();
}, ONE);

journey('10 000 units are verified; the time is told, not judged', async ({ open }) => {
  const folder = await newFolder('ten-thousand');
  const { units } = JSON.parse(await readFile(join(ROOT, 'tests/data/demo-brigade.json'), 'utf8'));
  const more = Array.from({ length: 10_000 - units.length }, (_, at) => {
    const { id, code, salt, ...unit } = units[at % units.length];
    return { ...unit, name: `${unit.name}${Math.floor(at / units.length) + 2}分店` };
  });
  const list = join(folder, 'units.json');
  await writeFile(list, JSON.stringify({ format: 'double-random/units', version: 1, units: more }));
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/settings?import');
  await page.byRole('file').first().upload(list);
  const dialog = page.byRole('dialog', '导入单位名录');
  await dialog.byRole('button', /^导入：/).click();
  await dialog.waitGone();
  await freezePlan(page);
  await openDraw(page, '2026-01');
  await commit(page);
  await draw(page);
  const certificate = page.byRole('complementary', '抽取证书');
  const path = await page.download(() => certificate.byRole('button', '保存验证文件').click());
  const content = await readFile(path, 'utf8');
  const count = JSON.parse(content).register.units.length;
  assert.ok(count > 9_900, `${count}`);
  const other = await open({ hash: '#/verify' });
  const took = await other.evaluate(async (text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'whole.json'));
    const started = performance.now();
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
    while (!document.body.innerText.includes('项核对，')) await new Promise((r) => setTimeout(r, 10));
    return performance.now() - started;
  }, content);
  console.log(`# ${count} units, ${Math.round(content.length / 1024)} KB: ${Math.round(took)} ms`);
  await other.assertQuiet();
  await removeFolder(folder);
}, { ...ONE, timeout: 180_000 });
