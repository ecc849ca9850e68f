// Every size of window, from a projector's desk to a telephone: names stay, lists keep their rows,
// words keep together.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './browsers.mjs';
import { journey } from './desk.mjs';
import { PLACES, at, runningYear } from './places.mjs';
import { NOW, approvePlan, freezePlan, moveDemoTo, openDemo } from './steps.mjs';

/** Three desks, the first of them at 150 % and at 200 %, and a telephone. */
const SIZES = [[1366, 768], [1280, 720], [1024, 640], [911, 512], [683, 384], [390, 844]];

/** Where lists stand, with the head of the column that says which record a row is. */
const LISTS = [
  ['#/units', '单位名称'], ['#/units/NG-00003', '单位名称'], ['#/officers', '姓名'], ['#/officers/P01', '姓名'],
  ['#/items', '事项名称'], ['#/items/1-01', '事项名称'], ['#/trail', '动作'], ['#/trail/2', '动作'], ['#/month/2026-01', '单位'],
];

/** Walks all lists at all sizes in one language. */
async function everyList(page, look) {
  const faults = [];
  for (const [width, height] of SIZES) {
    await page.setViewport({ width, height });
    for (const [place, head] of LISTS) {
      await at(page, place);
      await page.until('the list has rows', () => document.querySelector('.table-frame tr.is-row') !== null);
      for (const fault of await page.evaluate(look, head)) faults.push(`${width}×${height} ${place}: ${fault}`);
    }
  }
  return faults;
}

/** What is wrong with the list on the page: names that give way, fewer than eight rows. */
function listFaults(head) {
  const faults = [];
  const frame = document.querySelector('.table-frame');
  const heads = [...frame.querySelectorAll('thead th')];
  const names = heads.findIndex((th) => th.textContent.trim().startsWith(head));
  if (names < 0) return [`no column ${head} among ${heads.map((th) => th.textContent.trim())}`];
  const box = frame.getBoundingClientRect();
  const cell = heads[names].getBoundingClientRect();
  // Eight characters of 13 px, and the cell's own edges.
  if (cell.width < 8 * 13 + 16) faults.push(`names have ${Math.round(cell.width)} px`);
  if (cell.left < box.left - 1 || cell.right > box.right + 1) faults.push('names are out of sight');
  if (frame.scrollWidth > frame.clientWidth) faults.push(`the list moves sideways: ${frame.scrollWidth} > ${frame.clientWidth}`);
  const row = frame.querySelector('tr.is-row').getBoundingClientRect().height;
  const rows = (frame.clientHeight - heads[0].getBoundingClientRect().height) / row;
  if (rows < 7.99) faults.push(`${rows.toFixed(1)} rows`);
  // The list can be brought into sight, and is not under its own foot or the window's edge.
  frame.scrollIntoView({ block: 'end' });
  const end = frame.getBoundingClientRect();
  if (end.bottom > innerHeight + 1) faults.push(`the list ends below the window: ${Math.round(end.bottom)}`);
  for (const tr of frame.querySelectorAll('tr.is-day')) {
    const last = [...heads].pop().getBoundingClientRect().right;
    if (Math.abs(tr.lastElementChild.getBoundingClientRect().right - last) > 1) faults.push('a day ends before its row');
  }
  return faults;
}

journey('at every size and zoom lists show their names and eight rows, with a panel beside them too', async ({ open }) => {
  const page = await open({ now: NOW });
  await runningYear(page);
  assert.deepEqual(await everyList(page, listFaults), []);
  await page.setViewport({ width: 1366, height: 768 });

  // The panel takes room from the address and the items; the days' rows reach the last column.
  await at(page, '#/month/2026-01');
  const heads = () => page.evaluate(() => [...document.querySelectorAll('.table-frame th')].map((th) => th.textContent.trim()));
  assert.ok((await heads()).includes('地址') && (await heads()).includes('检查事项'));
  await page.css('.table-frame tr.is-row').first().click();
  await page.until('the address gives way', () => ![...document.querySelectorAll('.table-frame th')].some((th) => th.textContent.trim() === '地址'));
  assert.ok((await heads()).includes('单位'));
  assert.deepEqual(await page.evaluate(listFaults, '单位'), []);
  // Leaving in the frame in which the size changes does no harm.
  await page.setViewport({ width: 1180, height: 700 });
  await page.goto('#/help');
  await page.setViewport({ width: 1366, height: 768 });
  // Narrower while it stands, and wide again: nothing has to be opened anew.
  await page.goto('#/units');
  await page.setViewport({ width: 683, height: 384 });
  await page.until('columns give way', () => document.querySelectorAll('.table-frame th').length < 9);
  await page.setViewport({ width: 1366, height: 768 });
  await page.until('columns are back', () => document.querySelectorAll('.table-frame th').length > 9);
}, { timeout: 240_000 });

