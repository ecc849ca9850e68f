// What happens where the browser's storage is full, denied, damaged, newer, or another window's.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { fillStorage, journey, removeSave, smallChange, stored } from './desk.mjs';
import { NOW, backup, openDemo, saved } from './steps.mjs';

const SLOTS = ['double-random.workbook.v1.a', 'double-random.workbook.v1.b'];
/** The slots, that of the older save first. */
const bySequence = (page) => page.evaluate((slots) => {
  const sequence = (key) => JSON.parse(localStorage.getItem(key).split('\n')[0]).sequence;
  return slots.sort((a, b) => sequence(a) - sequence(b));
}, SLOTS);
const office = (text) => JSON.parse(text).officers[0].office;

journey('a full storage: said for good, the work goes on, and is saved once there is room', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await smallChange(page, '一科');
  // Other local pages have filled the storage, and the older save has gone.
  await removeSave(page, ...await bySequence(page));
  const before = await stored(page);
  await fillStorage(page, 0);
  const long = Array.from({ length: 400 }, (_, i) => ((i * 7919 + i * i * 31) % 9973).toString(36)).join('').slice(0, 500);
  await smallChange(page, long, false);
  const band = page.byRole('alert');
  await page.waitForText('本机存储已满，最近的改动没有保存');
  await page.waitForText('未保存');
  await page.goto('#/units');
  await page.byRole('grid', '单位').wait();
  assert.match(await band.text(), /本机存储已满/, 'the band stays on every page');
  const now = await stored(page);
  for (const slot of SLOTS) assert.equal(now[slot], before[slot], 'what was saved before is still saved');
  assert.equal(office((await backup(page)).text), long, 'the change can be taken out');

  await band.byRole('button', '再存一次').click();
  await page.waitForText('未保存');
  await page.evaluate(() => localStorage.removeItem('somebody-else'));
  await band.byRole('button', '再存一次').click();
  await band.waitGone();
  await saved(page);
  await page.reopen();
  await page.goto('#/officers/P01');
  await page.waitForText(long);
});

journey('a truly full storage takes no snapshot without being asked, and one generation is said', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await smallChange(page, '一科');
  await fillStorage(page, 30);
  await page.goto('#/settings/snapshots');
  await page.byRole('button', '现在留一份').click();
  await page.waitForText('本机存储放不下快照');
  await page.goto('#/settings/storage');
  await page.byRole('button', '重新计算').click();
  await page.waitForText(/已用 5,242,\d{3} \/ 5,242,880 字（100\.0%）/);

  // One generation less than two fit: the last save is kept, and the band says to back up.
  const size = await removeSave(page, ...await bySequence(page));
  await fillStorage(page, Math.floor(size / 2));
  await smallChange(page, '三科');
  await page.waitForText('本机存储只放得下一份保存，请常备份');
  await page.reload();
  await page.goto('#/officers/P01');
  await page.waitForText('三科');
});

journey('a browser that denies storage: a red band, work in memory, and a file', async ({ open }) => {
  const page = await open({
    now: NOW,
    before: () => Object.defineProperty(window, 'localStorage', {
      get() { throw new DOMException('denied', 'SecurityError'); },
    }),
  });
  const words = '浏览器不允许保存，关闭页面会丢失';
  await page.waitForText(words);
  await openDemo(page);
  const band = page.byRole('alert');
  assert.match(await band.text(), new RegExp(words));
  await smallChange(page, '四科', false);
  await page.waitForText('未保存');
  const path = await page.download(() => band.byRole('button', '保存到文件').click());
  assert.equal(office(await readFile(path, 'utf8')), '四科');
  assert.equal(await page.leave(), true, 'leaving asks');
  await page.goto('#/settings/storage');
  await page.waitForText('现在只在内存里，关闭就没有了');
  await page.byRole('button', 'English').click();
  await page.waitForText('The browser refuses to save; closing the page loses the data');
});

journey('the storage is asked for once the page is on show', async ({ open }) => {
  // A frame that comes late: a fast program would have asked long before it.
  const page = await open({
    now: NOW,
    before: () => {
      window.order = [];
      const frame = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (draw) => {
        window.requestAnimationFrame = frame;
        return setTimeout(() => { window.order.push('shown'); draw(0); }, 600);
      };
      const { getItem } = Storage.prototype;
      Storage.prototype.getItem = function get(key) {
        window.order.push('asked');
        return getItem.call(this, key);
      };
    },
  });
  await page.byRole('button', '打开演示').wait();
  const order = await page.evaluate(() => window.order);
  assert.deepEqual(order.slice(0, 2), ['shown', 'asked']);
});

