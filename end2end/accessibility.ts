import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const widths = [320, 390, 1440];
const themes = ['light', 'dark'] as const;

/** The page as it stands, in both themes and at all widths: axe finds nothing, and nobody has to scroll sideways. */
export async function expectReadableByAll(page: Page) {
  const before = page.viewportSize();
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    for (const width of widths) {
      await test.step(`${theme}, ${width} pixels wide`, async () => {
        await page.setViewportSize({ width, height: 800 });
        await expectNoBarriers(page);
        await expectNoSidewaysScroll(page);
      });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) {
    await page.setViewportSize(before);
  }
}

/** axe finds nothing on the page as it stands. */
export async function expectNoBarriers(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  const barriers = violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`));
  expect(barriers, `What axe found on ${page.url()}`).toEqual([]);
}

/** Nobody has to scroll sideways to read a line. */
export async function expectNoSidewaysScroll(page: Page) {
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overhang, `${page.url()} is wider than the window by this many pixels.`).toBeLessThanOrEqual(0);
}
