// Keyboard, names, contrast, room, language and look: everybody can work with the page.

import assert from 'node:assert/strict';
import { contrastFaults, layoutFaults, structureFaults } from './audit.mjs';
import { journey, stored } from './desk.mjs';
import { PLACES, at, runningYear } from './places.mjs';
import { NOW, openDemo } from './steps.mjs';

async function chooseTheme(page, name) {
  await page.goto('#/settings/display');
  await page.byRole('group', /^(外观|Look)$/).byRole('button', name).click();
}

const focusName = (page) => page.evaluate(() => {
  const e = document.activeElement;
  return e.getAttribute('aria-label') || e.textContent.trim().slice(0, 40) || e.tagName;
});

/** Presses Tab until the element with the focus has this name. */
async function tabTo(page, name, key = 'Tab') {
  for (let i = 0; i < 80; i++) {
    await page.press(key);
    if (name.test(await focusName(page))) return;
  }
  assert.fail(`${name} cannot be reached with ${key}`);
}

journey('the whole way by keyboard: welcome, demo, list, dialogs, palette, undo', async ({ open }) => {
  const page = await open({ now: NOW });
  await page.css('#page-title').wait();
  await page.press('Tab');
  assert.equal(await focusName(page), '跳到正文', 'the skip link comes first');
  await page.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'page-title');
  await tabTo(page, /^从头开始$/);
  await page.press('Enter');
  await page.byRole('region', '今天要办').wait();

  await page.press('Alt+4');
  const grid = page.byRole('grid', '单位');
  await grid.wait();
  await page.press('/');
  assert.match(await focusName(page), /名称、信用代码/);
  await page.evaluate(() => document.activeElement.value);
  await page.byRole('searchbox', /名称、信用代码/).type('药房');
  await page.waitForText(/共 \d{1,3} 行/);
  await page.evaluate(() => document.activeElement.blur());
  await grid.focus();
  await page.press('ArrowDown');
  await page.press('ArrowDown');
  await page.press('ArrowUp');
  const first = await page.hash();
  assert.match(first, /#\/units\/NG-\d+\?q=/);
  await page.press('Enter');
  await page.until('Enter leads into the record', () => document.activeElement.matches('[data-detail]'));
  await page.press('Escape');
  await page.until('Escape leads back to the list', () => document.activeElement.matches('table.list'));
  assert.match(await page.hash(), /^#\/units\?q=/);

  // A dialog starts on cancel, Escape closes it, and the focus returns.
  await tabTo(page, /^退出演示$/, 'Shift+Tab');
  await page.press('Enter');
  await page.byRole('dialog', '退出演示').wait();
  assert.equal(await focusName(page), '取消');
  await page.press('Alt+2');
  assert.match(await page.hash(), /^#\/units/, 'keys do nothing under a dialog');
  await page.press('Escape');
  await page.byRole('dialog', '退出演示').waitGone();
  await page.until('the focus is back', () => document.activeElement.textContent === '退出演示');

  await page.press('Control+k');
  const palette = page.byRole('dialog', '搜索');
  await palette.byRole('combobox').type('p07');
  await palette.byRole('option').first().wait();
  await page.press('Enter');
  await palette.waitGone();
  assert.equal(await page.hash(), '#/officers/P07');
  await page.press('Control+k');
  await page.press('Escape');
  await palette.waitGone();

  // A change by keyboard alone, and taken back.
  await page.goto('#/officers/P07');
  await page.byRole('button', '编辑').focus();
  await page.press('Enter');
  await page.byRole('dialog').byRole('textbox', '所在科室').fill('键盘科');
  await tabTo(page, /^保存$/);
  await page.press('Enter');
  await page.byRole('dialog').waitGone();
  await page.waitForText('键盘科');
  await page.evaluate(() => document.activeElement.blur());
  await page.press('Control+z');
  await page.waitForText(/已撤销这一步：“/);
  await page.waitForNoText('键盘科');

  const path = await page.download(() => page.press('Control+s'));
  assert.match(path, /南宫市消防救援大队_2026_.*\.json$/);
  await page.press('?');
  const keys = page.byRole('dialog', '键盘操作');
  for (const key of ['Ctrl K', 'Ctrl S', 'Alt 1–6', 'Esc']) assert.ok((await keys.text()).includes(key));
  assert.equal(await focusName(page), '关闭');
  await page.press('Escape');
  await keys.waitGone();
  for (const [key, hash] of [['1', '#/home'], ['2', '#/plan'], ['4', '#/units'], ['6', '#/trail']]) {
    await page.press(`Alt+${key}`);
    await page.until(`Alt ${key}`, (to) => location.hash.startsWith(to), hash);
  }
  await page.assertQuiet();
});

for (const [lang, dark] of [['zh', false], ['en', true]]) {
  journey(`every page has names, order and contrast, ${lang} ${dark ? 'dark' : 'light'}`, async ({ open }) => {
    const page = await open({ now: NOW });
    const faults = [];
    const look = async (place) => {
      for (const check of [structureFaults, contrastFaults]) {
        for (const fault of await page.evaluate(check)) faults.push(`${place}: ${fault}`);
      }
    };
    await look('welcome');
    await runningYear(page);
    await chooseTheme(page, dark ? '深色' : '浅色');
    if (lang === 'en') await page.byRole('group', '语言').byRole('button', 'English').click();
    for (const place of PLACES) {
      await at(page, place);
      await look(place);
    }
    await page.press('Control+k');
    await page.byRole('dialog').wait();
    await look('palette');
    await page.press('Escape');
    await page.byRole('dialog').waitGone();
    await page.press('?');
    await page.byRole('dialog').wait();
    await look('keys');
    await page.press('Escape');
    await page.goto('#/units/NG-00003');
    await page.byRole('button', lang === 'en' ? 'Edit' : '编辑').click();
    await page.byRole('dialog').wait();
    await look('unit form');
    assert.deepEqual(faults, []);
  });
}

journey('every page has room at every size, in both languages', async ({ open }) => {
  const page = await open({ now: NOW });
  await runningYear(page);
  const faults = [];
  for (const lang of ['zh', 'en']) {
    if (lang === 'en') await page.byRole('button', 'English').click();
    for (const [width, height] of [[1366, 620], [1366, 768], [1180, 768], [1000, 768], [800, 768]]) {
      await page.setViewport({ width, height });
      for (const place of PLACES) {
        await at(page, place);
        for (const fault of await page.evaluate(layoutFaults)) faults.push(`${lang} ${width}×${height} ${place}: ${fault}`);
      }
    }
    await page.setViewport({ width: 1366, height: 768 });
  }
  assert.deepEqual(faults, []);
});

journey('the checkers find what is wrong', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  for (const check of [structureFaults, contrastFaults, layoutFaults]) assert.deepEqual(await page.evaluate(check), []);
  await page.evaluate(() => {
    const add = (html) => document.querySelector('main').insertAdjacentHTML('beforeend', html);
    add('<button></button><h4>x</h4><h1>y</h1><i id="navigation"></i><ul><p>z</p></ul><svg></svg>');
    add('<table><thead><tr><th>a</th></tr></thead></table><div role="option">o</div><input aria-describedby="nowhere">');
    add('<p style="color:#999;background:#fff">pale</p>');
    add('<button style="position:fixed;left:1300px;width:200px;top:700px;height:200px">far</button>');
  });
  const structure = (await page.evaluate(structureFaults)).join('\n');
  for (const fault of [/no name: button/, /heading h4 after/, /not exactly one h1/, /id twice: navigation/, /P in a list/,
    /svg neither/, /th without scope/, /option without listbox/, /describedby leads nowhere/, /no name: input/]) {
    assert.match(structure, fault);
  }
  assert.match((await page.evaluate(contrastFaults)).join('\n'), /2\.8\d .*“pale”/);
  const layout = (await page.evaluate(layoutFaults)).join('\n');
  assert.match(layout, /cut off sideways: button “far”/);
  assert.match(layout, /cut off below: button “far”/);
});

journey('below 1000 px the navigation is a menu that opens, leads and closes', async ({ open }) => {
  const page = await open({ now: NOW, viewport: { width: 800, height: 768 } });
  await openDemo(page);
  assert.equal(await page.byRole('navigation', '主导航').count(), 0);
  await page.byRole('button', '菜单').click();
  await page.byRole('navigation', '主导航').byRole('link', /^事项清单/).click();
  await page.until('the list of items', () => location.hash === '#/items');
  await page.until('the menu closes', () => !document.querySelector('.navigation.is-open'));
});

journey('the language changes at once: page, selection and typed words stay', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  assert.equal(await page.evaluate(() => document.title), '工作台 · 双随机抽查工作台');
  await page.goto('#/units/NG-00003');
  await page.byRole('searchbox').type('烤肉');
  await page.until('the search is in the address', () => location.hash.includes('q='));
  await page.evaluate(() => { window.__same = true; });
  const hash = await page.hash();
  await page.byRole('button', 'English').click();
  await page.byRole('grid', 'Units').wait();
  assert.equal(await page.evaluate(() => window.__same), true, 'without a reload');
  assert.equal(await page.hash(), hash);
  assert.equal(await page.byRole('searchbox').value(), '烤肉');
  await page.until('language and title follow', () =>
    document.documentElement.lang === 'en' && document.title === 'Units · Double Random Workbench');
  await page.reload();
  await page.byRole('grid', 'Units').wait();
  await page.byRole('button', '中文').click();
  await page.byRole('grid', '单位').wait();
  await page.until('the language follows', () => document.documentElement.lang === 'zh-CN');
});

