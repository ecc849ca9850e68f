// Anybody verifies: from the month page's file, in another browser without a store, to the verdict,
// one number by hand, and the stand-alone verifier; then what was tampered with, and what is no
// published file at all. The month page's own explanations belong here too.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BROWSERS, ROOT, journey } from './harness.mjs';
import { newFolder, removeFolder } from './browsers.mjs';
import { openDemo } from './steps.mjs';

/** All but the main journey run in the current browser alone. */
const ONE = { browsers: BROWSERS.filter((browser) => browser === 'chromium') };
const NOW = '2026-01-05T09:10';
const golden = (number) => join(ROOT, `tests/golden/${number}.json`);
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

async function demoWithPlan(page) {
  await openDemo(page);
  await page.goto('#/plan');
  await page.byRole('button', '冻结计划').click();
  const dialog = page.byRole('dialog', '冻结计划');
  await dialog.byRole('textbox', '批准人').fill('大队长');
  await dialog.byRole('button', '冻结计划').click();
  await page.waitForText('第 1 版 执行中');
}

async function openDraw(page, month) {
  await page.goto(`#/month/${month}`);
  await page.byRole('button', '冻结名录，定额度').click();
  await page.byRole('dialog', '冻结名录，定额度').byRole('button', '冻结名录，定额度').click();
  await page.byRole('button', '固定承诺').wait();
}

async function finishDraw(page) {
  await page.byRole('radio', /^本机随机数/).check();
  await page.byRole('textbox', '承诺码在哪里公布').fill('大队公示栏');
  await page.byRole('button', '固定承诺').click();
  await page.byRole('button', '抽取并排期').click();
  await page.byRole('grid', '排期配人').wait();
}

const choose = (page) => page.byRole('file', '选择文件');
const result = (page) => page.byRole('region', '逐项核对').first();
/** The claims in order, each with its tag. */
const claims = (page) => page.evaluate(() => [...document.querySelectorAll('.check-list > li')]
  .map((row) => [row.querySelector('h3').innerText, row.querySelector('.check-tag').innerText]));

