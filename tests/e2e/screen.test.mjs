// 大屏展示: what a projector shows of a draw.

import assert from 'node:assert/strict';
import { journey } from './desk.mjs';
import { runningYear } from './places.mjs';
import { NOW, commit, freezePlan, openDemo, openDraw } from './steps.mjs';

/** Words that cannot be read from ten metres, or are cut off. */
function screenFaults() {
  const faults = [];
  const walker = document.createTreeWalker(document.querySelector('.screen'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    const box = e.getBoundingClientRect();
    const words = walker.currentNode.data.trim();
    if (!words || !box.width || e.closest('.visually-hidden')) continue;
    const size = parseFloat(getComputedStyle(e).fontSize);
    if (size < 20) faults.push(`${size} px: “${words}”`);
    if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1) faults.push(`beyond the edge: “${words}”`);
    for (let at = e; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowY !== 'hidden' || at.matches('.screen-name')) continue;
      const frame = at.getBoundingClientRect();
      if (box.bottom > frame.bottom + 1 || box.right > frame.right + 1) faults.push(`cut off: “${words}” in ${at.className}`);
    }
  }
  return [...new Set(faults)];
}

/** Presses a key and waits for what it shows. */
async function forward(page, key) {
  const main = () => document.querySelector('.screen-main').textContent;
  const before = await page.evaluate(main);
  await page.press(key);
  await page.until('the next step', (was) => document.querySelector('.screen-main').textContent !== was, before);
}

const place = (page) => page.css('.screen-foot .screen-count').text();

