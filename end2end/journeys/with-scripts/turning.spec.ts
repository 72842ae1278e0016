// The pages before and after the one on screen are fetched before anybody asks for them, and put in without leaving the page.

import type { Page } from '@playwright/test';
import { expect, test } from '../../test';

for (const [role, name, first, second, third] of [
  ['supervisor', 'Calendar', '/calendar/week/2026-10-19', '/calendar/week/2026-10-26', '/calendar/week/2026-11-02'],
  ['coordinator', 'Board', '/board/2026-10-19', '/board/2026-10-26', '/board/2026-11-02'],
] as const) {
  test(`${first} turns over to the week after and back again, with what the server shows at each address`, async ({ page, anotherWindow, signInAs }) => {
    await signInAs(role);
    const fetched = untilFetched(page, second);
    await page.goto(first);
    await fetched;
    const wasLeft = await leavesMark(page);
    const next = page.getByRole('link', { name: /^(Week after|Later)/ }).first();
    await next.focus();

    const another = untilFetched(page, third);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`${second}$`));
    await expect(page).toHaveTitle(/26 October/);
    await expect(page.getByText(new RegExp(`^${name}, .*26 October.* – Reverie$`)), 'The new week is said aloud.').toBeAttached();
    expect(await sessionsOf(page)).toEqual(await sessionsAt(await anotherWindow(), second));
    await another;
    await expect(next, 'Whoever goes on and on finds the way under the finger.').toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`${third}$`));
    expect(await sessionsOf(page)).toEqual(await sessionsAt(await anotherWindow(), third));

    for (const address of [second, first]) {
      await page.goBack();
      await expect(page).toHaveURL(new RegExp(`${address}$`));
      const there = await sessionsAt(await anotherWindow(), address);
      await expect.poll(() => sessionsOf(page)).toEqual(there);
    }
    expect(await wasLeft(), 'The page was never left.').toBe(false);
  });
}

test.describe('In the columns of a wide screen', () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test('a key that leads beyond the week turns over to the next one, with the focus on its day', async ({ page, signInAs }) => {
    await signInAs('supervisor');
    const fetched = untilFetched(page, '/calendar/week/2026-10-26');
    await page.goto('/calendar/week/2026-10-19');
    await fetched;
    const wasLeft = await leavesMark(page);
    await page.getByRole('heading', { name: 'Sunday 25 October' }).getByRole('link').focus();
    await page.keyboard.press('ArrowRight');
    await expect(page).toHaveURL(/\/calendar\/week\/2026-10-26#at-1$/);
    const monday = page.locator('#grid .grid__day').first();
    await expect(monday.locator(':focus')).toHaveCount(1);
    await page.keyboard.press('Control+End');
    await expect(page.locator('#grid .grid__day').last().locator(':focus')).toHaveCount(1);
    expect(await wasLeft(), 'The page was never left.').toBe(false);
  });
});

async function untilFetched(page: Page, address: string) {
  const answer = await page.waitForResponse((response) => new URL(response.url()).pathname === address && 'x-again' in response.request().headers());
  await answer.finished();
}

/** A mark that another document would not have. Answers whether it is gone. */
async function leavesMark(page: Page) {
  await page.evaluate(() => {
    document.documentElement.dataset['mark'] = 'here';
  });
  return async () => (await page.evaluate(() => document.documentElement.dataset['mark'])) !== 'here';
}

/** Where each session in the week leads, in the order of the page. */
async function sessionsOf(page: Page) {
  return page.locator('#main a[href^="/sessions/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
}

async function sessionsAt(window: Page, address: string) {
  await window.goto(address);
  const sessions = await sessionsOf(window);
  await window.close();
  return sessions;
}