journey('a month is published in one file, and anybody verifies it without a store', async ({ open }) => {
  const page = await open({ now: NOW });
  await demoWithPlan(page);
  await openDraw(page, '2026-01');
  await finishDraw(page);
  const certificate = page.byRole('complementary', '抽取证书');
  const code = (await certificate.text()).match(/\d{4} \d{4} \d{4} \d{4}/)[0];
  const path = await page.download(() => certificate.byRole('button', '保存验证文件').click());
  assert.equal(basename(path), 'demo_2026-01_01_verification.json');
  const file = JSON.parse(await readFile(path, 'utf8'));
  assert.equal(file.register.units.length, 2412);

  // The same, from the workbook itself.
  await certificate.byRole('link', '打开验证').click();
  await page.waitForText('36 项核对，36 项通过');
  await page.byRole('navigation', '主导航').waitGone();
  await page.waitForText('演示数据，不是公布的抽查结果');
  await page.byRole('link', '返回工作台').click();
  await page.byRole('navigation', '主导航').byRole('link', '验证').click();
  await page.byRole('button', '核对这次抽取').click();
  await page.waitForText('36 项核对，36 项通过');
  await page.assertQuiet();

  // Somebody else, who has only the page and the file.
  const other = await open();
  await other.byRole('link', '验证抽查结果').click();
  for (const words of ['没有人能左右抽取结果', '可能先在别处试抽', '都不能证明名录是全的']) {
    await other.waitForText(words);
  }
  await choose(other).upload(path);
  await other.waitForText('36 项核对，36 项通过');
  await other.waitForText('抽取从头到尾都能重算');
  await other.waitForText('本次用本机随机数');
  const list = await claims(other);
  assert.equal(list.length, 36);
  assert.ok(list.every(([, tag]) => tag === '通过'));
  assert.equal(new Set(list.map(([claim]) => claim)).size, 36);

  // The code that was read aloud.
  assert.ok((await result(other).text()).includes(code));
  const heard = other.byRole('textbox', '听到或纸上的短码');
  await heard.fill(code.slice(0, 9));
  await other.waitForText('还差 8 位');
  await heard.fill(code.replaceAll(' ', '-'));
  await other.waitForText('相同，就是这一份');
  await heard.fill(`${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`);
  await other.waitForText('不同，这不是念出的那一份');

  // One number by hand: a drawn unit, then one that is listed nowhere.
  const hand = other.byRole('complementary', '自己动手算一户');
  const drawn = file.certificate.draws[0];
  assert.equal(await hand.byRole('combobox', '单位').value(), drawn.drawn[0].unit);
  const line = `${drawn.key}|${drawn.drawn[0].unit}`;
  let words = (await hand.text()).replace(/\s/g, '');
  assert.ok(words.includes(sha256(line)) && words.includes('排第1名') && words.includes('抽中。'));
  assert.ok(words.includes(`printf'%s''${line}'|sha256sum`) && words.includes('certutil-hashfilea.txtSHA256'));
  await hand.byRole('textbox', '你算出的抽签号').fill(sha256(line).toUpperCase());
  await other.waitForText('与本页算出的一致');
  const listed = new Set(file.certificate.draws.flatMap((d) => [...d.drawn, ...d.reserve].map((x) => x.unit)));
  const hidden = file.register.units.find((unit) =>
    unit.stratum === 'C' && unit.count === 0 && !unit.last && !unit.pending && !listed.has(unit.id));
  await hand.byRole('combobox', '单位').fill(hidden.id);
  await other.waitForText('这户不在其中');
  words = (await hand.text()).replace(/\s/g, '');
  assert.ok(words.includes('未抽中。'));
  await hand.byRole('button', /^列出 C 层 \d 级 全部 \d+ 户的抽签号$/).click();
  const dialog = other.byRole('dialog', /的抽签号，从小到大$/);
  await dialog.byRole('grid', '抽签号').wait();
  const group = file.certificate.draws.find((d) => d.group === `C${hidden.level}`);
  assert.ok((await dialog.text()).includes(group.drawn[0].ticket));
  await dialog.byRole('button', '关闭').click();
  await hand.byRole('combobox', '单位').fill('NG-99999');
  await other.waitForText('没有这个编号的单位');

  // The result is kept, as text and as data.
  const text = await readFile(await other.download(() => hand.byRole('button', '保存核对结果').click()), 'utf8');
  assert.ok(text.includes('36 项核对，36 项通过') && text.includes(code) && text.includes(file.certificate.hash));
  const report = JSON.parse(await readFile(await other.download(() => hand.byRole('button', '存为 JSON').click()), 'utf8'));
  assert.deepEqual(report.counts, { passed: 36, failed: 0, open: 0 });

  // The stand-alone verifier from the page says the same of the same file.
  const script = await other.download(() => hand.byRole('button', '下载 verify.py').click());
  assert.equal(await readFile(script, 'utf8'), await readFile(join(ROOT, 'tests/verifier/verify.py'), 'utf8'));
  const says = execFileSync('python3', [script, path], { env: { ...process.env, PYTHONIOENCODING: 'utf-8' } }).toString();
  assert.ok(says.includes(code) && !/FAIL|OPEN/.test(says), says);

  // The other language, without reload, with the files still open.
  await other.byRole('button', 'English').click();
  await other.waitForText('36 checks, 36 hold');
  await other.waitForText('The smallest numbers won, none skipped');
  await other.assertQuiet();
});

