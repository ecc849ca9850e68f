// The pages as a person sees them in the running year, for journeys that look at all of them.

import { drawMonth, freezePlan, openDemo, saved } from './steps.mjs';

/** Every page and part of a page that a person sees in the running year. */
export const PLACES = [
  '#/home', '#/plan', '#/month/2026-01', '#/units', '#/units/NG-00003', '#/officers', '#/officers/P01',
  '#/agencies', '#/agencies/AG-00003', '#/engineers', '#/engineers/EN-00004',
  '#/own-draws/agencies', '#/own-draws/engineers', '#/campaign',
  '#/items', '#/items/1-01', '#/trail', '#/trail/2', '#/verify', '#/help', '#/nowhere', '#/settings/backup',
  '#/settings/snapshots', '#/settings/registers', '#/settings/brigade', '#/settings/holidays',
  '#/settings/storage', '#/settings/display', '#/settings/leave', '#/import', '#/upkeep', '#/upkeep?list=suspects',
];

/** The demo with a frozen plan and the first month drawn. */
export async function runningYear(page) {
  await openDemo(page);
  await freezePlan(page);
  await drawMonth(page, '2026-01');
  await saved(page);
}

/** Goes there, and waits until it stands. */
export async function at(page, hash) {
  await page.goto(hash);
  await page.until(`${hash} is shown`, (to) => location.hash === to && document.querySelector('h1') !== null, hash);
  // Lists and charts measure themselves in the frame after.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