journey('light, dark, or as the system: chosen for good', async ({ open }) => {
  const page = await open({ now: NOW, dark: true });
  const looks = (theme, why = theme) =>
    page.until(why, (wanted) => document.documentElement.dataset.theme === wanted, theme);
  await looks('dark', 'dark as the system');
  await openDemo(page);
  await page.byRole('button', '深色或浅色').click();
  await looks('light');
  await page.reload();
  await looks('light', 'the choice survives');
  await chooseTheme(page, '随系统');
  await looks('dark');
  assert.ok(!('theme' in JSON.parse((await stored(page))['double-random.meta.v1'])));
  await page.reload();
  await looks('dark');
}, { browsers: ['chromium'] });

journey('on paper the frame goes and the page stands, black on white', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await chooseTheme(page, '深色');
  for (const hash of ['#/units', '#/officers', '#/items', '#/trail', '#/help', '#/plan']) {
    await at(page, hash);
    await page.media('print');
    const seen = await page.evaluate(() => {
      const shown = (s) => [...document.querySelectorAll(s)].some((e) => e.getClientRects().length > 0);
      const style = getComputedStyle(document.body);
      return { frame: shown('.top-bar, .navigation, .bands'), title: shown('h1'), ground: style.backgroundColor, ink: style.color };
    });
    assert.equal(seen.frame, false, `${hash}: no frame on paper`);
    assert.equal(seen.title, true, `${hash}: the title`);
    assert.match(seen.ground, /255, 255, 255|rgba\(0, 0, 0, 0\)/, hash);
    const [r, g, b] = seen.ink.match(/\d+/g).map(Number);
    assert.ok(r + g + b < 150, `${hash}: ${seen.ink}`);
    await page.media('screen');
  }
}, { browsers: ['chromium'] });
