import type { Page } from '@playwright/test';
import { saveAllTheSame } from '../pages/ways';
import { expect, test } from '../test';

test('a coordinator sees every date that is skipped, and why, before a series is saved and published', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/groups/blithe');
  await page.getByRole('link', { name: 'Plan a series' }).click();
  await answer(page, { first: '2026-12-10', time: '10:00', length: '90', weeks: '1', last: '2027-01-14' });
  await page.getByRole('button', { name: 'Show the dates' }).click();

  const dates = page.getByRole('region', { name: 'Every Thursday, 10:00 to 11:30, until 14 January 2027' });
  await expect(dates).toContainText('4 sessions are held, and 2 dates are skipped.');
  await expect(dates.getByRole('listitem').filter({ hasText: 'Thu 24 Dec 2026' })).toContainText('No session. Centre closed: Christmas closure');
  await expect(dates.getByRole('listitem').filter({ hasText: 'Thu 31 Dec 2026' })).toContainText('No session.');
  await dates.getByRole('button', { name: 'Save as a draft' }).click();
  await expect(page.getByRole('status')).toHaveText('The series is saved as a draft. Nobody has been told of it.');
  await expect(page.getByText('Nobody else sees a draft.')).toBeVisible();

  await saveAllTheSame(page, 'Publish');
  await expect(page.getByRole('status')).toHaveText('The series is published. The members and the supervisor have been told.');
  await page.getByRole('link', { name: 'Thu 17 Dec 2026' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Blithe group, Thursday 17 December');
});

test('a series over the change of the clocks says that sessions keep their time', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/groups/roch/series/new');
  await answer(page, { first: '2027-03-22', time: '10:00', length: '60', weeks: '1', times: '4' });
  await page.getByRole('button', { name: 'Show the dates' }).click();
  const dates = page.getByRole('region', { name: 'Every Monday, 10:00 to 11:00, 4 times' });
  await expect(dates).toContainText('The clocks go forward on 28 March 2027. Sessions keep their usual time.');
  // 29 March 2027 is Easter Monday; a series of four is held four times all the same.
  await expect(dates.getByRole('listitem').filter({ hasText: 'Mon 29 Mar 2027' })).toContainText('Easter Monday');
  await expect(dates).toContainText('4 sessions are held');
});

test('no session is published before an agreement is in force', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  // Its first agreement is proposed, and so not in force.
  await page.goto('/groups/lathkill');
  await page.getByRole('link', { name: 'Plan a series' }).click();
  await answer(page, { first: '2026-11-09', time: '13:00', length: '90', weeks: '2', times: '6' });
  await page.getByRole('button', { name: 'Show the dates' }).click();
  await expect(page.getByText('The agreement waits for somebody to agree, so no session can be published yet.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save and publish' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await expect(page.getByRole('status')).toHaveText('The series is saved as a draft. Nobody has been told of it.');
  await expect(page.getByRole('button', { name: 'Publish' })).toHaveCount(0);
  await expect(page.getByText('The agreement waits for somebody to agree, so no session can be published yet.')).toBeVisible();
});

test('a series that cannot be is refused with a reason, and what was typed stays', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/groups/blithe/series/new');

  await answer(page, { first: '2027-03-28', time: '01:30', length: '0', weeks: '1', times: '3' });
  const refused = page.waitForResponse((response) => response.request().isNavigationRequest() && response.url().includes('length_minutes=0'));
  await page.getByRole('button', { name: 'Show the dates' }).click();
  expect((await refused).status()).toBe(422);
  const problems = page.getByRole('alert');
  await expect(problems).toContainText('There is a problem');
  await expect(page).toHaveTitle(/^Error: /);
  await problems.getByRole('link').filter({ hasText: /length|minutes/i }).click();
  await expect(page.getByRole('spinbutton', { name: 'Length in minutes' })).toBeFocused();
  await expect(page.getByRole('spinbutton', { name: 'Length in minutes' })).toHaveValue('0');

  await answer(page, { first: '2027-03-28', time: '01:30', length: '60', weeks: '1', times: '3' });
  await page.getByRole('button', { name: 'Show the dates' }).click();
  await expect(problems.getByRole('link').filter({ hasText: /28 March 2027/ })).toBeVisible();

  await page.goto('/groups/blithe/series/new');
  await answer(page, { first: '2026-11-09', time: '10:00', length: '60', weeks: '1' });
  await page.getByRole('radio', { name: 'On a date' }).check();
  await page.getByRole('button', { name: 'Show the dates' }).click();
  await expect(problems).toContainText('Choose the last date on which a session can be held.');
});

test('two windows change one series: the second is told, and keeps what was typed', async ({ page, signInAs, anotherWindow }) => {
  await signInAs('coordinator');
  await page.goto('/groups/brue/series/new');
  await answer(page, { first: '2026-11-10', time: '15:00', length: '60', weeks: '1', times: '5' });
  await page.getByRole('button', { name: 'Show the dates' }).click();
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await expect(page.getByRole('status')).toBeVisible();

  const second = await anotherWindow();
  await second.goto(page.url());
  for (const window of [page, second]) {
    await window.getByRole('link', { name: 'Change', exact: true }).click();
  }
  await page.getByRole('spinbutton', { name: 'Length in minutes' }).fill('75');
  await page.getByRole('button', { name: 'Show the dates' }).click();
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Every Tuesday, 15:00 to 16:15, 5 times');

  await second.getByLabel('Starts at').fill('15:30');
  await second.getByRole('button', { name: 'Show the dates' }).click();
  await second.getByRole('button', { name: 'Save as a draft' }).click();
  await expect(second.getByRole('alert')).toContainText('There is a problem');
  await expect(second.getByLabel('Starts at')).toHaveValue('15:30');
});

test('a draft that is not wanted after all is deleted, once that was asked', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/groups/brue/series/new');
  await answer(page, { first: '2026-11-11', time: '12:00', length: '60', weeks: '1', times: '4' });
  await page.getByRole('button', { name: 'Show the dates' }).click();
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Every Wednesday, 12:00 to 13:00, 4 times');
  const draft = page.url();

  await expect(page.getByRole('button', { name: 'Delete the draft' })).toBeHidden();
  await page.getByText('Delete this draft…').click();
  await page.getByRole('button', { name: 'Delete the draft' }).click();
  await expect(page.getByRole('status')).toHaveText('The draft is deleted. Nobody had been told of it.');
  await expect(page.getByRole('link', { name: 'Every Wednesday, 12:00 to 13:00' })).toHaveCount(0);
  expect((await page.goto(draft))?.status()).toBe(404);
});

/** Answers the questions of a series. */
async function answer(page: Page, series: { first: string; time: string; length: string; weeks: string; last?: string; times?: string }) {
  await page.getByLabel('First session').fill(series.first);
  await page.getByLabel('Starts at').fill(series.time);
  await page.getByRole('spinbutton', { name: 'Length in minutes' }).fill(series.length);
  await page.getByRole('spinbutton', { name: 'Weeks or months from one session to the next' }).fill(series.weeks);
  if (series.last) {
    await page.getByRole('radio', { name: 'On a date' }).check();
    await page.getByLabel('Last date').fill(series.last);
  }
  if (series.times) {
    await page.getByRole('radio', { name: 'After a number of sessions' }).check();
    await page.getByRole('spinbutton', { name: 'Number of sessions' }).fill(series.times);
  }
}
