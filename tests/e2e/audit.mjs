// Functions that run inside the page and return what is wrong with it, one line a fault.
// Each contains all that it needs, like those of dom.mjs.

/** Names, ids, headings, roles: what a screen reader stumbles over. */
export function structureFaults() {
  const faults = [];
  const say = (e) => `${e.tagName.toLowerCase()}.${[...e.classList].join('.')} ${(e.textContent || '').trim().slice(0, 30)}`;
  const isShown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible'
    && !e.closest('[aria-hidden="true"], [inert]');
  const byIds = (ids) => (ids ?? '').split(/\s+/).filter(Boolean).map((id) => document.getElementById(id));
  const nameOf = (e) => {
    const labels = byIds(e.getAttribute('aria-labelledby')).map((label) => label?.textContent ?? '');
    const text = [...e.querySelectorAll('*'), e].filter((n) => n.getAttribute('aria-hidden') !== 'true');
    return (labels.join(' ') || e.getAttribute('aria-label') || [...(e.labels ?? [])].map((l) => l.textContent).join(' ')
      || (e.matches('button, a, summary, [role=tab], [role=option]') ? text.map((n) => n.textContent).join('') : '')
      || e.getAttribute('title') || '').trim();
  };
  const seen = new Set();
  for (const e of document.querySelectorAll('[id]')) {
    if (seen.has(e.id)) faults.push(`id twice: ${e.id}`);
    seen.add(e.id);
  }
  const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=grid], [role=dialog], dialog[open], [role=listbox], [role=tablist] [role=tab], nav';
  for (const e of document.querySelectorAll(controls)) {
    if (isShown(e) && !nameOf(e)) faults.push(`no name: ${say(e)}`);
  }
  for (const e of document.querySelectorAll('[aria-describedby], [aria-labelledby], [aria-controls], [aria-activedescendant]')) {
    for (const attribute of ['aria-describedby', 'aria-labelledby', 'aria-controls', 'aria-activedescendant']) {
      if (byIds(e.getAttribute(attribute)).includes(null)) faults.push(`${attribute} leads nowhere: ${say(e)}`);
    }
  }
  let level = 0;
  for (const e of [...document.querySelectorAll('main h1, main h2, main h3, main h4')].filter(isShown)) {
    const own = +e.tagName[1];
    if (own > level + 1) faults.push(`heading h${own} after h${level}: ${say(e)}`);
    level = own;
  }
  if ([...document.querySelectorAll('h1')].filter(isShown).length !== 1) faults.push('not exactly one h1');
  if (document.querySelectorAll('main').length !== 1) faults.push('not exactly one main');
  for (const e of document.querySelectorAll('ul, ol')) {
    for (const child of e.children) if (!child.matches('li, script, template')) faults.push(`${child.tagName} in a list: ${say(e)}`);
  }
  for (const e of document.querySelectorAll('[role=tab]')) if (!e.closest('[role=tablist]')) faults.push(`tab without tablist: ${say(e)}`);
  for (const e of document.querySelectorAll('[role=option]')) if (!e.closest('[role=listbox]')) faults.push(`option without listbox: ${say(e)}`);
  for (const e of [...document.querySelectorAll('table')].filter(isShown)) {
    for (const th of e.querySelectorAll('thead th')) if (!th.scope) faults.push(`th without scope: ${say(th)}`);
  }
  for (const e of document.querySelectorAll('img')) if (!e.hasAttribute('alt')) faults.push('img without alt');
  for (const e of document.querySelectorAll('svg')) {
    if (!e.closest('[aria-hidden="true"]') && e.getAttribute('role') !== 'img') faults.push(`svg neither hidden nor named: ${say(e.parentElement)}`);
  }
  return faults;
}

/** Visible text whose contrast on what lies behind it is below 4.5 : 1 (3 : 1 for large text). */
export function contrastFaults() {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const cache = new Map();
  const rgba = (colour) => {
    if (!cache.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      cache.set(colour, [r, g, b, a / 255]);
    }
    return cache.get(colour);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    const layers = [];
    for (let at = e; at; at = at.parentElement) {
      const layer = rgba(getComputedStyle(at).backgroundColor);
      layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reverse().reduce((base, layer) => over(layer, base), [255, 255, 255, 1]);
  };
  const faults = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || e.matches('script, style, noscript')) continue;
    const style = getComputedStyle(e);
    const box = e.getBoundingClientRect();
    if (!e.getClientRects().length || style.visibility !== 'visible' || box.width <= 1 || box.height <= 1) continue;
    if (e.closest('.visually-hidden, [inert]') || e.closest(':disabled, [aria-disabled="true"]')) continue;
    let opacity = 1;
    for (let at = e; at; at = at.parentElement) opacity *= +getComputedStyle(at).opacity;
    if (opacity === 0) continue;
    const ground = behind(e);
    const [r, g, b, a] = rgba(e instanceof SVGElement ? style.fill : style.color);
    const ink = over([r, g, b, a * opacity], ground);
    const [high, low] = [light(ink), light(ground)].sort((x, y) => y - x);
    const ratio = (high + 0.05) / (low + 0.05);
    const size = parseFloat(style.fontSize);
    const need = size >= 24 || (size >= 18.66 && +style.fontWeight >= 600) ? 3 : 4.5;
    if (ratio < need - 0.005) {
      const line = `${ratio.toFixed(2)} ${style.color} on ${ground.slice(0, 3).map(Math.round)}: ${e.tagName.toLowerCase()}.${[...e.classList].join('.')}`;
      faults.set(line, `${line} “${walker.currentNode.data.trim().slice(0, 24)}”`);
    }
  }
  return [...faults.values()];
}

