// Pictures of the page: `cargo xtask shots '#/home' '#/units'` writes them to target/shots.
//
// The first load fills the store with the demo year; then each hash is shown in both languages,
// both colour schemes and two sizes of window.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT, open } from './harness.mjs';

const SIZES = [{ width: 1366, height: 768 }, { width: 1920, height: 1080 }];
const hashes = process.argv.slice(2);
if (!hashes.length) hashes.push('#/home');

for (const lang of ['zh-CN', 'en-US']) {
  for (const dark of [false, true]) {
    const page = await open({ hash: '#/home?demo', lang, dark, now: process.env.E2E_NOW });
    await page.css('.band.is-demo').wait();
    // The page is Chinese until somebody wants it otherwise, whatever the browser speaks.
    if (lang === 'en-US') await page.byRole('button', 'English').click();
    for (const hash of hashes) {
      await page.goto(hash);
      for (const size of SIZES) {
        await page.setViewport(size);
        await sleep(300);
        const name = [hash.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'start',
          lang.slice(0, 2), dark ? 'dark' : 'light', size.width].join('-');
        console.log(await page.screenshot(join(ROOT, `target/shots/${name}.png`)));
      }
    }
    for (const line of await page.consoleErrors()) console.log(`console: ${line}`);
    await page.close();
  }
}