journey('on a telephone nothing moves sideways: home, month, a visit and its entry, verification', async ({ open }) => {
  const page = await open({ now: NOW, viewport: { width: 390, height: 844 } });
  await runningYear(page);
  const sideways = () => page.evaluate(() => {
    const shown = [document.documentElement, ...document.querySelectorAll('main, main *, header, header *, dialog[open], dialog[open] *')];
    const moves = shown.filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
      && /auto|scroll/.test(getComputedStyle(e).overflowX) && !e.matches('.tabs, .stats, .stepper'));
    const out = [...document.querySelectorAll('main *, header *, dialog[open] *')].filter((e) => {
      const box = e.getBoundingClientRect();
      return box.width > 1 && box.right > innerWidth + 1 && !e.closest('.tabs, .stats, .stepper, .visually-hidden, .skip-link');
    });
    const say = (e) => `${e.tagName.toLowerCase()}.${[...e.classList].join('.')} “${(e.textContent ?? '').trim().slice(0, 20)}”`;
    return [...moves.map((e) => `moves: ${say(e)}`), ...out.slice(0, 5).map((e) => `beyond the edge: ${say(e)}`)];
  });
  const faults = [];
  const look = async (place) => faults.push(...(await sideways()).map((fault) => `${place}: ${fault}`));
  for (const place of ['#/home', '#/month/2026-01', '#/verify', '#/verify/1']) {
    await at(page, place);
    await look(place);
  }
  await at(page, '#/month/2026-01');
  await approvePlan(page);
  await moveDemoTo(page, '2026-01-20');
  await page.css('.table-frame tr.is-row').first().click();
  await page.byRole('button', '登记检查').wait();
  await look('visit');
  await page.byRole('button', '登记检查').click();
  await page.byRole('dialog').wait();
  await look('entry');
  await page.byRole('dialog').byRole('button', '登记检查').click();
  await page.byRole('dialog').waitGone();
  await page.byRole('button', '更正登记').click();
  await page.byRole('dialog', '更正登记').wait();
  await look('correction');
  await page.byRole('dialog').byRole('button', '取消').click();
  await page.byRole('button', '关闭').click();
  await page.byRole('button', '批量登记').click();
  const several = page.byRole('dialog', '批量登记');
  await several.byRole('button', /^登记 \d+ 户$/).wait();
  await look('several');
  await several.byRole('button', '取消').click();
  await page.byRole('button', 'English').click();
  await page.byRole('button', 'Enter visits').click();
  await page.byRole('dialog', 'Enter visits').wait();
  await look('several, in English');
  assert.deepEqual(faults, []);
});

journey('words over the floor meter never run into each other, all the year round', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  for (const [lang, heading] of [['zh', '工作台'], ['en', 'Workbench']]) {
    if (lang === 'en') await page.byRole('button', 'English').click();
    for (const date of ['2026-01-05', '2026-06-15', '2026-09-20', '2026-11-02', '2026-12-01', '2026-12-31']) {
      await page.byRole('date', lang === 'en' ? 'Demo date' : '演示日期').fill(date);
      await page.until('the meter of that day', (day) => document.querySelector('.top-demo input, input[type=date]').value === day, date);
      const [elapsed, floor] = await page.evaluate(() => ['.floor-elapsed', '.floor-word'].map((its) => {
        const { left, right } = document.querySelector(its).getBoundingClientRect();
        return { left, right };
      }));
      assert.ok(elapsed.right < floor.left, `${date} ${heading}: ${elapsed.right} < ${floor.left}`);
    }
  }
});

/** Dates with a line's end inside them. */
function brokenDates() {
  const faults = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    // A schema is for machines.
    if (node.parentElement.closest('pre')) continue;
    for (const found of node.data.matchAll(/\d{1,2}月\d{1,2}日|\d{4}-\d\d-\d\d/g)) {
      const range = document.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      const tops = new Set([...range.getClientRects()].filter((box) => box.width).map((box) => Math.round(box.top)));
      if (tops.size > 1) faults.push(`${found[0]} in “${node.data.trim().slice(0, 40)}”`);
    }
  }
  return faults;
}

/** Words smaller than 12 px. */
function smallWords() {
  const faults = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !e.getClientRects().length || e.matches('script, style')) continue;
    const size = parseFloat(getComputedStyle(e).fontSize);
    if (size < 12) faults.add(`${size} px: ${e.tagName.toLowerCase()} “${walker.currentNode.data.trim().slice(0, 20)}”`);
  }
  return [...faults];
}

journey('no date has a line\'s end inside it, and no word is smaller than 12 px', async ({ open }) => {
  const page = await open({ now: NOW });
  await runningYear(page);
  const faults = [];
  for (const [width, height] of [[1366, 768], [1024, 640], [683, 384], [390, 844]]) {
    await page.setViewport({ width, height });
    for (const place of [...PLACES, '#/month/2026-02', '#/fairness']) {
      await at(page, place);
      for (const fault of await page.evaluate(brokenDates)) faults.push(`${width}×${height} ${place}: ${fault}`);
      for (const fault of await page.evaluate(smallWords)) faults.push(`${place}: ${fault}`);
    }
  }
  assert.deepEqual([...new Set(faults)], []);
}, { timeout: 240_000 });

