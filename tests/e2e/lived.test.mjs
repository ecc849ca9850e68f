// The demo's lived year: the page makes the bytes that the native program makes, soon, and every
// page of it is sound.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contrastFaults, layoutFaults, structureFaults } from './audit.mjs';
import { BROWSERS, ROOT, journey } from './harness.mjs';
import { NOW, backup, moveDemoTo, openDemo, openLived, saved } from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

async function sound(page) {
  for (const check of [structureFaults, contrastFaults, layoutFaults]) assert.deepEqual(await page.evaluate(check), []);
}

journey('the demo opens on 20 May of a year that was lived, byte for byte as it is made elsewhere', async ({ open }) => {
  const page = await open({ now: NOW });
  const began = Date.now();
  await openLived(page);
  console.log(`# the lived demo was there after ${Date.now() - began} ms`);
  assert.equal(await page.byRole('date', '演示日期').value(), '2026-05-20');
  const { text } = await backup(page);
  const made = createHash('sha256').update(JSON.stringify(JSON.parse(text))).digest('hex');
  const kept = await readFile(join(ROOT, 'tests/data/lived-2026.sha256'), 'utf8');
  assert.equal(made, kept.trim());

  // What waits is said where one begins.
  const due = page.byRole('region', '今天要办');
  await due.byRole('link', '去核查').wait();
  await page.waitForText('5月20日定期核查');
  await sound(page);
  for (const address of [
    'plan', 'month/2026-05', 'campaign', 'campaign/2026-1', 'visits', 'selfcheck', 'selfcheck/2026-9', 'units',
    'officers', 'agencies', 'own-draws/agencies', 'items', 'trail',
  ]) {
    await page.goto(`#/${address}`);
    await page.byRole('main').byRole('heading', /./).first().wait();
    await sound(page);
  }
  await saved(page);
  await page.reload();
  await page.goto('#/visits?view=recheck');
  await page.byRole('grid', '检查任务').wait();

  // Its draws verify, and the work goes on from there.
  await page.goto('#/verify/2026-05');
  await page.waitForText(/(\d+) 项核对，\1 项通过/);
  await page.goto('#/selfcheck');
  await page.waitForText(/5月20日核查：\d+ 项要整改/);
  await moveDemoTo(page, '2026-05-28');
  await page.goto('#/month/2026-06');
  await page.waitForText('现在可以抽取');
  await page.assertQuiet();
}, ONE);

journey('left again, the demo begins from scratch where that is asked for', async ({ open }) => {
  const page = await open({ now: NOW });
  await openLived(page);
  await page.byRole('button', '退出演示').click();
  await page.byRole('dialog', '退出演示').byRole('button', '退出演示').click();
  await openDemo(page);
  assert.equal(await page.byRole('date', '演示日期').value(), '2025-12-30');
  // The first save after the store was emptied is alone, and nothing is wrong with that.
  await saved(page);
  await page.waitForNoText('本机存储只放得下一份保存');
  await page.goto('#/plan');
  await page.byRole('button', '冻结计划').wait();
  await page.assertQuiet();
}, ONE);
