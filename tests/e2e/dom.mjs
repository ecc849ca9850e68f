// Functions that run inside the page. Each is sent as its own source text, so each contains all
// that it needs and refers to nothing outside itself.

/**
 * The elements of a role and accessible name, in document order, as the three browsers'
 * accessibility trees would give them; but computed in one way for all three.
 *
 * Differences on purpose: a file input has the role `file` and need not be visible, because
 * pages hide it behind a button; date, month and time inputs have the role `date`.
 *
 * `wanted` is `{ role, name }`, with `name` either `null`, `{ text }` or `{ source, flags }`.
 */
export function findByRole(scope, wanted) {
  const BY_TAG = {
    A: (e) => (e.hasAttribute('href') ? 'link' : null), ARTICLE: 'article', ASIDE: 'complementary',
    BUTTON: 'button', CAPTION: 'caption', DETAILS: 'group', DIALOG: 'dialog', FIELDSET: 'group',
    FIGURE: 'figure', FOOTER: 'contentinfo', FORM: 'form', H1: 'heading', H2: 'heading', H3: 'heading',
    H4: 'heading', H5: 'heading', H6: 'heading', HEADER: 'banner', HR: 'separator', IMG: 'img',
    INPUT: (e) => ofInput(e), LI: 'listitem', MAIN: 'main', METER: 'meter', NAV: 'navigation',
    OL: 'list', OPTION: 'option', OUTPUT: 'status', P: 'paragraph', PROGRESS: 'progressbar',
    SECTION: 'region', SELECT: (e) => (e.multiple || e.size > 1 ? 'listbox' : 'combobox'),
    SUMMARY: 'button', TABLE: 'table', TBODY: 'rowgroup', TD: 'cell', TEXTAREA: 'textbox',
    TFOOT: 'rowgroup', TH: (e) => (e.scope === 'row' ? 'rowheader' : 'columnheader'),
    THEAD: 'rowgroup', TR: 'row', UL: 'list',
  };
  const BY_TYPE = {
    button: 'button', checkbox: 'checkbox', color: 'color', date: 'date', 'datetime-local': 'date',
    file: 'file', image: 'button', month: 'date', number: 'spinbutton', radio: 'radio',
    range: 'slider', reset: 'button', search: 'searchbox', submit: 'button', time: 'date', week: 'date',
  };
  const NAMED_BY_CONTENT = new Set(['button', 'caption', 'cell', 'checkbox', 'columnheader', 'gridcell',
    'heading', 'link', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'option', 'radio', 'row',
    'rowheader', 'switch', 'tab', 'tooltip', 'treeitem']);

  function ofInput(e) {
    if (e.type === 'hidden') return null;
    return BY_TYPE[e.type] ?? (e.hasAttribute('list') ? 'combobox' : 'textbox');
  }
  function roleOf(e) {
    const given = (e.getAttribute('role') ?? '').trim().split(/\s+/)[0];
    if (given) return given;
    const role = BY_TAG[e.tagName.toUpperCase()];
    return typeof role === 'function' ? role(e) : role ?? null;
  }
  function shown(e) {
    if (e.closest('[aria-hidden="true"], [inert]')) return false;
    if (e.tagName === 'OPTION') return true;
    return e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible';
  }
  function tidy(text) {
    return text.replace(/[\s\u00a0]+/g, ' ').trim();
  }
  function byIds(e, attribute) {
    const ids = (e.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean);
    return ids.map((id) => document.getElementById(id)).filter(Boolean);
  }
  function content(e) {
    let text = '';
    for (const node of e.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) text += node.data;
      else if (node.nodeType === Node.ELEMENT_NODE) text += ofChild(node);
    }
    return text;
  }
  function ofChild(e) {
    const style = getComputedStyle(e);
    if (e.getAttribute('aria-hidden') === 'true' || style.display === 'none') return '';
    if (e.matches('input, select, textarea, style, script')) return ' ';
    const text = e.getAttribute('aria-label') ?? (e.tagName === 'IMG' ? e.alt : content(e));
    return style.display.startsWith('inline') || style.display === 'contents' ? text : ` ${text} `;
  }
  function native(e) {
    if (e.labels?.length) return [...e.labels].map((label) => tidy(content(label))).join(' ');
    if (e.matches('input[type=button], input[type=submit], input[type=reset]')) return e.value;
    if (e.tagName === 'IMG') return e.alt;
    const heading = { FIELDSET: 'legend', TABLE: 'caption', FIGURE: 'figcaption', svg: 'title' }[e.tagName];
    const found = heading && [...e.children].find((child) => child.tagName.toLowerCase() === heading);
    return found ? content(found) : '';
  }
  function nameOf(e, role) {
    const labels = byIds(e, 'aria-labelledby');
    if (labels.length) {
      return tidy(labels.map((l) => l.getAttribute('aria-label') ?? content(l)).join(' '));
    }
    return tidy(e.getAttribute('aria-label') ?? '')
      || tidy(native(e))
      || (NAMED_BY_CONTENT.has(role) ? tidy(content(e)) : '')
      || tidy(e.getAttribute('title') ?? '')
      || tidy(e.getAttribute('placeholder') ?? '');
  }
  function named(name) {
    const { name: want } = wanted;
    if (!want) return true;
    return want.source === undefined ? name === want.text : new RegExp(want.source, want.flags).test(name);
  }

  // What lies outside an open modal dialog is inert: neither a person nor a test can reach it.
  const modals = document.querySelectorAll('dialog:modal');
  const modal = modals[modals.length - 1];
  const inside = scope ?? modal ?? document.documentElement;
  const found = [];
  for (const e of [...(scope ? [] : [inside]), ...inside.querySelectorAll('*')]) {
    const role = roleOf(e);
    if (role !== wanted.role && wanted.role !== '*') continue;
    if (role === null || (modal && !modal.contains(e)) || (role !== 'file' && !shown(e))) continue;
    const name = nameOf(e, role);
    if (named(name)) found.push(wanted.describe ? `${role} “${name}”` : e);
  }
  return found;
}