journey('English pages have English punctuation, outside of what the brigade wrote', async ({ open }) => {
  const page = await open({ now: NOW });
  await runningYear(page);
  await page.goto('#/month/2026-01');
  await approvePlan(page);
  await page.byRole('button', 'English').click();
  const data = await readFile(await page.download(() => page.press('Control+s')), 'utf8');
  const faults = new Set();
  const look = async (place) => {
    const found = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      const take = (text) => {
        for (const mark of text.matchAll(/[、，。：；（）《》「」“”！？]/g)) {
          found.push([text.slice(Math.max(0, mark.index - 2), mark.index + 2), text.trim().slice(0, 60)]);
        }
      };
      while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('script, style, noscript, [lang^=zh], pre')) take(walker.currentNode.data);
      for (const e of document.querySelectorAll('main [aria-label], main [title], main [placeholder]')) {
        for (const name of ['aria-label', 'title', 'placeholder']) take(e.getAttribute(name) ?? '');
      }
      return found;
    });
    // Quotation marks “ ” are English too.
    for (const [around, text] of found) if (!/[“”]/.test(around) && !data.includes(around)) faults.add(`${place}: ${text}`);
  };
  for (const place of [...PLACES, '#/month/2026-02', '#/month/2026-01?unit=NG-00003', '#/fairness', '#/verify/1', '#/units?stratum=A&tier=red', '#/home']) {
    await at(page, place);
    await look(place);
  }
  await at(page, '#/month/2026-01');
  await page.css('.table-frame tr.is-row').first().click();
  await page.byRole('button', 'Record visit').wait();
  await look('visit');
  assert.deepEqual([...faults], []);
});

journey('a page without a paper of its own prints no buttons, and nothing over its rows', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  for (const hash of ['#/units', '#/officers', '#/items', '#/trail', '#/settings/registers']) {
    await at(page, hash);
    await page.media('print');
    const seen = await page.evaluate(() => ({
      controls: [...document.querySelectorAll('button, input, select, .button')].filter((e) => e.getClientRects().length).length,
      sticky: [...document.querySelectorAll('th')].filter((e) => e.getClientRects().length && getComputedStyle(e).position === 'sticky').length,
    }));
    assert.deepEqual(seen, { controls: 0, sticky: 0 }, hash);
    await page.media('screen');
  }
});

journey('the annual plan has a paper: brigade, year, version and hash, places to sign, no buttons', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  const paper = () => page.evaluate(() => {
    const shown = [...document.querySelectorAll('.sheet')].filter((e) => e.getClientRects().length);
    const over = [];
    for (const sheet of shown) {
      const boxes = [...sheet.querySelectorAll(':scope > *, .sheet-columns > div > *')].filter((e) => !e.matches('.sheet-columns'))
        .map((e) => [e, e.getBoundingClientRect()]);
      for (const [a, one] of boxes) {
        for (const [b, two] of boxes) {
          const [first, second] = [a, b].map((e) => e.className || e.tagName);
          if (a !== b && !a.contains(b) && !b.contains(a) && one.left < two.right - 1 && two.left < one.right - 1
            && one.top < two.bottom - 1 && two.top < one.bottom - 1) over.push(`${first} over ${second}`);
        }
        if (one.bottom > sheet.getBoundingClientRect().bottom + 1) over.push(`${a.className} runs out of the sheet`);
      }
    }
    return { words: shown.map((e) => e.textContent.replace(/\s+/g, ' ')), over,
      buttons: [...document.querySelectorAll('button, input, a')].filter((e) => e.getClientRects().length).length };
  });
  await at(page, '#/plan');
  await page.media('print');
  await page.until('the plan is worked out', () => document.querySelector('.sheet-table') !== null);
  const draft = await paper();
  assert.match(draft.words[0], /草案，未冻结/);
  await page.media('screen');
  await freezePlan(page);
  await page.media('print');
  const { words, over, buttons } = await paper();
  assert.deepEqual([words.length, over, buttons], [2, [], 0]);
  assert.match(words[0], /南宫市消防救援大队.*2026年度“双随机、一公开”消防监督抽查计划.*第 1 版.*大队长批准.*计划散列值 [0-9a-f]{4}/);
  for (const part of ['审批意见', '签名', '大队主官', '单位公章', '第 2 页，共 2 页']) assert.ok(words[1].includes(part), part);
  const pdf = await readFile(await page.pdf(join(ROOT, 'target/e2e/annual-plan.pdf')), 'latin1');
  assert.equal(pdf.match(/\/Type \/Page\b/g).length, 2, 'a sheet is a page, and nothing else is');
  const [, width, height] = pdf.match(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/).map(Number);
  assert.ok(width > height, 'plans lie across');
});
