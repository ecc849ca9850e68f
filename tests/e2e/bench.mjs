// Times of the page in the current Chromium: `cargo xtask bench` prints them.

import { open } from './harness.mjs';

const RUNS = 7;

/** Milliseconds from the start of loading until the program says that it can be used. */
async function usable(page) {
  return page.until('the program can be used', () =>
    performance.getEntriesByName('double-random:usable')[0]?.startTime
      ?? (window.__doubleRandom.started && performance.now()));
}

function row(what, value, unit) {
  console.log(`${what.padEnd(34)}${value.toFixed(1).padStart(8)} ${unit}`);
}

const page = await open({ hash: '#/home?demo' });
const times = [await usable(page)];
for (let run = 1; run < RUNS; run++) {
  await page.reload();
  times.push(await usable(page));
}
row('usable, first', times[0], 'ms');
row('usable, median', times.sort((a, b) => a - b)[Math.floor(RUNS / 2)], 'ms');

// The page's own measurements, { name: value }, for n units; cost against size in a row.
const SIZES = [2_400, 10_000, 100_000, 1_000_000];
const measured = [];
for (const units of SIZES) {
  await page.reload();
  await usable(page);
  measured.push(await page.evaluate((n) => window.__doubleRandom.bench(n), units));
}
console.log(`\n${'in Chromium, ms'.padEnd(34)}${SIZES.map((n) => n.toLocaleString('en').padStart(11)).join('')}`);
for (const name of new Set(measured.flatMap((times) => Object.keys(times)))) {
  const cells = measured.map((times) => (times[name]?.toFixed(1) ?? '–').padStart(11));
  console.log(`${name.padEnd(34)}${cells.join('')}`);
}
await page.close();
