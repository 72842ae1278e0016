import type { Page } from '@playwright/test';
import { saveAllTheSame } from '../../pages/ways';
import { enterAs, expect, forgetSignIn, test } from '../../test';

const WEEK = '/calendar/week/2026-11-09';

test.use({ viewport: { width: 1440, height: 900 } });

test('an open week shows what somebody else has moved, without being opened again and without losing the focus', async ({ page, reverie, browser, signInAs }) => {
  await signInAs('supervisor');
  await page.goto(WEEK);
  await listening(page);
  const aire = page.locator('#grid').getByRole('link', { name: /^Aire group, group, Thursday 12 November/ });
  await expect(aire).toBeVisible();
  await aire.focus();
  // Whatever is on the page stays the page: it is not loaded again.
  await page.evaluate(() => document.documentElement.setAttribute('data-is-the-same', ''));
  const address = await aire.getAttribute('href');

  const elsewhere = await browser.newContext({ baseURL: reverie.address, locale: 'en-GB' });
  const coordinator = await elsewhere.newPage();
  await enterAs(coordinator, 'coordinator');
  await coordinator.goto(`${address}/move?scope=this&starts_on=2026-11-13&starts_time=14:00&length_minutes=90`);
  await saveAllTheSame(coordinator, /^Save and tell/);
  await expect(coordinator.getByRole('status')).toContainText('1 session is changed.');

  const moved = page.locator('#grid').getByRole('link', { name: /^Aire group, group, Friday 13 November 2026, 14:00 to 15:30/ });
  await expect(moved).toBeVisible();
  await expect(moved).toBeFocused();
  await expect(aire).toHaveCount(0);
  await expect(page.getByText('The calendar was brought up to date.')).toBeAttached();
  await expect(page.locator('#grid a[tabindex="0"]')).toHaveCount(1);
  await expect(page.locator('html[data-is-the-same]')).toBeAttached();
  // The keys still lead on from there.
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('#grid a:focus')).toHaveAccessibleName(/Thursday 12 November/);

  // What is in hand is left alone, and comes up to date when it is let go.
  await moved.focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowDown');
  await coordinator.getByRole('button', { name: 'Undo' }).click();
  await expect(coordinator.getByRole('status')).toContainText('It is as it was before.');
  await page.waitForTimeout(1_500);
  await expect(moved).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(aire).toBeVisible();
  await expect(aire).toBeFocused();
  await elsewhere.close();
});

test('an open board and the page of a session show what somebody else has moved, and a page out of view catches up when it is seen again', async ({ page, reverie, browser, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/board/2026-11-23');
  const onThursday = page.getByRole('link', { name: /Aire group.*Thursday 26 November/ });
  const onFriday = page.getByRole('link', { name: /Aire group.*Friday 27 November/ });
  await expect(onThursday).toBeVisible();
  const session = await page.context().newPage();
  await session.goto((await onThursday.getAttribute('href'))!);
  const heading = session.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('Aire group, Thursday 26 November');

  const elsewhere = await browser.newContext({ baseURL: reverie.address, locale: 'en-GB' });
  const supervisor = await elsewhere.newPage();
  await enterAs(supervisor, 'supervisor');
  await supervisor.goto(`${new URL(session.url()).pathname}/move?scope=this&starts_on=2026-11-27&starts_time=14:00&length_minutes=90`);
  await saveAllTheSame(supervisor, /^Save and tell/);
  await expect(supervisor.getByRole('status')).toContainText('1 session is changed.');
  await expect(heading).toHaveText('Aire group, Friday 27 November');
  await expect(onFriday).toBeVisible();
  await expect(onThursday).toHaveCount(0);

  await isHidden(page, true);
  await supervisor.getByRole('button', { name: 'Undo' }).click();
  await expect(heading).toHaveText('Aire group, Thursday 26 November');
  await page.waitForTimeout(1_500);
  await expect(onFriday).toBeVisible();
  await isHidden(page, false);
  await expect(onThursday).toBeVisible();
  await expect(onFriday).toHaveCount(0);
  await elsewhere.close();
});

test('whoever is signed out elsewhere is asked to sign in, in every window', async ({ page, reverie, browser }) => {
  await forgetSignIn(page);
  await enterAs(page, 'supervisor');
  await page.goto(WEEK);
  await listening(page);
  const elsewhere = await browser.newContext({ baseURL: reverie.address, locale: 'en-GB' });
  await elsewhere.addCookies(await page.context().cookies());
  const other = await elsewhere.newPage();
  await other.goto('/me');
  await other.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await elsewhere.close();
});

test('what is deleted in one window is not shown any more in another', async ({ page, signInAs, anotherWindow }) => {
  await signInAs('supervisor');
  await page.goto('/events/new');
  await page.getByRole('combobox', { name: 'What kind of event is it?' }).selectOption('Webinar');
  await page.getByRole('textbox', { name: 'Title' }).fill('A draft in two windows');
  await page.getByRole('textbox', { name: 'What is it about?' }).fill('Whoever looks at it.');
  await page.getByLabel('Day', { exact: true }).fill('2026-12-03');
  await page.getByLabel('Begins at').fill('12:30');
  await page.getByRole('combobox', { name: 'For whom is it?' }).selectOption('Ask anything');
  await page.getByRole('textbox', { name: 'Address of the room, online' }).fill('https://rooms.example/windows');
  await page.getByRole('button', { name: 'See what it will look like' }).click();
  await expect(page.getByRole('status').first()).toContainText('This is what it will look like.');

  const other = await anotherWindow();
  await other.goto(page.url());
  await other.getByText('Delete this draft…').click();
  await other.getByRole('button', { name: 'Delete the draft' }).click();
  await expect(other.getByRole('status')).toContainText('The draft is deleted.');
  await page.bringToFront();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
});

/** Takes a page out of view, as another tab in front of it does, or brings it back. */
async function isHidden(page: Page, isHidden: boolean) {
  await page.evaluate((isHidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, isHidden);
}

/** Waits until the page listens. */
async function listening(page: Page) {
  await expect(page.locator('#grid a[tabindex="0"]')).toHaveCount(1);
  await expect.poll(() => page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/pkg/') && name.endsWith('.wasm')))).toBe(true);
}
