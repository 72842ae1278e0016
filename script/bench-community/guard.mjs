// How long the guard of families takes in a browser over ten thousand letters, in the box of a new thread as everybody has it. Prints a line of a table.
//
//   node guard.mjs ADDRESS COOKIE
//
// The box is looked at when somebody has stopped typing. What is timed is that whole look, from the pause on; nothing new is found in it, so that no mark
// has to be drawn.

import { chromium } from '@playwright/test';

const [address, cookie] = process.argv.slice(2);
/** As long as `PAUSE` in app/src/guard/island.rs, in milliseconds. */
const PAUSE = 600;
const LETTERS = 10_000;
const LOOKS = 30;
const TALK =
  'Mum said she is fine and I did not believe her. The clinic line is 0161 496 0123, the baby (Amelia Clarke, dob 14/02/2025) was asleep, ' +
  'and they live at 14 Elm Road, M14 5RT. I noticed my own breath when he turned away from her. ';

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--disable-gpu', '--disable-quic', '--disable-sync'] });
const context = await browser.newContext();
const [name, value] = cookie.split('=');
await context.addCookies([{ name, value, url: address }]);
const page = await context.newPage();
await page.addInitScript(timed, PAUSE);
await page.goto(`${address}/community/new`);
const box = page.getByRole('textbox', { name: 'Your words' });
await box.fill(TALK.repeat(LETTERS / TALK.length + 1).slice(0, LETTERS));
await page.getByText('This looks like a postcode').waitFor();
for (let look = 0; look < LOOKS; look += 1) {
  await box.press('End');
  await box.press(look % 2 === 0 ? 'Space' : 'Backspace');
  await page.waitForFunction((looks) => globalThis.looks.length > looks, look + 1);
}
const times = (await page.evaluate(() => globalThis.looks)).slice(1).toSorted((one, other) => one - other);
const at = (part) => `${times[Math.floor(times.length * part)].toFixed(1)} ms`;
console.log(`| A look over ${LETTERS} letters (≤ 1 ms wanted) | ${at(0)} | ${at(0.5)} | ${at(0.9)} |`);
await browser.close();

/** In the page, before anything else: keeps how long each look took. */
function timed(pause) {
  globalThis.looks = [];
  const setTimer = globalThis.setTimeout;
  globalThis.setTimeout = (look, after, ...others) => {
    if (after !== pause) return setTimer(look, after, ...others);
    return setTimer(() => {
      const began = performance.now();
      look(...others);
      globalThis.looks.push(performance.now() - began);
    }, after);
  };
}
