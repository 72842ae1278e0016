// The dates of a series while its form is filled in; the button "Show the dates" does the same without a script.

import { expect, test } from '../../test';

test('the dates follow the answers while they are given, with the same words as once they are asked for', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/groups/brue/series/new');
  const dates = page.getByRole('main').getByRole('list').filter({ hasText: 'Thu 24 Dec 2026' });
  await expect(page.getByLabel('Number of sessions', { exact: true })).toBeHidden();
  await page.getByRole('radio', { name: 'After a number of sessions' }).check();
  await expect(page.getByLabel('Last date')).toBeHidden();
  await page.getByLabel('Number of sessions', { exact: true }).fill('4');
  await expect(page.getByText('sessions are held')).toBeHidden();

  await page.getByLabel('First session').fill('2026-11-26');
  await expect(page.getByText('Every second Thursday, 10:00 to 11:30, 4 times. 4 sessions are held')).toBeVisible();
  await expect(dates).toContainText('No session. Centre closed');
  await page.getByLabel('Weeks or months from one session to the next').fill('1');
  await expect(page.getByText('Every Thursday, 10:00 to 11:30, 4 times. 4 sessions are held, and no date is skipped.')).toBeVisible();
  await page.getByLabel('Weeks or months from one session to the next').fill('0');
  await expect(page.getByText('sessions are held')).toBeHidden();
  await page.getByLabel('Weeks or months from one session to the next').fill('2');
  const live = await dates.innerText();

  await page.getByRole('button', { name: 'Show the dates' }).click();
  await expect(page.getByRole('heading', { name: 'Every second Thursday, 10:00 to 11:30, 4 times' })).toBeVisible();
  expect((await dates.innerText()).split(/\s+/)).toEqual(live.split(/\s+/));
});
