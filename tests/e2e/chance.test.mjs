// A unit's chance over the year on its card, and the warning of a year without holidays.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BROWSERS, ROOT, journey } from './harness.mjs';
import { newFolder } from './browsers.mjs';
import { NOW, drawMonth, freezePlan, openDemo, openWorkbook } from './steps.mjs';

const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };

journey('a unit’s card shows its chance over the year with the months that make it up', async ({ open }) => {
  const page = await open({ now: NOW });
  await openDemo(page);
  await freezePlan(page);
  const unit = 'NG-00003';
  await page.goto(`#/units/${unit}`);
  await page.waitForText('检查间隔');
  await page.waitForNoText('被抽中的机会');
  await drawMonth(page, '2026-01');
  await page.goto(`#/units/${unit}`);
  await page.waitForText('到 1 月为止被抽中的机会');
  const text = await page.css('.detail-panel').text();
  const [, percent] = text.match(/到 1 月为止被抽中的机会\s+机会\s+(\d+\.\d)%/);
  const month = text.match(/1 月 (\d+)\/(\d+)/);
  const chance = month ? (100 * Number(month[1])) / Number(month[2]) : 0;
  assert.equal(percent, chance.toFixed(1), text);
  if (!month) assert.match(text, /已抽的各月都不是首次检查的候选/);
  assert.match(text, /算到 1 月。以后各月的名额和候选数要到抽取前才定，没有计入/);
  await page.assertQuiet();
}, ONE);

journey('before a draw the month’s page warns of a year without holidays', async ({ open }) => {
  const book = JSON.parse(await readFile(join(ROOT, 'tests/data/demo-brigade.json'), 'utf8'));
  book.years[0].year = 2027;
  book.years[0].draft.year = 2027;
  book.demo_today = '2026-12-31';
  const path = join(await newFolder('workbook'), 'brigade.json');
  await writeFile(path, JSON.stringify(book));
  const page = await open({ now: '2026-12-31T09:10' });
  await openWorkbook(page, path);
  await page.waitForText('2027年放假安排未导入，按周一至周五计算');
  await freezePlan(page);
  await page.goto('#/month/2027-01');
  await page.waitForText('2027年放假安排未导入，按周一至周五计算');
  await page.assertQuiet();
}, ONE);