journey('a drawn month on the big screen: group by group, by keys, and back', async ({ open }) => {
  const page = await open({ now: NOW, viewport: { width: 1920, height: 1080 } });
  await runningYear(page);
  await page.goto('#/month/2026-01');
  await page.byRole('link', '大屏展示').click();
  await page.css('.screen-rows').wait();
  await page.until('the address says so', () => location.hash === '#/ceremony/2026-01');
  await page.byRole('navigation').waitCount(0, 'nothing but the draw');
  const text = () => page.css('.screen').text();
  assert.match(await text(), /2026 年 1 月消防监督抽查/);
  assert.match(await text(), /证书短码/);
  const shortCode = await page.css('.screen-short').text();
  assert.match(shortCode.trim(), /^\d{4} \d{4} \d{4} \d{4}$/);
  const total = +(await place(page)).match(/\/ (\d+)/)[1];
  const groups = new Set();
  const drawn = [];
  for (let step = 0; step < 60; step++) {
    for (const [width, height] of [[1920, 1080], [1366, 768]]) {
      await page.setViewport({ width, height });
      assert.deepEqual(await page.evaluate(screenFaults), [], `step ${step} at ${width}`);
    }
    groups.add(await page.css('#screen-what').text());
    drawn.push(...await page.evaluate(() => [...document.querySelectorAll('.screen-row:not(.is-out) .screen-name')].map((e) => e.textContent)));
    if (/全部抽完/.test(await text())) break;
    await forward(page, step % 2 ? 'Space' : 'ArrowRight');
  }
  assert.equal(groups.size, total);
  assert.equal(await page.evaluate(() => document.querySelectorAll('.screen-cut').length), 1);
  const sum = +(await text()).match(/已抽 (\d+) 户，共 \1 户/)[1];
  assert.equal(drawn.length, sum, 'each drawn unit was shown once');
  assert.equal(new Set(drawn).size, sum);
  await page.press('ArrowRight');
  assert.match(await text(), /全部抽完/, 'after the last there is nothing');
  await page.press('ArrowLeft');
  await page.until('one back', () => !document.querySelector('.screen').innerText.includes('全部抽完'));
  await page.press('p');
  await page.byRole('button', /继续/).wait();
  assert.ok(await page.evaluate(() => document.querySelector('.screen').matches('.is-paused')));
  await page.byRole('button', /继续/).click();
  await page.byRole('button', /暂停/).wait();
  await page.press('Space');
  await page.until('the space bar goes on after a click', () => document.querySelector('.screen').innerText.includes('全部抽完'));
  await page.press('Escape');
  await page.byRole('grid', '排期配人').wait();
  assert.match(await page.hash(), /^#\/month\/2026-01/);
  await page.assertQuiet();
});

journey('the commitment on the big screen, before there is a random number', async ({ open }) => {
  const page = await open({ now: NOW, viewport: { width: 1366, height: 768 } });
  await openDemo(page);
  await freezePlan(page);
  await openDraw(page, '2026-01');
  assert.equal(await page.byRole('link', '大屏展示').count(), 0, 'nothing is published yet');
  await commit(page, '大队公示栏');
  const code = (await page.css('.commitment .hash').text()).replace(/\s/g, '');
  await page.byRole('link', '大屏展示').click();
  await page.css('.screen-commitment').wait();
  assert.equal((await page.css('.screen-commitment .hash').text()).replace(/\s/g, ''), code);
  const text = await page.css('.screen').text();
  for (const words of ['承诺码', '先公布', '公布在：大队公示栏', '随机数还没有产生']) assert.ok(text.includes(words), words);
  assert.equal(await page.byRole('img', '承诺码的二维码').count(), 1);
  for (const [width, height] of [[1920, 1080], [1366, 768]]) {
    await page.setViewport({ width, height });
    assert.deepEqual(await page.evaluate(screenFaults), []);
  }
  await page.press('ArrowRight');
  assert.equal(await page.css('.screen-commitment').count(), 1, 'nothing comes before it is drawn');
  await page.press('Escape');
  await page.byRole('button', '抽取并排期').wait();
  await page.goto('#/ceremony/9');
  await page.waitForText('没有可以展示的内容');
  await page.press('Escape');
  await page.until('the month', () => location.hash.startsWith('#/month'));
});

journey('why a unit was drawn, on the big screen; one that is withheld has a code and no name', async ({ open }) => {
  const page = await open({ now: NOW, viewport: { width: 1920, height: 1080 } });
  await runningYear(page);
  await page.goto('#/month/2026-01');
  await page.byRole('grid', '排期配人').wait();
  await page.css('.table-frame tr.is-row').first().click();
  await page.until('a visit is chosen', () => location.hash.includes('unit='));
  const id = (await page.hash()).match(/unit=([A-Z0-9-]+)/)[1];
  await page.goto(`#/units/${id}`);
  await page.byRole('region', /1 月为什么/).byRole('link', '大屏展示').click();
  await page.css('.screen-row.is-own').wait();
  const name = (await page.css('#screen-what').text()).trim();
  assert.match(await page.css('.screen').text(), /为什么抽中.*级.*中签线/s);
  for (const [width, height] of [[1920, 1080], [1366, 768]]) {
    await page.setViewport({ width, height });
    assert.deepEqual(await page.evaluate(screenFaults), []);
  }
  await page.press('Escape');
  await page.until('back at the unit', (to) => location.hash === to, `#/units/${id}`);

  await page.byRole('button', '设为不公开').click();
  const dialog = page.byRole('dialog', /不公开/);
  await dialog.byRole('textbox', /原因|依据/).fill('涉密单位');
  await dialog.byRole('textbox', '批准人').fill('大队长');
  await dialog.byRole('button', '设为不公开').click();
  await dialog.waitGone();
  // The message that it is done names the unit, as long as it stands.
  await page.until('the message is gone', () => !document.querySelector('.toast'));
  await page.goto(`#/ceremony/1?unit=${id}`);
  await page.css('.screen-row.is-own').wait();
  const whole = () => page.evaluate(() => document.documentElement.outerHTML);
  assert.ok((await page.css('.screen').text()).includes('依法不公开'));
  assert.ok(!(await whole()).includes(name), 'its name is nowhere in the page');
  await page.goto('#/ceremony/1');
  await page.css('.screen-rows').wait();
  for (let step = 0; step < 60; step++) {
    assert.ok(!(await whole()).includes(name), `step ${step}`);
    if (/全部抽完/.test(await page.css('.screen').text())) break;
    await forward(page, 'ArrowRight');
  }
});

journey('with reduced motion everything stands at once; without, rows settle in order', async ({ open }) => {
  const page = await open({ now: NOW });
  await runningYear(page);
  await page.goto('#/ceremony/1');
  await page.css('.screen-rows').wait();
  const delays = () => page.evaluate(() => [...document.querySelectorAll('.screen-rows > li')].map((e) => {
    const style = getComputedStyle(e);
    return style.animationName === 'none' ? null : parseFloat(style.animationDelay);
  }));
  const moving = await delays();
  assert.deepEqual(moving, moving.map((_, at) => +(at * 0.24).toFixed(2)), 'units one by one, the line after the last place');
  await page.motion('reduce');
  await page.until('nothing moves', () => [...document.querySelectorAll('.screen-rows > li')]
    .every((e) => getComputedStyle(e).animationName === 'none'));
});