journey('a published file dropped on the start page is checked by name; one changed byte is nowhere green', async ({ open }) => {
  const folder = await newFolder('by-name');
  const page = await open({ now: NOW });
  await demoWithPlan(page);
  await openDraw(page, '2026-01');

  // Fixed, the commitment goes out: its code, a message, a sheet.
  await page.byRole('radio', /^本机随机数/).check();
  await page.byRole('textbox', '承诺码在哪里公布').fill('大队公示栏');
  await page.byRole('button', '固定承诺').click();
  await page.waitForText('本页不联网，不会自己公布');
  const message = await page.byRole('textbox', '发出去的消息').value();
  assert.match(message, /【抽查承诺】（演示数据，不能公示）.*2026年1月.*抽取编号 .*\n承诺码：[0-9a-f]{64}\n/);
  for (const name of ['复制承诺码', '复制消息', '打印承诺']) await page.byRole('button', name).wait();
  await page.byRole('button', '抽取并排期').click();
  await page.byRole('grid', '排期配人').wait();
  const certificate = page.byRole('complementary', '抽取证书');
  const code = (await certificate.text()).match(/\d{4} \d{4} \d{4} \d{4}/)[0];
  const path = await page.download(() => certificate.byRole('button', '保存验证文件').click());
  const text = await readFile(path, 'utf8');
  const { certificate: drawn } = JSON.parse(text);
  const [id, name] = Object.entries(drawn.names)[0];
  await page.assertQuiet();

  // A citizen: one drop, one name.
  const drop = (into, content, file) => into.evaluate(([content, file]) => {
    const data = new DataTransfer();
    data.items.add(new File([content], file, { type: 'application/json' }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [content, file]);
  const other = await open();
  await other.byRole('link', '验证抽查结果').wait();
  await drop(other, text, 'published.json');
  await other.waitForText('36 项核对，36 项通过');
  await other.waitForText('写在冻结的年度计划里，校验码已核对');
  await other.waitForText(/承诺时操作记录至第 \d+ 条/);
  const unit = other.byRole('complementary', '自己动手算一户').byRole('combobox', '单位');
  await unit.fill(name);
  await other.waitForText(`${name}（${id}）`);
  await unit.fill(id.toLowerCase());
  await other.waitForText(`${name}（${id}）`);
  await other.waitForText('powershell -NoProfile -Command');
  // Another code than the one heard: the verdict above is not green either.
  const heard = other.byRole('textbox', '听到或纸上的短码');
  await heard.fill(`${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`);
  await other.waitForText('这不是念出的那一份');
  assert.equal(await other.css('.verdict.is-ok').count(), 0);
  assert.equal(await other.css('.code-row mark.differs').text(), code.at(-1));

  // One digit of a ticket: neither the code of the claim nor anything else is green.
  const { ticket } = drawn.draws[0].drawn[0];
  const forged = text.replaceAll(ticket, `${ticket[0] === '0' ? '1' : '0'}${ticket.slice(1)}`);
  await drop(other, forged, 'published.json');
  await other.waitForText(/\d+ 项不一致/);
  await other.byRole('textbox', '听到或纸上的短码').fill(code);
  await other.waitForText('不同，这不是念出的那一份');
  assert.equal(await other.css('.verify-result .ok-text').count(), 0);
  assert.equal(await other.css('.verdict.is-ok').count(), 0);
  assert.ok(await other.css('.differences mark.differs').count() > 0);

  // Another brigade, or the mark of a demo taken out.
  await drop(other, text.replace(/"is_demo":true,/, '"is_demo":false,'), 'published.json');
  await other.waitForText(/\d+ 项不一致/);
  await other.assertQuiet();
  await removeFolder(folder);
}, ONE);

journey('what was tampered with is named where it was, failures first', async ({ open }) => {
  const folder = await newFolder('tampered');
  const page = await open({ hash: '#/verify' });
  const record = JSON.parse(await readFile(golden('16'), 'utf8'));
  const draw = record.certificate.draws.find((d) => d.drawn.length > 1);
  const [favoured, robbed] = [draw.reserve[0].unit, draw.drawn[0].unit];
  [draw.drawn[0].unit, draw.reserve[0].unit] = [favoured, robbed];
  const path = join(folder, 'favour.json');
  await writeFile(path, JSON.stringify(record));
  await choose(page).upload(path);
  await page.waitForText(/36 项核对，\d+ 项通过，\d+ 项不一致，1 项未能核对/);
  const list = await claims(page);
  const tags = list.map(([, tag]) => tag);
  const order = ['不一致', '未能核对', '通过'];
  assert.deepEqual(tags, [...tags].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
  const failed = list.filter(([, tag]) => tag === '不一致').map(([claim]) => claim);
  for (const claim of ['证书完整，没有被改动', '每个抽签号都能重算', '从小到大取满名额，没有跳过']) {
    assert.ok(failed.includes(claim), failed.join());
  }
  const text = await result(page).text();
  assert.ok(text.includes(favoured) && text.includes(robbed) && text.includes('可能是抽取后换了单位'));
  assert.ok(list.some(([claim, tag]) => claim === '接着上一次抽取' && tag === '未能核对'));
  await page.waitForText('缺上一次抽取的证书。请一并打开。');
  await page.byRole('button', '关闭 favour.json').click();
  await page.waitForText('任何人都可以核对一次抽查');

  // Parts by themselves: a certificate, then its register and the certificate before.
  const [third, second] = [JSON.parse(await readFile(golden('16'), 'utf8')), JSON.parse(await readFile(golden('15'), 'utf8'))];
  const parts = { 'certificate.json': third.certificate, 'register.json': third.register, 'before.json': second.certificate };
  for (const [name, part] of Object.entries(parts)) await writeFile(join(folder, name), JSON.stringify(part));
  await choose(page).upload(join(folder, 'certificate.json'));
  await page.waitForText('缺公布的名录。请一并打开名录文件');
  await choose(page).upload(join(folder, 'register.json'), join(folder, 'before.json'));
  await page.waitForText('36 项核对，36 项通过');
  // Two certificates of a year lie open: each says whether it follows the other.
  const links = await page.css('.file-link').count();
  assert.equal(links, 2);
  await page.waitForText(/接着第 \d+ 号/);
  await page.waitForText('它写明的上一份没有打开');
  await page.byRole('combobox', '核对哪一次').select('2026年3月第 3 号');
  await page.waitForText(/项不一致/);

  // Withheld units verify by their leaves: nothing fails, what is hidden is said.
  for (const name of Object.keys(parts)) await page.byRole('button', `关闭 ${name}`).click();
  await choose(page).upload(golden('14'));
  await page.waitForText('户依法不公开，只公布校验码；公开的部分都一致。');
  assert.ok((await claims(page)).every(([, tag]) => tag !== '不一致'));
  assert.ok((await claims(page)).some(([claim, tag]) => claim === '单位名录就是承诺的名录' && tag === '通过'));
  await page.assertQuiet();
  await removeFolder(folder);
}, ONE);

journey('what is no published file is refused with place and remedy', async ({ open }) => {
  const folder = await newFolder('refused');
  const page = await open({ hash: '#/verify' });
  const text = await readFile(golden('03'), 'utf8');
  const files = {
    'empty.json': ['', /空/],
    'cut.json': [text.slice(0, 900), /第 1 行第 \d+ 列中断.*请/],
    'word.json': ['{"format": "frs1", oops}', /第 1 行第 \d+ 列/],
    'later.json': [text.replace('"frs1"', '"frs7"'), /格式“frs7”本程序不认识/],
    'field.json': [text.replace('"attempt":', '"attempts":'), /第 1 行第 \d+ 列的内容不合格式.*请向公布单位索取原件/],
    'more.json': [text.replace('"register":{', '"register":{"note":1,'), /请向公布单位索取原件/],
    'book.json': ['{"format":"double-random/workbook","version":1}', /这是工作簿.*保存验证文件/],
    'other.json': ['{"a":1}', /不是验证文件、抽取证书或公布的名录/],
  };
  for (const [name, [content]] of Object.entries(files)) await writeFile(join(folder, name), content);
  for (const [name, [, words]] of Object.entries(files)) {
    await choose(page).upload(join(folder, name));
    await page.waitForText(`${name} 不能核对`);
    await page.waitForText(words);
  }
  // A good file beside bad ones is checked all the same.
  await choose(page).upload(join(folder, 'cut.json'), golden('03'));
  await page.waitForText('cut.json 不能核对');
  await page.waitForText(/36 项核对，\d+ 项通过/);
  // Dropped onto the page it goes the same way.
  await page.evaluate((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], 'dropped.json', { type: 'application/json' }));
    window.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, await readFile(golden('05'), 'utf8'));
  await page.byRole('button', '关闭 dropped.json').wait();
  await page.waitForText('2026年5月第 5 号抽取');
  await page.assertQuiet();
  await removeFolder(folder);
}, ONE);

journey('5 000 units dropped as one file are checked; the time is told, not judged', async ({ open }) => {
  const page = await open({ hash: '#/verify' });
  const content = await readFile(golden('32'), 'utf8');
  const worst = await page.evaluate(async (text) => {
    let last = performance.now();
    let longest = 0;
    let on = true;
    const tick = () => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
      if (on) setTimeout(tick, 1);
    };
    const data = new DataTransfer();
    data.items.add(new File([text], '32.json'));
    tick();
    const started = performance.now();
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
    while (!document.body.innerText.includes('项核对，')) await new Promise((r) => setTimeout(r, 10));
    on = false;
    return { longest, whole: performance.now() - started };
  }, content);
  console.log(`# 5 000 units: ${Math.round(worst.whole)} ms, longest without answer ${Math.round(worst.longest)} ms`);
  await page.waitForText('36 项核对，35 项通过，1 项未能核对');
}, ONE);

journey('the month says what changed in the register, and why a visit stands where it does', async ({ open }) => {
  const page = await open({ now: NOW });
  await demoWithPlan(page);
  await openDraw(page, '2026-01');
  await finishDraw(page);
  await page.waitForText('这是第一次抽取，没有可比的名录');

  // A visit: its day, its own list of officers, each with a reason, and the loads.
  await page.css('table[role=grid] tr.is-row').nth(2).click();
  const summary = page.css('.visit-why > summary');
  await summary.click();
  await page.waitForText(/\d+ 户按抽签号轮流选人，本户第 \d+ 个选/);
  await page.waitForText(/个空位，.*对本户的抽签号最小/);
  const rows = await page.evaluate(() => [...document.querySelectorAll('.visit-officers tbody tr')]
    .map((row) => [row.className, row.innerText]));
  assert.equal(rows.length, 14);
  assert.equal(rows.filter(([kind]) => kind.includes('is-own')).length, 2);
  assert.ok(rows.some(([, text]) => text.includes('主办')) && rows.every(([, text]) => /\d+ 户 \/ \d+ 天/.test(text)));

  // One unit leaves, one is edited; before the next draw the page says so.
  await page.byRole('date', '演示日期').fill('2026-01-29');
  await page.goto('#/units/NG-00400');
  await page.byRole('button', '停用').click();
  const retire = page.byRole('dialog', /停用/);
  await retire.byRole('textbox', '原因').fill('已关闭');
  await retire.byRole('textbox', '依据').fill('市监注销公告');
  await retire.byRole('textbox', '批准人').fill('大队长');
  await retire.byRole('button', /停用/).click();
  await retire.waitGone();
  await page.goto('#/month/2026-02');
  await page.waitForText(/上次抽取以来名录变更：.*退出 1/);
  await page.byRole('button', '查看名录变更').click();
  const dialog = page.byRole('dialog', '名录变更');
  await dialog.byRole('button', /^退出 ?1$/).click();
  const list = await dialog.byRole('grid', '名录变更').text();
  assert.match(list, /退出，原为 [ABC] 层 \d 级/);
  assert.match(list, /停用单位：已关闭；依据：市监注销公告/);
  await dialog.byRole('button', '关闭').click();

  // After the draw the same is on record, and in the file.
  await openDraw(page, '2026-02');
  await finishDraw(page);
  const certificate = page.byRole('complementary', '抽取证书');
  await certificate.byRole('button', '名录变更').click();
  await page.byRole('dialog', '名录变更').byRole('button', /^退出 ?1$/).wait();
  await page.byRole('dialog', '名录变更').byRole('button', '关闭').click();
  const path = await page.download(() => certificate.byRole('button', '保存验证文件').click());
  const file = JSON.parse(await readFile(path, 'utf8'));
  const left = file.changes.list.filter((change) => change.change === 'left');
  assert.deepEqual(left.map((change) => change.unit), ['NG-00400']);
  assert.equal(left[0].reasons.at(-1).why, '已关闭；依据：市监注销公告');
  await page.goto('#/verify/2');
  await page.waitForText('36 项核对，36 项通过');
  await page.waitForText(/名录变更 自第 1 号抽取/);
  await page.assertQuiet();
}, ONE);