journey('a damaged save is kept, listed and taken out, and the save before it is open', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await smallChange(page, '一科');
  await smallChange(page, '二科');
  const both = await stored(page);
  const [, newest] = await bySequence(page);
  await page.evaluate((key) => {
    const raw = localStorage.getItem(key);
    localStorage.setItem(key, `${raw.slice(0, -9)}丁丁丁${raw.slice(-6)}`);
  }, newest);
  const damaged = (await stored(page))[newest];
  assert.notEqual(damaged, both[newest]);
  await page.reload();
  await page.waitForText('最近一次保存已损坏，现打开的是上一次保存');
  await page.goto('#/officers/P01');
  await page.waitForText('一科');
  const kept = await stored(page);
  assert.equal(kept['double-random.damaged.1'], damaged, 'kept as it was');

  await smallChange(page, '三科');
  await page.goto('#/settings/storage');
  await page.byRole('button', '下载 double-random.damaged.1').wait();
  const erase = page.byRole('row', /double-random\.damaged\.1/).byRole('button', '删除');
  await erase.waitDisabled(); // it cannot be erased before it is in a file
  const path = await page.download(() => page.byRole('button', '下载 double-random.damaged.1').click());
  const taken = await readFile(path, 'utf8');
  assert.ok(taken.startsWith(damaged), 'as it was');
  assert.match(taken.slice(damaged.length), /"office":"二科"/, 'and the parts that may have been its');
  assert.equal((await stored(page))['double-random.damaged.1'], damaged, 'saving has not touched it');
  await erase.click();
  await page.waitForText('没有损坏的数据');
  assert.ok(!('double-random.damaged.1' in await stored(page)));
});

journey('where no save can be read, the start page says so and gives them out', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await smallChange(page, '一科');
  await page.evaluate((slots) => slots.forEach((key) => localStorage.setItem(key, `not ours ${key}`)), SLOTS);
  const before = await stored(page);
  await page.reload();
  await page.waitForText('上次保存的数据打不开');
  const path = await page.download(() => page.byRole('button', '下载 double-random.damaged.1').click());
  const taken = await readFile(path, 'utf8');
  assert.ok(taken.startsWith(before[SLOTS[0]]));
  assert.match(taken, /"office":"一科"/, 'the parts are given out too');
  await openDemo(page);
  await saved(page);
  const after = Object.values(await stored(page));
  for (const slot of SLOTS) assert.ok(after.includes(before[slot]), 'a new workbook does not overwrite them');
});

journey('a damaged part: the save before it is open, and what is left of the damaged one is taken out', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await smallChange(page, '一科');
  const before = Object.keys(await stored(page));
  await smallChange(page, '二科');
  const parts = Object.entries(await stored(page)).filter(([key]) => key.includes('.part.') && !before.includes(key));
  assert.ok(parts.length > 0 && parts.length < 4, 'a change writes few parts');
  await page.evaluate((key) => localStorage.setItem(key, localStorage.getItem(key).slice(0, -9)), parts[0][0]);
  await page.reload();
  await page.waitForText('最近一次保存已损坏，现打开的是上一次保存');
  await page.goto('#/officers/P01');
  await page.waitForText('一科');
  await smallChange(page, '三科');
  await page.goto('#/settings/storage');
  const path = await page.download(() => page.byRole('button', '下载 double-random.damaged.1').click());
  assert.match(await readFile(path, 'utf8'), /"units":\[\{/, 'its whole parts can be read');
  await page.byRole('row', /double-random\.damaged\.1/).byRole('button', '删除').click();
  await page.waitForText('没有损坏的数据');
  assert.ok(Object.keys(await stored(page)).every((key) => !key.includes('damaged')));
});

/** A text packed as the store keeps it: deflated, 15 bits a character. */
function packed(text) {
  let [waiting, bits, units] = [0, 0, ''];
  const unit = (value) => String.fromCharCode(0x3400 + value);
  for (const byte of deflateRawSync(text)) {
    waiting = (waiting << 8) | byte;
    bits += 8;
    if (bits < 15) continue;
    bits -= 15;
    units += unit(waiting >> bits);
    waiting &= (1 << bits) - 1;
  }
  const padding = (15 - bits) % 15;
  return units + (bits > 0 ? unit(waiting << padding) : '') + unit(padding);
}

journey('a workbook of an older program that is impossible today: why, and the data as a file', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await smallChange(page, '一科');
  const book = JSON.parse((await backup(page)).text);
  book.brigade.unit_prefix = 'ng';
  const text = JSON.stringify(book);
  const [line] = (await stored(page))[SLOTS[0]].split('\n');
  const head = line.slice(0, line.lastIndexOf('"sha256":"')).replace('"store":2', '"store":1');
  const body = packed(text);
  const hex = createHash('sha256').update(`${head}\n${body}`).digest('hex');
  await page.evaluate((slots, raw) => slots.forEach((key) => localStorage.setItem(key, raw)),
    SLOTS, `${head}"sha256":"${hex}"}\n${body}`);
  await page.reload();
  await page.waitForText('上次保存的数据打不开');
  await page.waitForText('“ng”');
  const path = await page.download(() => page.byRole('button', '下载 double-random.damaged.1').click());
  assert.match(path, /\.json$/);
  assert.equal(await readFile(path, 'utf8'), text, 'the workbook itself, not as the store packs it');
  await page.byRole('button', 'English').click();
  await page.waitForText('The data saved last cannot be opened');
  await page.waitForText(/"ng"/);
});

