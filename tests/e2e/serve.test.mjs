// The way to the page: what serves it, and what trunk would build it from.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { BROWSERS, ROOT, exists } from './browsers.mjs';
import { PAGE, journey } from './harness.mjs';

const RELEASE = join(ROOT, 'dist/double-random.html');
const XTASK = join(ROOT, 'target/debug/xtask');

test('the page is served as it lies in the folder, and nothing else', { timeout: 60_000 }, async (t) => {
  // Another page under test needs no finished one.
  if (process.env.E2E_PAGE && !((await exists(RELEASE)) && (await exists(XTASK)))) return t.skip('no finished page');
  const server = spawn(XTASK, ['serve', '--no-build', '--port', '0'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const address = await new Promise((found, failed) => {
      let said = '';
      server.stdout.on('data', (text) => {
        said += text;
        const line = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
        if (line) found(line[0]);
      });
      server.once('exit', () => failed(new Error(`serve ended: ${said}`)));
    });
    const answer = await fetch(address);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type'), /^text\/html$/);
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), await readFile(RELEASE));
    assert.equal((await fetch(`${address}etc/passwd`)).status, 404);
  } finally {
    server.kill();
  }
});

journey('a server that says how pages are written, and is wrong, does not spoil this one', async ({ open }) => {
  const bytes = await readFile(PAGE);
  const server = createServer((request, answer) => {
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    answer.end(request.url === '/' ? bytes : undefined);
  });
  try {
    await new Promise((listens) => server.listen(0, '127.0.0.1', listens));
    const page = await open({ address: `http://127.0.0.1:${server.address().port}/` });
    await page.waitForText('双随机抽查工作台');
    assert.equal(await page.css('.failure').count(), 0);
  } finally {
    server.close();
  }
}, { browsers: BROWSERS });

test('trunk and the packer read one list of style sheets, and every sheet is on it', async () => {
  const index = await readFile(join(ROOT, 'index.html'), 'utf8');
  const listed = [...index.matchAll(/<link data-trunk rel="css" href="style\/([^"]+)">/g)].map((found) => found[1]);
  const sheets = (await readdir(join(ROOT, 'style'))).filter((name) => name.endsWith('.css'));
  assert.deepEqual([...listed].sort(), sheets.sort());
  assert.match(index, /<link data-trunk rel="rust" href="Cargo\.toml" data-bin="double-random"/);
  const trunk = await readFile(join(ROOT, 'Trunk.toml'), 'utf8');
  assert.match(trunk, /target = "index\.html"/);
  assert.match(trunk, /stage = "post_build"\s+command = "cargo"\s+command_arguments = \["xtask", "pack", "--from-trunk"\]/);
});
