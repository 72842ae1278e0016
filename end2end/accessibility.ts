// What makes a page readable by all: axe's rules, the width of a page, its words for assistive technology, and a walk by Tab.

import { expect, test, type Page } from '@playwright/test';
import { source as axe, type AxeResults, type RunOptions } from 'axe-core';

const everyRule: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};
// A theme changes colours and nothing else.
const rulesOfColour: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }, resultTypes: ['violations'] };
// The narrowest is that of a window of 1280 pixels at 400 per cent.
const widths = [320, 390, 1440];
const themes = [
  { theme: 'light', rules: everyRule },
  { theme: 'dark', rules: rulesOfColour },
] as const;

/** The page as it stands, in both themes and at all widths: axe finds nothing, and nobody has to scroll sideways. */
export async function expectReadableByAll(page: Page) {
  const before = page.viewportSize();
  const barriers = new Map<string, string[]>();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    await test.step(`${width} pixels wide`, async () => {
      await expectNoSidewaysScroll(page);
      for (const { theme, rules } of themes) {
        await page.emulateMedia({ colorScheme: theme });
        for (const barrier of await barriersOf(page, rules)) {
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

async function barriersOf(page: Page, rules: RunOptions): Promise<string[]> {
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

/** More space between lines, paragraphs, words and letters (1.4.12), and letters of twice the size (1.4.4): nothing is cut off or written over. */
export async function expectToHoldWhenTextGrows(page: Page) {
  expect.soft(await textLostWhenItGrows(page), `What more space or larger letters took from ${page.url()}`).toEqual([]);
}

/** What cannot be read any more once text has more room or is larger, in sentences. */
export async function textLostWhenItGrows(page: Page): Promise<string[]> {
  const before = page.viewportSize();
  const faults = new Set<string>();
  const look = async (how: string) => {
    for (const fault of await page.evaluate(lookForLostText)) {
      faults.add(`${fault} (${how})`);
    }
  };
  for (const width of [320, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await page.evaluate(() => {
      const spacing = new CSSStyleSheet();
      spacing.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
      document.adoptedStyleSheets.push(spacing);
    });
    await look(`text spacing, ${width} pixels wide`);
    await page.evaluate(() => {
      document.adoptedStyleSheets.pop();
    });
  }
  // The reader's own size of letters, by which the page also chooses its layout.
  await page.setViewportSize({ width: 1280, height: 800 });
  const browser = await page.context().newCDPSession(page);
  await browser.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
  await look('letters of 200%');
  await browser.send('Page.setFontSizes', { fontSizes: { standard: 16 } });
  await browser.detach();
  if (before) {
    await page.setViewportSize(before);
  }
  return [...faults];
}

/** The browser's own few colours in place of the page's: whatever has the focus shows it, every control has an edge, and every state a mark. */
export async function expectToHoldInForcedColours(page: Page) {
  expect.soft(await looksInForcedColours(page), `What forced colours came to on ${page.url()}`).toEqual([]);
}

/** What the page says too little of once its colours are taken away, in sentences. */
export async function looksInForcedColours(page: Page): Promise<string[]> {
  await page.emulateMedia({ forcedColors: 'active' });
  // From the keyboard on, whatever is given the focus shows it as it does for somebody who walks by Tab.
  await page.keyboard.press('Tab');
  const faults = await page.evaluate(lookInForcedColours);
  await page.emulateMedia({ forcedColors: null });
  return faults;
}

/** The page says what it is: one heading of the first level, one `main`, and a title that puts the thing first. */
export async function expectTitled(page: Page) {
  await expect.soft(page).toHaveTitle(/^\S.* – Reverie$/);
  await expect.soft(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect.soft(page.getByRole('main')).toHaveCount(1);
  await expect.soft(page.locator('[data-astray]'), 'Every field knows the form that it stands in.').toHaveCount(0);
}

/** A walk by Tab through the whole page: whatever has the focus can be seen to have it, and no bar lies over it. */
export async function expectFocusToBeSeen(page: Page) {
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  // The page looks for itself at each step, before the next one is taken; asking it after every key takes twice as long.
  await page.evaluate(`window.lookAtFocus = ${lookAtFocus}`);
  const walk = await page.evaluateHandle(() => {
    const { lookAtFocus } = window as unknown as { lookAtFocus: () => { stop?: string; fault?: string } };
    const walk = { stops: [] as string[], faults: [] as string[], isOver: false, look: () => {} };
    walk.look = () => {
      const { stop, fault } = lookAtFocus();
      if (walk.isOver || stop === undefined || walk.stops.includes(stop)) {
        walk.isOver ||= walk.stops.length > 0;
        return;
      }
      walk.stops.push(stop);
      if (fault) {
        walk.faults.push(fault);
      }
    };
    document.addEventListener('keydown', walk.look, { capture: true });
    return walk;
  });
  let isOver = false;
  for (let steps = 0; steps < 400 && !isOver; steps += 8) {
    for (let step = 0; step < 8; step += 1) {
      await page.keyboard.press('Tab');
    }
    isOver = await walk.evaluate((walk) => walk.isOver);
  }
  const { stops, faults } = await walk.evaluate((walk) => {
    document.removeEventListener('keydown', walk.look, { capture: true });
    return { stops: walk.stops.length, faults: [...new Set(walk.faults)] };
  });
  expect.soft(faults, `What a walk by Tab over ${page.url()} came to`).toEqual([]);
  expect.soft(isOver, 'The walk comes round.').toBe(true);
  expect.soft(stops, 'Tab reaches something.').toBeGreaterThan(0);
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

/** Runs in the page while colours are forced, which takes away every shadow, every ground and every difference of colour. */
function lookInForcedColours(): string[] {
  const faults = new Set<string>();
  const nameOf = (element: Element) =>
    `${element.tagName.toLowerCase()}.${element.className || element.id} “${(element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40)}”`;
  const isShown = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getClientRects().length > 0;
  const hasEdge = (element: Element) => {
    const { borderTopStyle, borderTopWidth, borderBottomStyle, borderBottomWidth, outlineStyle, outlineWidth } = getComputedStyle(element);
    const isDrawn = (style: string, width: string) => style !== 'none' && style !== 'hidden' && parseFloat(width) >= 1;
    return isDrawn(borderTopStyle, borderTopWidth) || isDrawn(borderBottomStyle, borderBottomWidth) || isDrawn(outlineStyle, outlineWidth);
  };
  // Boxes and buttons that the browser draws itself, it draws in its own colours.
  const isDrawnByBrowser = (element: Element) => element.matches('[type="checkbox"], [type="radio"]') && getComputedStyle(element).appearance !== 'none';
  const isUnderlined = (element: Element) => getComputedStyle(element).textDecorationLine.includes('underline');
  // A box or a button that is drawn by its label is looked at there.
  const drawn = (control: Element) => {
    const label = control instanceof HTMLInputElement ? (control.labels?.[0] ?? control.closest('label')) : null;
    const { width, height } = control.getBoundingClientRect();
    return (!isShown(control) || width < 8 || height < 8) && label ? label : control;
  };

  const shadow = document.createElement('p');
  shadow.className = 'card';
  document.body.append(shadow);
  if (!matchMedia('(forced-colors: active)').matches || getComputedStyle(shadow).boxShadow !== 'none') {
    faults.add('The browser does not force its colours, so this looked at nothing.');
  }
  shadow.remove();

  for (const control of document.querySelectorAll('button, input:not([type="hidden"]), select, textarea, a.btn')) {
    const element = drawn(control);
    if (!isShown(element)) {
      continue;
    }
    const hasMark = isDrawnByBrowser(element) || hasEdge(element) || isUnderlined(element) || [...element.querySelectorAll('*')].some(hasEdge);
    if (!hasMark) {
      faults.add(`${nameOf(element)} has no edge.`);
    }
  }

  for (const focusable of document.querySelectorAll<HTMLElement>('a[href], button, input:not([type="hidden"]), select, textarea, summary, [tabindex="0"]')) {
    if (!isShown(drawn(focusable))) {
      continue;
    }
    focusable.focus({ preventScroll: true });
    if (document.activeElement !== focusable) {
      continue;
    }
    const places = [focusable, drawn(focusable), focusable.nextElementSibling, focusable.parentElement];
    const isMarked = places.some((place) => {
      const style = place && getComputedStyle(place);
      return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    });
    if (!isMarked) {
      faults.add(`${nameOf(focusable)} has the focus and nothing shows it.`);
    }
  }
  (document.activeElement as HTMLElement | null)?.blur();

  // What is current or chosen differs from its neighbours in more than a colour.
  const look = (element: Element) => {
    const looks = [element, ...element.querySelectorAll('*')].flatMap((part) => {
      const style = getComputedStyle(part);
      const edge = [style.outlineStyle, style.outlineWidth, style.borderTopStyle, style.borderTopWidth, style.borderBottomStyle, style.borderBottomWidth];
      const before = getComputedStyle(part, '::before');
      const sign = before.content === 'none' || before.display === 'none' ? '' : before.width;
      const kept = style.forcedColorAdjust === 'none' ? [style.backgroundColor, style.color] : [];
      return [...edge, style.fontWeight, style.textDecorationLine, sign, ...kept];
    });
    return looks.slice(0, 40).join(' ');
  };
  for (const current of document.querySelectorAll('[aria-current]:not([aria-current="false"])')) {
    const others = [...(current.closest('ul, ol, nav, table')?.querySelectorAll('a[href]') ?? [])].filter((other) => !other.hasAttribute('aria-current') && isShown(other));
    const other = others[0];
    const own = getComputedStyle(current);
    if (isShown(current) && other && own.outlineStyle === 'none' && own.fontWeight === getComputedStyle(other).fontWeight && look(current) === look(other)) {
      faults.add(`${nameOf(current)} is current and looks like the others.`);
    }
  }
  for (const chosen of document.querySelectorAll<HTMLInputElement>('input:checked')) {
    const other = [...document.querySelectorAll<HTMLInputElement>('input:not(:checked)')].find((input) => input.type === chosen.type && input.className === chosen.className && isShown(drawn(input)));
    if (other && isShown(drawn(chosen)) && !isDrawnByBrowser(chosen) && look(drawn(chosen)) === look(drawn(other))) {
      faults.add(`${nameOf(drawn(chosen))} is chosen and looks like the others.`);
    }
  }
  return [...faults];
}

/** Runs in the page. Looks for words that a box cuts off, that run over other words, or that make the page wider than the window. */
function lookForLostText(): string[] {
  const faults = new Set<string>();
  const nameOf = (element: Element) => `${element.tagName.toLowerCase()}.${element.className} “${(element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40)}”`;
  const overhang = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (overhang > 0) {
    faults.add(`The page is ${overhang} pixels wider than the window.`);
  }
  // What stands there for screen readers alone is cut off on purpose. A session in the week opens to its full text when it is pointed at.
  const apart = '.vh, .skip, .week, .month, svg, select, script, style, noscript, [aria-hidden="true"].tile';
  const lines: { element: Element; box: DOMRect }[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!element || !text.textContent?.trim() || element.closest(apart) || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) {
        continue;
      }
      let canScroll = false;
      let isFixed = false;
      let isHiddenOnPurpose = false;
      const cuts: string[] = [];
      for (let around: Element | null = element; around && around !== document.body; around = around.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(around);
        const edge = around.getBoundingClientRect();
        canScroll ||= /auto|scroll/.test(overflowX + overflowY);
        isHiddenOnPurpose ||= /hidden|clip/.test(overflowX) && edge.width <= 2 && edge.height <= 2;
        isFixed ||= /fixed|sticky/.test(position);
        const isCutAcross = /hidden|clip/.test(overflowX) && (box.right > edge.right + 2 || box.left < edge.left - 2);
        const isCutDown = /hidden|clip/.test(overflowY) && (box.bottom > edge.bottom + 2 || box.top < edge.top - 2);
        if (!canScroll && (isCutAcross || isCutDown)) {
          cuts.push(`${nameOf(element)} is cut off by ${around.tagName.toLowerCase()}.${around.className}.`);
        }
      }
      // What is one pixel wide and high stands there for screen readers alone, such as the heads of a table that a phone stacks.
      if (isHiddenOnPurpose) {
        continue;
      }
      cuts.forEach((cut) => faults.add(cut));
      if (!isFixed && !canScroll) {
        lines.push({ element, box });
      }
    }
  }
  lines.sort((one, other) => one.box.top - other.box.top);
  lines.forEach(({ element, box }, place) => {
    for (const other of lines.slice(place + 1)) {
      if (other.box.top >= box.bottom) {
        break;
      }
      const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const down = Math.min(box.bottom, other.box.bottom) - other.box.top;
      if (across > 2 && down > Math.min(box.height, other.box.height) * 0.4) {
        faults.add(`${nameOf(element)} and ${nameOf(other.element)} are written over each other.`);
      }
    }
  });
  return [...faults];
}