journey('a newer program’s data are neither read nor changed', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await smallChange(page, '一科');
  await page.evaluate(async (slots) => {
    for (const key of slots) {
      const [line, packed] = localStorage.getItem(key).split('\n');
      const head = line.slice(0, line.lastIndexOf('"sha256":"')).replace(/"version":\d+/, '"version":9');
      const bytes = new TextEncoder().encode(`${head}\n${packed}`);
      const sum = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))];
      const hex = sum.map((byte) => byte.toString(16).padStart(2, '0')).join('');
      localStorage.setItem(key, `${head}"sha256":"${hex}"}\n${packed}`);
    }
  }, SLOTS);
  const before = await stored(page);
  await page.reload();
  await page.waitForText('这里存着新版程序的数据');
  await openDemo(page);
  await page.waitForText('请用新版打开');
  await smallChange(page, '二科', false);
  await page.waitForText('未保存');
  assert.deepEqual(await stored(page), before);
});

journey('a stale window cannot overwrite what another has saved', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await saved(page);
  const other = await page.tab('#/officers');
  await smallChange(other, '新窗口');
  const newer = await stored(other);
  await page.front();
  await page.waitForText('另一个窗口保存了更新的数据，本窗口已停止保存');
  await smallChange(page, '旧窗口', false);
  await page.waitForText('未保存');
  assert.deepEqual(await stored(page), newer, 'nothing was overwritten');
  assert.equal(office((await backup(page)).text), '旧窗口', 'yet nothing is lost either');
  const after = await stored(other);
  for (const slot of SLOTS) assert.equal(after[slot], newer[slot]);

  // On the person's word this window stands; then the other is the stale one.
  await page.byRole('alert').byRole('button', '以本窗口为准').click();
  await saved(page);
  await other.front();
  await other.waitForText('另一个窗口保存了更新的数据，本窗口已停止保存');
  await other.evaluate(() => { window.__old = true; });
  await other.byRole('alert').byRole('button', '重新打开').click();
  await other.until('the page is loaded anew', () => !window.__old && window.__doubleRandom?.started);
  await other.goto('#/officers/P01');
  await other.waitForText('旧窗口');
});

journey('the meter is true, the age of the backup turns amber at seven days', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await smallChange(page, '一科');
  await fillStorage(page, 3_000_000);
  await page.goto('#/settings/storage');
  await page.byRole('button', '重新计算').click();
  const sizes = await page.evaluate(() => Object.keys(localStorage).reduce((sum, key) => {
    const size = key.length + localStorage.getItem(key).length;
    const ours = key.startsWith('double-random.');
    return { ours: sum.ours + (ours ? size : 0), all: sum.all + size };
  }, { ours: 0, all: 0 }));
  const grouped = (n) => n.toLocaleString('en-US');
  const text = await page.css('.settings-body').text();
  assert.ok(text.includes(`已用 ${grouped(sizes.all)} / 5,242,880 字（${(sizes.all * 100 / 5_242_880).toFixed(1)}%）`), text);
  assert.ok(text.includes(grouped(sizes.ours)) && text.includes(grouped(5_242_880 - sizes.all)));

  await page.waitForText('还没有备份');
  await backup(page);
  await page.waitForText('备份 今天 09:10');
  const isAmber = () => page.evaluate(() => document.querySelector('.top-bar .is-warn') !== null);
  await page.setNow('2026-01-11T09:10');
  await page.reload();
  await page.waitForText('备份 6 天前');
  assert.equal(await isAmber(), false);
  await page.setNow('2026-01-12T00:01');
  await page.reload();
  await page.waitForText('备份 7 天前');
  assert.equal(await isAmber(), true);
  await page.goto('#/settings/backup');
  await page.waitForText('备份已是 7 天前的');
});

journey('snapshots are taken, kept to three, brought back and deleted', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  for (const name of ['一科', '二科', '三科', '四科']) {
    await smallChange(page, name);
    await page.goto('#/settings/snapshots');
    await page.byRole('button', '现在留一份').click();
    await page.waitForText('已留快照');
  }
  const rows = page.css('.settings-body tbody tr');
  await rows.waitCount(3, 'the oldest went');
  await rows.last().byRole('button', '恢复').click();
  const dialog = page.byRole('dialog', /^恢复到/);
  assert.match(await dialog.text(), /2412 户.*替换现在的工作簿/s);
  await dialog.byRole('button', /^恢复到/).click();
  await dialog.waitGone();
  await page.goto('#/officers/P01');
  await page.waitForText('二科');
  await page.goto('#/settings/snapshots');
  await page.waitForText('恢复快照之前');
  const path = await page.download(() => rows.first().byRole('button', '下载').click());
  assert.equal(office(await readFile(path, 'utf8')), '四科', 'the state before the restore');
  await rows.first().byRole('button', '删除').click();
  await page.byRole('dialog', /^删除 /).byRole('button', '删除').click();
  await page.waitForText(/已删除 .* 的快照/);
  await rows.waitCount(2);
  await page.reload();
  await rows.waitCount(2);
});
