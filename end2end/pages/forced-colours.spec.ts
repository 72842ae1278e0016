import { looksInForcedColours } from '../accessibility';
import { expect, test } from '../test';

// A check that never finds anything would look the same as a page without faults.
for (const { taken, style, found } of [
  { taken: 'the edge of a button', style: '.btn { border: 0 !important }', found: /^button.*“Save” has no edge\.$/ },
  { taken: 'the ring of the focus', style: '* { outline: 0 !important }', found: /has the focus and nothing shows it\.$/ },
  {
    taken: 'the mark of where one is',
    style: '.rail a { outline: 0 !important; font-weight: 400 !important; border: 0 !important }',
    found: /“Calendar” is current and looks like the others\.$/,
  },
  { taken: 'the mark of what is chosen', style: '.choice input { forced-color-adjust: auto !important } .choice input::before { display: none !important }', found: /is chosen and looks like the others\.$/ },
]) {
  test(`without ${taken}, a page is found to say too little in forced colours`, async ({ page, signInAs }) => {
    await signInAs('practitioner');
    await page.goto(taken.includes('where') ? '/calendar/week/2026-10-19' : '/me/appearance');
    expect(await looksInForcedColours(page)).toEqual([]);
    await page.evaluate((style) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      document.adoptedStyleSheets.push(sheet);
    }, style);
    expect(await looksInForcedColours(page)).toContainEqual(expect.stringMatching(found));
  });
}
