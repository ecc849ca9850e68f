// A register of 100 000 units: it opens, scrolls, answers, saves, is drawn from, and comes back.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BROWSERS, ROOT, journey } from './harness.mjs';
import { newFolder, removeFolder } from './browsers.mjs';
import { NOW, commit, draw, freezePlan, openDemo, openDraw, saved } from './steps.mjs';

const COUNT = 100_000;

/** The demo's units over and over, as a unit register to merge: names and places of its mix. */
async function largeRegister() {
  const { units } = JSON.parse(await readFile(join(ROOT, 'tests/data/demo-brigade.json'), 'utf8'));
  const more = Array.from({ length: COUNT - units.length }, (_, at) => {
    const { id, code, salt, ...unit } = units[at % units.length];
    return { ...unit, name: `${unit.name}${Math.floor(at / units.length) + 2}分店` };
  });
  const folder = await newFolder('register');
  const path = join(folder, 'units.json');
  await writeFile(path, JSON.stringify({ format: 'double-random/units', version: 1, units: more }));
  return { folder, path };
}

journey('100 000 units are imported, listed, searched, saved and drawn from', async ({ open }) => {
  const { folder, path } = await largeRegister();
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/settings?import');
  await page.byRole('file').first().upload(path);
  const dialog = page.byRole('dialog', '导入单位名录');
  await dialog.byRole('button', /^导入：/).click();
  await dialog.waitGone();
  await page.byRole('navigation', '主导航').byRole('link', `单位 ${COUNT}`).wait();

  // The list holds all of them, and few stand in the page.
  await page.goto('#/units');
  await page.waitForText(`共 ${COUNT} 行`);
  assert.ok(await page.css('tr.is-row').count() < 120);
  await page.evaluate(() => { document.querySelector('.table-frame').scrollTop = 1e9; });
  await page.waitForText(new RegExp(`至 ${COUNT} 行，共 ${COUNT} 行`));
  const find = page.byRole('searchbox', '名称、信用代码、地址、责任人');
  await find.fill('药房 40分店');
  await page.until('only such units are listed', () => {
    const rows = [...document.querySelectorAll('tr.is-row')];
    return rows.length > 0 && rows.every((row) => row.innerText.includes('药房') && row.innerText.includes('40分店'));
  });
  await find.fill('');
  await page.waitForText(`共 ${COUNT} 行`);
  await page.byRole('button', '单位名称').click();
  await page.waitForText(`共 ${COUNT} 行`);

  // A record changes; typing and saving go on, and it is there in the next browser.
  await page.goto('#/units/NG-50000');
  await page.byRole('button', '编辑').click();
  const drawer = page.byRole('dialog', /^编辑 /);
  await drawer.byRole('textbox', '联系电话').fill('0319-5550000');
  await drawer.byRole('button', '保存').click();
  await drawer.waitGone();
  await page.waitForText('正在保存');
  await saved(page);
  await page.reopen({ hash: '#/units/NG-50000' });
  await page.waitForText('0319-5550000');

  // The month is drawn; every unit has its number.
  await freezePlan(page);
  await openDraw(page, '2026-01');
  await page.waitForText(`${COUNT} 户 09:10`);
  await commit(page);
  await draw(page);
  await saved(page);
  await page.goto('#/units/NG-50000');
  await page.byRole('region', /^1 月为什么/).wait();
  await page.reopen({ hash: '#/month/2026-01' });
  await page.byRole('grid', '排期配人').wait();
  await page.assertQuiet();
  await removeFolder(folder);
}, { browsers: BROWSERS.filter((browser) => browser === 'chromium'), timeout: 180_000 });
