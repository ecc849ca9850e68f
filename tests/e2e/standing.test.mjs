// What is drawn stays drawn: whatever a window that fell behind, a page closed in the middle, an older
// backup or a snapshot would put in its place.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { newFolder, removeFolder } from './browsers.mjs';
import { journey, write } from './desk.mjs';
import {
  NOW, backup, commit, draw, drawMonth, freezePlan, openDemo, openDraw, openWorkbook, saved,
} from './steps.mjs';

const parsed = async (page) => JSON.parse((await backup(page)).text).years[0];

/** A page on which the computer's random numbers are always the same, so that runs can be compared. */
const SAME_NUMBERS = {
  now: NOW,
  before: () => {
    crypto.getRandomValues = (bytes) => {
      bytes.forEach((_, at) => { bytes[at] = (at * 37 + 11) % 256; });
      return bytes;
    };
  },
};

/** From here on nothing goes on by itself in this page: what it is at stands still. */
function standStill(page) {
  return page.evaluate(() => {
    window.setTimeout = () => 0;
    MessagePort.prototype.postMessage = () => {};
  });
}

journey('a window that fell behind takes no step of a draw, and its word takes no draw away', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await openDraw(page, '2026-01');
  await commit(page);
  await saved(page);
  const stale = await page.tab('#/month/2026-01');
  await stale.byRole('button', '抽取并排期').wait();
  await page.front();
  await draw(page);
  await saved(page);
  const { draws } = await parsed(page);

  // The same draw is still to be made here. It is refused, and nothing is drawn.
  await stale.front();
  await stale.waitForText('另一个窗口保存了更新的数据，本窗口已停止保存');
  await stale.byRole('button', '抽取并排期').click();
  await stale.waitForText('本窗口的抽取步骤没有执行');
  assert.equal((await parsed(stale)).draws[0].drawn, undefined, 'nothing is drawn here');

  // This window's word counts for the rest, which becomes a file, and never for the draw.
  await stale.goto('#/officers/P01');
  await stale.byRole('button', '编辑').click();
  const drawer = stale.byRole('dialog');
  await drawer.byRole('textbox', '所在科室').fill('旧窗口的科室');
  await drawer.byRole('button', '保存').click();
  await drawer.waitGone();
  const path = await stale.download(() => stale.byRole('alert').byRole('button', '以本窗口为准').click());
  await stale.waitForText('已改为载入保存的工作簿：其中第 1 号抽取，本窗口没有或不一样');
  await stale.waitForText(/单位 0 户、人员 1 名、事项 0 项、服务机构和工程师 0 条不同，操作记录多 1 条/);
  const kept = JSON.parse(await readFile(path, 'utf8'));
  assert.equal(kept.officers[0].office, '旧窗口的科室', 'what was typed here is in the file');
  assert.equal(kept.years[0].draws[0].drawn, undefined);
  assert.deepEqual((await parsed(stale)).draws, draws, 'the draw that was stored stands');
  await stale.goto('#/month/2026-01');
  await stale.byRole('grid', '排期配人').wait();
  await stale.reload();
  assert.deepEqual((await parsed(stale)).draws, draws);
  await page.assertQuiet();
  await stale.assertQuiet();
});

journey('a page closed while days and teams are laid goes on to the same plan', async ({ open }) => {
  const undisturbed = await open(SAME_NUMBERS);
  await openDemo(undisturbed);
  await freezePlan(undisturbed);
  await drawMonth(undisturbed, '2026-01');
  const whole = await backup(undisturbed);

  const page = await open(SAME_NUMBERS);
  await openDemo(page);
  await freezePlan(page);
  await openDraw(page, '2026-01');
  await commit(page);
  await saved(page);
  await standStill(page);
  await page.byRole('button', '抽取并排期').click();
  // The numbers are stored; nothing is laid out yet, and nothing else can be drawn.
  await page.byRole('button', '抽取并排期').waitGone();
  assert.equal(await page.byRole('grid', '排期配人').count(), 0);
  assert.equal(await page.byRole('button', '中止抽取').count(), 0);
  await page.reopen({ hash: '#/month/2026-01' });
  await page.byRole('grid', '排期配人').wait();
  assert.equal((await backup(page)).text, whole.text, 'the same plan, certificate and trail');

  // So it goes on from a file that was made in the middle.
  const book = JSON.parse(whole.text);
  const [year] = book.years;
  const [record] = year.draws;
  const { entropy, missing, at, operator, result } = record.drawn;
  record.numbers = { entropy, missing, at, operator, result };
  delete record.drawn;
  year.visits = [];
  assert.equal(book.trail.pop().action, 'draw');
  const folder = await newFolder('standing');
  const other = await open({ now: NOW });
  await openWorkbook(other, await write(folder, 'middle.json', book));
  await other.goto('#/month/2026-01');
  await other.byRole('grid', '排期配人').wait();
  const { draws } = await parsed(other);
  assert.deepEqual(draws, JSON.parse(whole.text).years[0].draws);
  await removeFolder(folder);
  for (const one of [undisturbed, page, other]) await one.assertQuiet();
});

journey('an older backup or snapshot takes no draw away', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  await page.goto('#/settings/snapshots');
  await page.byRole('button', '现在留一份').click();
  await page.waitForText('已留快照');
  const older = await backup(page);
  await drawMonth(page, '2026-01');
  await saved(page);
  const { draws } = await parsed(page);
  const refusal = '不能打开：同一本工作簿在这里已有第 1 号抽取';

  await page.goto('#/settings/backup');
  await page.byRole('file', '打开备份').upload(older.path);
  const dialog = page.byRole('dialog', '打开工作簿');
  await page.waitForText('这是同一工作簿较早的备份');
  await dialog.byRole('button', /^打开 /).click();
  await page.waitForText(refusal);
  await dialog.byRole('button', '取消').click();

  await page.goto('#/settings/snapshots');
  const rows = page.css('.settings-body tbody tr');
  await rows.last().byRole('button', '恢复').click();
  const restore = page.byRole('dialog', /^恢复到/);
  await restore.byRole('button', /^恢复到/).click();
  await page.waitForText(refusal);
  await restore.byRole('button', '取消').click();

  assert.deepEqual((await parsed(page)).draws, draws);
  await page.reopen({ hash: '#/month/2026-01' });
  await page.byRole('grid', '排期配人').wait();
  assert.deepEqual((await parsed(page)).draws, draws, 'also in the store');
  await page.assertQuiet();
});
