// The single file opens, wherever it is opened, and fails in words when it cannot run.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PAGE, journey } from './harness.mjs';
import { newFolder, removeFolder } from './browsers.mjs';

journey('the page starts from a folder, in silence', async ({ open }) => {
  const page = await open();
  await page.until('something is on the page', () => document.body.innerText.trim().length > 10);
  assert.equal(await page.css('.opening').count(), 0, 'the opening line has gone');
  assert.equal(await page.css('.failure').count(), 0);
  await page.assertQuiet();
});

journey('the policy stands first, and forbids the network', async ({ open }) => {
  const page = await open();
  const policy = await page.css('meta[http-equiv="Content-Security-Policy"]').attribute('content');
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /connect-src|script-src[^;]*'unsafe-(inline|eval)'/);
  const html = await readFile(PAGE, 'utf16le');
  assert.ok(html.indexOf('Content-Security-Policy') < html.indexOf('<script'));
  const blocked = await page.evaluate(() => fetch('data:text/plain,x').then(() => false, () => true));
  assert.ok(blocked);
});

journey('a worker can be made of the parts that the page keeps', async ({ open }) => {
  const page = await open();
  const exports = await page.evaluate(() => new Promise((resolve, reject) => {
    const { glue, module } = window.__doubleRandom;
    const text = `${glue}; onmessage = (e) => postMessage([typeof wasm_bindgen, WebAssembly.Module.exports(e.data).length])`;
    const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
    worker.onmessage = (event) => resolve(event.data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(module);
  }));
  assert.equal(exports[0], 'function');
  assert.ok(exports[1] > 0);
});

journey('a failure is put in words, and the saved data can be taken away', async ({ open }) => {
  const page = await open();
  await page.evaluate(() => {
    localStorage.setItem('double-random.test', '一\ud800二');
    localStorage.setItem('somebody-else', 'x');
    window.__doubleRandom.fail('panicked at …');
  });
  await page.waitForText('程序无法继续运行');
  await page.waitForText('panicked at …');
  const path = await page.download(() => page.byRole('button', /Download my data/).click());
  const saved = JSON.parse(await readFile(path, 'utf8'));
  assert.equal(saved.entries['double-random.test'], '一\ud800二');
  assert.ok(!('somebody-else' in saved.entries));
});

const another = (sign) => (sign === '双' ? '随' : '双');
// Each is the page as somebody could have it who should not: a damaged file.
const BROKEN = {
  'with a damaged program': [/(?<="double-random-program"[^>]*>.{1000})./s, another],
  'with a program cut short': [/(?<="double-random-program"[^>]*>.{1000})/s, '</script><script type="application/x-rest">'],
  'with nothing to unpack it': [/(?<="double-random-unpacker"[^>]*>.{1000})./s, another],
};
for (const [what, [from, to]] of Object.entries(BROKEN)) {
  journey(`a page ${what} says so`, async ({ open }) => {
    const folder = await newFolder('broken');
    const html = await readFile(PAGE, 'utf16le');
    assert.match(html, from);
    const file = join(folder, 'broken.html');
    // The policy would stop a changed script before it could fail by itself.
    const free = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
    await writeFile(file, free.replace(from, to), 'utf16le');
    const page = await open({ file });
    await page.waitForText('程序无法继续运行');
    await page.byRole('button', /Open again/).wait();
    await removeFolder(folder);
  }, { browsers: ['chromium', 'firefox'] });
}
