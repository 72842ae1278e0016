// A finger on the glass, which Playwright itself can only tap with.

import type { Page } from '@playwright/test';

/** Puts a finger somewhere. It rests there until it is drawn or lifted. */
export async function fingerOn(page: Page, x: number, y: number) {
  const browser = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    browser.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [{ x, y }]);
  return {
    async drag(right: number, down: number) {
      const steps = 8;
      for (let step = 1; step <= steps; step += 1) {
        await touch('touchMove', [{ x: x + (right * step) / steps, y: y + (down * step) / steps }]);
      }
    },
    lift: () => touch('touchEnd', []),
  };
}
