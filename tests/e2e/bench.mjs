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

// The page's own measurements, once it offers them: { name: milliseconds } for n units.
for (const units of [2_400, 100_000]) {
  const measured = await page.evaluate((n) => window.__doubleRandom.bench?.(n), units);
  for (const [name, ms] of Object.entries(measured ?? {})) row(`${name}, ${units}`, ms, name.startsWith('stored') ? 'thousand UTF-16 units' : 'ms');
}
await page.close();
