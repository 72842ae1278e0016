import { textLostWhenItGrows } from '../accessibility';
import { expect, test } from '../test';

// A check that never finds anything would look the same as a page without faults.
for (const { what, style, found } of [
  { what: 'a heading of a fixed height', style: 'h1 { height: 2.25rem !important; overflow: hidden !important; width: 6rem !important }', found: /^h1.* is cut off by h1/ },
  { what: 'a word that does not break', style: 'h1 { white-space: nowrap !important; width: 90rem !important }', found: /pixels wider than the window/ },
  { what: 'lines that do not move apart', style: '.page-head p { height: 2px !important; overflow: visible !important; margin: 0 !important }', found: /are written over each other/ },
]) {
  test(`${what} is found to lose words when text grows`, async ({ page, signInAs }) => {
    await signInAs('practitioner');
    await page.goto('/groups/aire');
    expect(await textLostWhenItGrows(page)).toEqual([]);
    await page.evaluate((style) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      document.adoptedStyleSheets = [sheet];
    }, style);
    expect((await textLostWhenItGrows(page)).join('\n')).toMatch(new RegExp(found.source, 'm'));
  });
}