/** What does not fit: a page that scrolls sideways or as a whole, controls that are cut off or covered. */
export function layoutFaults() {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push(`the page scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`);
  if (root.scrollHeight > root.clientHeight + 1) faults.push(`the page scrolls as a whole: ${root.scrollHeight} > ${root.clientHeight}`);
  // Only a window too low for eight rows moves the page under its bars.
  const main = document.querySelector('main.page');
  if (innerWidth > 1000 && innerHeight >= 600 && main && main.scrollHeight > main.clientHeight + 1) {
    faults.push(`the page moves under its bars: ${main.scrollHeight} > ${main.clientHeight}`);
  }
  const say = (e) => `${e.tagName.toLowerCase()} “${(e.getAttribute('aria-label') || e.textContent || '').trim().slice(0, 20)}”`;
  const canScroll = (e, axis) => ['auto', 'scroll'].includes(getComputedStyle(e)[`overflow${axis}`]);
  for (const e of document.querySelectorAll('button, a[href], input, select, textarea, h1')) {
    const box = e.getBoundingClientRect();
    if (!box.width || getComputedStyle(e).visibility !== 'visible' || e.matches('.visually-hidden, .skip-link, [type=file]')) continue;
    if (e.closest('dialog:not([open]), nav.navigation:not(.is-open)') && innerWidth < 1000) continue;
    let x = false;
    let y = false;
    // What is fixed to the window moves with none of them.
    for (let at = e; at && getComputedStyle(at).position !== 'fixed'; at = at.parentElement) {
      if (!at.parentElement) break;
      x ||= canScroll(at.parentElement, 'X');
      y ||= canScroll(at.parentElement, 'Y');
    }
    if (!x && (box.left < -1 || box.right > innerWidth + 1)) faults.push(`cut off sideways: ${say(e)} ${Math.round(box.left)}…${Math.round(box.right)}`);
    if (!y && (box.top < -1 || box.bottom > innerHeight + 1)) faults.push(`cut off below: ${say(e)} ${Math.round(box.bottom)}`);
  }
  // Head and primary action stay in sight at any height.
  for (const e of document.querySelectorAll('.page-head button, .page-head a')) {
    const box = e.getBoundingClientRect();
    // What a closed menu holds is not to be seen.
    if (!box.width || e.closest('details:not([open]) > :not(summary)')) continue;
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!top || (!e.contains(top) && !top.contains(e))) faults.push(`covered: ${say(e)}`);
  }
  for (const e of document.querySelectorAll('button, .tag, h1, h2')) {
    if (e.clientWidth && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible'
      && getComputedStyle(e).textOverflow !== 'ellipsis') faults.push(`words cut: ${say(e)}`);
  }
  return faults;
}

/** In print: what lies over what on a sheet, or runs out of it; a table without heads; a page
 *  that is not numbered n of m. Forms that are filed count their sheets each by itself. */
export function sheetFaults(areForms = false) {
  const shown = [...document.querySelectorAll('.paper .sheet')].filter((sheet) => sheet.getClientRects().length);
  const faults = shown.length ? [] : ['no sheet'];
  for (const [at, sheet] of shown.entries()) {
    const page = `page ${at + 1}`;
    const outer = sheet.getBoundingClientRect();
    const boxes = [...sheet.querySelectorAll(':scope > *')].map((e) => [e, e.getBoundingClientRect()]);
    for (const [a, one] of boxes) {
      for (const [b, two] of boxes) {
        if (a !== b && one.top < two.bottom - 1 && two.top < one.bottom - 1) faults.push(`${page}: ${a.className || a.tagName} over ${b.className || b.tagName}`);
      }
      if (one.bottom > outer.bottom + 1) faults.push(`${page}: ${a.className} runs out of the sheet`);
    }
    for (const cell of sheet.querySelectorAll('td, th')) {
      if (cell.scrollWidth > cell.clientWidth + 1 || cell.scrollHeight > cell.clientHeight + 1) faults.push(`${page}: ${cell.textContent} is cut off`);
    }
    for (const table of sheet.querySelectorAll('table:not(.sheet-values)')) if (!table.querySelector('thead th')) faults.push(`${page}: no heads`);
    const numbered = new RegExp(`第 ${at + 1} 页，共 ${shown.length} 页`);
    if (!areForms && !numbered.test(sheet.querySelector('.sheet-foot')?.textContent ?? '')) faults.push(`${page}: not numbered`);
  }
  return faults;
}

/** What an editor leaves that takes styles, classes, scripts and unknown elements away: the
 *  words, and of tables heads and rows. */
export function stripped(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const kept = ['html', 'body', 'p', 'strong', 'br', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'h1', 'h2'];
  page.querySelectorAll('head, style, script').forEach((e) => e.remove());
  for (const element of page.querySelectorAll('*')) {
    for (const { name } of [...element.attributes]) element.removeAttribute(name);
  }
  for (const element of page.querySelectorAll('*')) {
    if (!kept.includes(element.localName)) element.replaceWith(...element.childNodes);
  }
  const cells = (row) => [...row.cells].map((cell) => cell.textContent);
  const tables = [...page.querySelectorAll('table')];
  return {
    left: page.body.innerHTML,
    words: page.body.textContent,
    paragraphs: [...page.querySelectorAll('p')].map((p) => p.textContent),
    heads: tables.flatMap((table) => cells(table.tHead.rows[0])),
    rows: tables.flatMap((table) => [...table.tBodies].flatMap((body) => [...body.rows].map(cells))),
  };
}
