// What is left when something goes wrong for good, and what the help says.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { ROOT } from './harness.mjs';
import { join } from 'node:path';
import { journey, smallChange, stored } from './desk.mjs';
import { NOW, openDemo } from './steps.mjs';

journey('a panic of the program is put in words, and everything stored can be taken away', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await smallChange(page, '一科');
  await page.goto('#/settings/snapshots');
  await page.byRole('button', '现在留一份').click();
  await page.waitForText('已留快照');
  const before = await stored(page);
  assert.ok(Object.keys(before).length >= 3);
  // A real panic: without secure random numbers no draw could be honest, so the program stops.
  await page.goto('#/settings/leave');
  await page.byRole('button', '关闭工作簿').click();
  await page.evaluate(() => {
    window.__kept = Object.fromEntries(Object.keys(localStorage).map((key) => [key, localStorage.getItem(key)]));
  });
  await page.byRole('dialog', /^关闭 /).byRole('button', '关闭工作簿').click();
  await page.byRole('textbox', '大队名称').fill('测试大队');
  await page.byRole('textbox', '单位编号前缀').fill('CS');
  await page.evaluate(() => {
    for (const [key, value] of Object.entries(window.__kept)) localStorage.setItem(key, value);
    crypto.getRandomValues = () => { throw new Error('no entropy'); };
  });
  await page.byRole('button', '新建').click();
  await page.waitForText('程序无法继续运行');
  await page.waitForText('every supported browser has a secure random source');
  await page.byRole('alert').wait();
  const path = await page.download(() => page.byRole('button', /Download my data/).click());
  const rescue = JSON.parse(await readFile(path, 'utf8'));
  assert.equal(rescue.format, 'double-random/rescue');
  for (const [key, value] of Object.entries(before)) assert.equal(rescue.entries[key], value);
  assert.deepEqual(await page.evaluate(() => document.querySelectorAll('h1').length), 1);

  // What was stored is whole: opening again shows it.
  // The page that is left had started, too.
  await page.evaluate(() => { window.__left = true; });
  await page.byRole('button', /Open again/).click();
  await page.until('the program has started again', () => !window.__left && window.__doubleRandom?.started === true);
  await page.goto('#/officers/P01');
  await page.waitForText('一科');
}, { browsers: ['chromium', 'firefox'] });

for (const lacking of ['DecompressionStream', 'WebAssembly', 'structuredClone']) {
  journey(`a browser without ${lacking} meets a sentence that names browsers to use`, async ({ open }) => {
    const page = await open({ now: NOW, before: `delete window.${lacking}` });
    await page.byRole('heading', '这个浏览器太旧，打不开本页').wait();
    await page.waitForText('Edge 109、Chrome 109、Firefox 115');
    await page.waitForText(lacking);
    await page.byRole('button', /Download my data/).wait();
    await page.assertQuiet();
  }, { browsers: ['chromium', 'firefox'] });
}

journey('an unknown address is said, with ways on; the help lists those there are', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await page.goto('#/nowhere/5?x=1');
  await page.waitForText('地址 #/nowhere/5?x=1 不是本程序的任何一页');
  await page.until('the title says so', () => document.title.startsWith('没有这一页'));
  await page.byRole('link', '到帮助').click();
  await page.byRole('heading', '帮助').first().wait();
  const hashes = await page.until('the addresses are listed', () => {
    const links = [...document.querySelectorAll('.help-routes a')];
    return links.length >= 9 && links.map((a) => a.getAttribute('href'));
  });
  for (const hash of ['#/home', '#/plan', '#/month', '#/units', '#/officers', '#/items', '#/trail', '#/settings', '#/help']) {
    assert.ok(hashes.includes(hash), hash);
  }
  const titles = new Set();
  for (const hash of hashes) {
    await page.goto(hash);
    await page.until(`${hash} has its title`, (to) => location.hash.startsWith(to) && !document.title.startsWith('没有'), hash);
    await page.css('#page-title').wait();
    titles.add(await page.evaluate(() => document.title));
  }
  assert.equal(titles.size, hashes.length, 'every page names itself');
  await page.goto('#/units/NG-99999');
  await page.waitForText('名录库里没有编号为 NG-99999 的单位');
  await page.assertQuiet();
});

journey('the help shows the published schemas, also before there is a workbook', async ({ open }) => {
  const page = await open({ now: NOW });
  await page.byRole('link', '帮助').click();
  await page.byRole('heading', '帮助').first().wait();
  for (const name of ['workbook', 'units', 'officers', 'items']) {
    const shown = await page.evaluate((format) => {
      const fold = [...document.querySelectorAll('details')].find((d) => d.querySelector('summary').textContent.includes(`double-random/${format}`));
      fold.open = true;
      return fold.querySelector('pre').textContent;
    }, name);
    const schema = await readFile(join(ROOT, `tests/schema/${name}.schema.json`), 'utf8');
    assert.deepEqual(JSON.parse(shown), JSON.parse(schema), name);
  }
  await page.byRole('button', 'English').click();
  await page.byRole('heading', 'Help').first().wait();
});