/** Gives a form control a value in the way that frameworks notice. */
export function setValue(e, value) {
  const prototype = { TEXTAREA: HTMLTextAreaElement, SELECT: HTMLSelectElement }[e.tagName] ?? HTMLInputElement;
  e.focus();
  Object.getOwnPropertyDescriptor(prototype.prototype, 'value').set.call(e, value);
  e.dispatchEvent(new Event('input', { bubbles: true }));
  e.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Chooses the option with this label or, failing that, this value; false if there is none. */
export function selectOption(e, label) {
  const options = [...e.options];
  const option = options.find((o) => o.label.trim() === label) ?? options.find((o) => o.value === label);
  if (!option) return false;
  e.focus();
  option.selected = true;
  e.dispatchEvent(new Event('input', { bubbles: true }));
  e.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
}

/** All that the storage holds, in short: two storages with the same digest hold the same. */
export function storageDigest() {
  let hash = 0;
  const keys = Object.keys(localStorage).sort();
  for (const text of keys.flatMap((key) => [key, localStorage.getItem(key)])) {
    for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
    hash = (Math.imul(hash, 31) + text.length) | 0;
  }
  return `${keys.length} keys, ${hash >>> 0}`;
}

/** Runs before the page's own scripts: the clock, the language, and a list of policy violations. */
export function prepare({ now, lang }) {
  window.__e2e = { now: now && new Date(now).getTime(), violations: [] };
  document.addEventListener('securitypolicyviolation', (event) => {
    window.__e2e.violations.push(`${event.violatedDirective}: ${event.blockedURI || event.sourceFile}`);
  });
  const languages = { language: lang, languages: [lang] };
  for (const [key, value] of Object.entries(languages)) {
    Object.defineProperty(Navigator.prototype, key, { get: () => value, configurable: true });
  }
  if (!now) return;
  const Real = Date;
  window.Date = class Date extends Real {
    constructor(...words) {
      super(...(words.length ? words : [window.__e2e.now]));
    }
    static now() {
      return window.__e2e.now;
    }
  };
}
