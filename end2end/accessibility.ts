// What makes a page readable by all: axe's rules, the width of a page, its words for assistive technology, and a walk by Tab.

import { expect, test, type Page } from '@playwright/test';
import { source as axe, type AxeResults, type RunOptions } from 'axe-core';

const rules: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};
const widths = [320, 390, 1440];
const themes = ['light', 'dark'] as const;

/** The page as it stands, in both themes and at all widths: axe finds nothing, and nobody has to scroll sideways. */
export async function expectReadableByAll(page: Page) {
  const before = page.viewportSize();
  const barriers = new Map<string, string[]>();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    await test.step(`${width} pixels wide`, async () => {
      await expectNoSidewaysScroll(page);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme });
        for (const barrier of await barriersOf(page)) {
          barriers.set(barrier, [...(barriers.get(barrier) ?? []), `${theme} ${width}`]);
        }
      }
    });
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) {
    await page.setViewportSize(before);
  }
  const found = [...barriers].map(([barrier, where]) => `${barrier} (${where.join(', ')})`);
  expect.soft(found, `What axe found on ${page.url()}`).toEqual([]);
}

/** axe finds nothing on the page as it stands. */
export async function expectNoBarriers(page: Page) {
  expect.soft(await barriersOf(page), `What axe found on ${page.url()}`).toEqual([]);
}

async function barriersOf(page: Page): Promise<string[]> {
  // axe is put into the page once and run there; what the usual wrapper does on top of it takes five times as long.
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(axe);
  }
  const { violations } = await page.evaluate(async (rules) => {
    const { axe } = window as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } };
    return axe.run(rules);
  }, rules);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary?.replaceAll(/\s+/g, ' ')}`));
}

/** Nobody has to scroll sideways to read a line. */
export async function expectNoSidewaysScroll(page: Page) {
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(overhang, `${page.url()} is wider than the window by this many pixels.`).toBeLessThanOrEqual(0);
}

/** The page says what it is: one heading of the first level, one `main`, and a title that puts the thing first. */
export async function expectTitled(page: Page) {
  await expect.soft(page).toHaveTitle(/^\S.* – Reverie$/);
  await expect.soft(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect.soft(page.getByRole('main')).toHaveCount(1);
}

/** A walk by Tab through the whole page: whatever has the focus can be seen to have it, and no bar lies over it. */
export async function expectFocusToBeSeen(page: Page) {
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  const faults = new Set<string>();
  const visited = new Set<string>();
  for (let stops = 0; stops < 400; stops += 1) {
    await page.keyboard.press('Tab');
    const { stop, fault } = await page.evaluate(lookAtFocus);
    if (stop === undefined || visited.has(stop)) {
      break;
    }
    visited.add(stop);
    if (fault) {
      faults.add(fault);
    }
  }
  expect.soft([...faults], `What a walk by Tab over ${page.url()} came to`).toEqual([]);
  expect.soft(visited.size, 'Tab reaches something.').toBeGreaterThan(0);
}

/** Runs in the page. Looks at what has the focus; nothing has it when the walk has left the page. */
function lookAtFocus(): { stop?: string; fault?: string } {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement || focused instanceof SVGElement) || focused === document.body) {
    return {};
  }
  const everything = [...document.querySelectorAll('*')];
  const stop = String(everything.indexOf(focused));
  const words = (focused.getAttribute('aria-label') ?? focused.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 60);
  const name = `${focused.tagName.toLowerCase()} “${words || focused.getAttribute('name') || focused.id}”`;

  // A box or a button that is drawn by its label is looked at there.
  const label = focused instanceof HTMLInputElement ? (focused.labels?.[0] ?? focused.closest('label')) : null;
  const own = focused.getBoundingClientRect();
  const shown = (own.width < 8 || own.height < 8 || getComputedStyle(focused).opacity === '0') && label ? label : focused;
  // A link that runs over two lines is looked at where its first line is.
  const box = shown.getClientRects()[0] ?? own;
  if (box.width < 8 || box.height < 8) {
    return { stop, fault: `${name} has the focus and cannot be seen.` };
  }
  if (box.bottom <= 0 || box.top >= window.innerHeight || box.right <= 0 || box.left >= window.innerWidth) {
    return { stop, fault: `${name} has the focus outside of the window.` };
  }
  const seen = [
    [box.left + box.width / 2, box.top + box.height / 2],
    [box.left + Math.min(4, box.width / 2), box.top + box.height / 2],
    [box.left + box.width / 2, box.top + Math.min(4, box.height / 2)],
  ].some(([x, y]) => {
    const top = document.elementFromPoint(x ?? 0, y ?? 0);
    return top !== null && (shown.contains(top) || top.contains(shown) || (label?.contains(top) ?? false));
  });
  if (!seen) {
    return { stop, fault: `${name} has the focus behind something else.` };
  }
  const marked = [focused, shown, focused.parentElement, focused.nextElementSibling].some((element) => {
    if (!element) {
      return false;
    }
    const style = getComputedStyle(element);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  });
  return marked ? { stop } : { stop, fault: `${name} has the focus and nothing shows it.` };
}
