// The harness itself, in every browser, on a page of plain controls.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ROOT, journey } from './harness.mjs';

const file = join(ROOT, 'tests/e2e/fixture.html');

journey('controls are found by role and name, and worked', async ({ open }) => {
  const page = await open({ file, now: '2026-07-30T09:00' });
  await page.byRole('textbox', '姓名').fill('王芳');
  await page.byRole('textbox', '姓名').type('菲');
  await page.byRole('date', '日期').fill('2026-08-03');
  await page.byRole('combobox', '类别').select('一般单位');
  await page.byRole('checkbox', '已核对').check();
  const saved = await page.download(() => page.byRole('button', '保存').click());
  assert.equal(basename(saved), '登记.txt');
  assert.equal(await readFile(saved, 'utf8'), '王芳菲|2026-08-03|b|true');

  await page.byRole('file', '选择文件').upload(saved);
  await page.waitForText('收到 王芳菲');
  await page.press('Control+z');
  await page.waitForText('撤销');
  await page.assertQuiet();
});

journey('a name is what a person hears; the hidden and the inert are not there', async ({ open }) => {
  const page = await open({ file });
  assert.equal(await page.byRole('button', '关闭').count(), 1);
  assert.equal(await page.byRole('button', '看不见').count(), 0);
  await page.byRole('button', '稍后').click();
  const dialog = page.byRole('dialog', '确定吗');
  assert.equal(await dialog.byRole('button', /^保/).count(), 1);
  assert.equal(await page.byRole('button').count(), 1, 'the rest is behind the modal dialog');
});

journey('the clock stands where the test puts it, in China', async ({ open }) => {
  const page = await open({ file, now: '2026-07-30T09:00' });
  const clock = () => page.evaluate(() => [Date.now(), new Date().getHours(), new Date(2020, 1, 1).getDate()]);
  assert.deepEqual(await clock(), [Date.parse('2026-07-30T09:00+08:00'), 9, 1]);
  await page.setNow('2026-08-10T15:00');
  await page.reload();
  assert.deepEqual(await clock(), [Date.parse('2026-08-10T15:00+08:00'), 15, 1]);
});

journey('a profile outlives its browser, three times over', async ({ open }) => {
  const page = await open({ file });
  for (const name of ['甲', '乙', '丙']) {
    await page.byRole('textbox', '姓名').fill(name);
    await page.download(() => page.byRole('button', '保存').click());
    await page.reopen();
    await page.waitForText(`上次 ${name}`);
  }
});

journey('what the page must not do is seen', async ({ open }) => {
  const page = await open({ file });
  await page.evaluate(() => {
    console.error('oh');
    return fetch('http://127.0.0.1:4999/').catch(() => {});
  });
  await assert.rejects(page.noNetwork());
  assert.ok((await page.consoleErrors()).some((line) => line.includes('oh')));
});
