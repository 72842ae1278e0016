// What only a script can do. Without it every session is a link in the order of the week.

import type { Page } from '@playwright/test';
import { expect, test } from '../../test';

// The columns of the week are for wide screens; a narrow one has the list.
test.use({ viewport: { width: 1440, height: 900 } });

test('the arrow keys go from session to session in the week, and Tab stops there once', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/calendar/week/2026-10-19');
  const sessions = page.getByRole('region', { name: /^(Mon|Tues|Wednes|Thurs|Fri)day \d+ October/ }).getByRole('link');
  const today = page.getByRole('region', { name: 'Thursday 22 October, today' }).getByRole('link').first();
  await keysToBeLive(page);
  await expect(today).toHaveAttribute('tabindex', '0');
  await expect(sessions.and(page.locator('[tabindex="0"]'))).toHaveCount(1);

  await today.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('region', { name: 'Wednesday 21 October' }).getByRole('link').first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(today).toBeFocused();
  await page.keyboard.press('Home');
  await expect(sessions.first()).toBeFocused();
  await expect(sessions.and(page.locator('[tabindex="0"]'))).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/sessions\/\w{8}$/);
});

test('Page Up and Page Down open the weeks before and after, and T the present one', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/calendar/week/2026-10-19');
  await keysToBeLive(page);
  await page.getByRole('region', { name: 'Thursday 22 October, today' }).getByRole('link').first().focus();
  await page.keyboard.press('PageDown');
  await expect(page).toHaveURL(/\/calendar\/week\/2026-10-26/);
  // The keys go on where they led to.
  await expect(page.getByRole('region', { name: 'Tuesday 27 October' }).getByRole('link').first()).toBeFocused();
  await page.keyboard.press('PageUp');
  await expect(page).toHaveURL(/\/calendar\/week\/2026-10-19/);
  await expect(page.getByRole('region', { name: 'Thursday 22 October, today' }).getByRole('link').first()).toBeFocused();
  await page.keyboard.press('PageUp');
  await expect(page).toHaveURL(/\/calendar\/week\/2026-10-12/);
  await keysToBeLive(page);
  await page.keyboard.press('t');
  await expect(page).toHaveURL(/\/calendar\/week\/2026-10-19/);
});

/** The script leaves one stop for Tab in the week, and by then it listens: a key that is pressed before that moves nothing. */
async function keysToBeLive(page: Page) {
  const stop = page.getByRole('region', { name: /^\w+day \d+ \w+/ }).getByRole('link').and(page.locator('[tabindex="0"]'));
  await expect(stop).toHaveCount(1);
}
