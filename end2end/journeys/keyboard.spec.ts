import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../test';

// A moment of its own gives this test a server of its own: apologies are sent, and a post is written.
test.use({ now: '2026-10-22T08:50:13Z' });

test('by keyboard alone a practitioner comes in, sends apologies, looks at the calendar, replies in the community and goes', async ({ page }) => {
  await page.goto('/sign-in');
  await follow(page, page.getByRole('region', { name: 'Look around as' }).getByRole('button', { name: /practitioner(,|$)/i }));
  await expect(page).toHaveURL(/\/today$/);

  // Past what stands on every page in one step. The address is there before the page is, and a key that comes too early has nowhere to go.
  await page.waitForLoadState();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /^Skip to/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await follow(page, page.getByRole('main').getByRole('link', { name: 'Aire group' }).first());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Aire group/);
  await follow(page, page.getByRole('link', { name: 'I can’t come' }));
  await follow(page, page.getByRole('button', { name: 'Send apologies' }));
  await expect(page.getByRole('status')).toHaveText('Your apologies are sent. Your place is kept.');

  await follow(page, inNavigation(page, 'Calendar'));
  await follow(page, page.getByRole('main').getByRole('link', { name: /^Aire group, group, Thursday 22 October/ }).filter({ visible: true }).first());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Aire group, Thursday 22 October');

  await follow(page, inNavigation(page, 'Community'));
  await follow(page, page.locator('[data-thread-link]').first());
  await tabTo(page, page.getByRole('textbox', { name: 'Your words' }));
  await page.keyboard.type('Thank you. I read this on the bus, and it stayed with me.');
  await follow(page, page.getByRole('button', { name: 'Post the reply' }));
  await expect(page.getByRole('status').first()).toHaveText(/^Posted\./);

  await page.goto('/me');
  await follow(page, page.getByRole('main').getByRole('button', { name: 'Sign out' }));
  await expect(page).toHaveURL(/\/sign-in$/);
});

/** A part of the product, as the rail or the bar of a phone leads to it. */
function inNavigation(page: Page, name: string) {
  return page.getByRole('navigation').getByRole('link', { name, exact: true }).filter({ visible: true }).first();
}

/** Goes on by Tab until a link or button has the focus, and presses it. */
async function follow(page: Page, target: Locator) {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

async function tabTo(page: Page, target: Locator) {
  await target.waitFor();
  for (let stops = 0; stops < 150; stops += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) {
      return;
    }
  }
  throw new Error(`Tab did not come to ${target}.`);
}
