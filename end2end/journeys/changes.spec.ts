import type { Page } from '@playwright/test';
import { saveAllTheSame } from '../pages/ways';
import { expect, test } from '../test';

test('one session of a series is moved, undone and moved again, and the following ones are shortened', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/groups/roch/series/new?starts_on=2026-10-23&starts_time=15:00&length_minutes=90&repeats=weeks&every=2&ending=until&until_on=2027-01-29');
  // It crosses the change of the clocks on 25 October, and Christmas.
  await expect(page.getByText('The clocks go back on 25 October 2026. Sessions keep their usual time.')).toBeVisible();
  await saveAllTheSame(page, 'Save and publish');
  await expect(page.getByRole('status')).toContainText('The series is published.');
  await expect(page.getByRole('listitem').filter({ hasText: 'Fri 1 Jan 2027' })).toContainText('No session.');
  const series = page.url();

  await page.getByRole('link', { name: 'Fri 20 Nov 2026' }).click();
  await page.getByRole('link', { name: 'Change its time, place or series…' }).click();
  // The supervisor leads the Aire group at that time, so it cannot be; a Saturday is outside her hours, and needs a reason.
  await move(page, { date: '2026-11-19', time: '10:00', which: 'Only this session' });
  await expect(page.getByText('This cannot be planned')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Save and tell/ })).toHaveCount(0);
  await move(page, { date: '2026-11-21', time: '10:00', which: 'Only this session' });
  await expect(page.getByRole('heading', { name: '1 session changes' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Fri 20 Nov' })).toContainText('Sat 21 Nov, 10:00 to 11:30');
  await saveAllTheSame(page, /^Save and tell \d+ people$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Roch group, Saturday 21 November');
  await expect(page.getByRole('status')).toContainText('1 session is changed.');

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status')).toContainText('It is as it was before.');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Roch group, Friday 20 November');

  await page.goto(series);
  await page.getByRole('link', { name: 'Fri 4 Dec 2026' }).click();
  await page.getByRole('link', { name: 'Change its time, place or series…' }).click();
  await page.getByRole('spinbutton', { name: 'Length in minutes' }).fill('60');
  await page.getByRole('group', { name: 'Which sessions change?' }).first().getByRole('radio', { name: /^This and the following/ }).check();
  await page.getByRole('button', { name: 'Show what changes' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Fri 18 Dec' })).toContainText('15:00 to 16:00');
  await saveAllTheSame(page, /^Save and tell/);
  await expect(page.getByText('15:00 to 16:00').first()).toBeVisible();

  await page.goto(series);
  await expect(page.getByRole('link', { name: 'Fri 20 Nov 2026' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Fri 18 Dec 2026' })).toHaveCount(0);
});

test('another title is shown with what it changes before it is saved, and stands beside the name of the group', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/groups/aire');
  await page.getByRole('link', { name: /^Thursday 10 December/ }).first().click();
  await page.getByRole('link', { name: 'Change its time, place or series…' }).click();
  await page.getByRole('textbox', { name: 'Title (optional)' }).fill('Review of our agreement');
  await page.getByRole('button', { name: 'Show these changes' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Thu 10 Dec' })).toContainText('Called “Review of our agreement”');
  // What was typed stands in no address.
  await expect(page).toHaveURL(/\/move$/);
  await page.getByRole('button', { name: /^Save these changes and tell \d people$/ }).click();
  await expect(page.getByRole('status')).toContainText('1 session is changed.');
  await page.goto('/calendar/week/2026-12-07');
  await expect(page.getByRole('link', { name: /^Aire group: Review of our agreement, group, Thursday 10 December 2026/ }).first()).toBeVisible();
});

test('a session cannot be moved into the past, and what was typed stays', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/groups/aire');
  await page.getByRole('link', { name: /^Thursday 12 November/ }).first().click();
  await page.getByRole('link', { name: 'Change its time, place or series…' }).click();
  await move(page, { date: '2026-10-01', time: '10:00', which: 'Only this session' });
  await expect(page.getByRole('alert')).toContainText('Choose a time to come: 10:00 on 1 October 2026 has passed.');
  await expect(page.getByLabel('Date')).toHaveValue('2026-10-01');
});

test('a session cannot be moved into the hour that the clocks leave out, and the page says why', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/groups/aire');
  await page.getByRole('link', { name: /^Thursday 12 November/ }).first().click();
  await page.getByRole('link', { name: 'Change its time, place or series…' }).click();
  await move(page, { date: '2027-03-28', time: '01:30', which: 'Only this session' });
  await expect(page).toHaveTitle(/^Error: /);
  const sentence = 'Choose a start time before 01:00 or from 02:00: on 28 March 2027 the clocks go forward and 01:30 does not happen.';
  await expect(page.getByRole('alert')).toContainText(sentence);
  await expect(page.getByLabel('Starts at')).toHaveValue('01:30');
  await expect(page.getByRole('button', { name: /^Save and tell/ })).toHaveCount(0);
});

test('another supervisor of a session is shown before it is saved', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/groups/aire');
  await page.getByRole('link', { name: /^Thursday 26 November/ }).first().click();
  await page.getByRole('link', { name: 'Change its time, place or series…' }).click();
  const chosen = await page.getByLabel('Led by').locator('option:checked').innerText();
  const others = await page.getByLabel('Led by').locator('option').allInnerTexts();
  const another = others.find((name) => name !== chosen)!;
  await page.getByLabel('Led by').selectOption(another);
  await page.getByRole('button', { name: 'Show what changes' }).click();
  await expect(page.getByRole('row').filter({ hasText: another })).toContainText(chosen);
  await expect(page.getByLabel('Led by').locator('option:checked')).toHaveText(another);
  // On another day as well, in the same form.
  await move(page, { date: '2026-11-27', time: '10:00', which: 'Only this session' });
  await expect(page.getByRole('row').filter({ hasText: `Led by ${another}` })).toContainText('Fri 27 Nov, 10:00 to 11:30');
  // A supervisor is not asked who leads her session.
  const address = page.url();
  await signInAs('supervisor');
  await page.goto(address);
  await expect(page.getByRole('heading', { name: 'Another time or length' })).toBeVisible();
  await expect(page.getByLabel('Led by')).toHaveCount(0);
});

test('whoever changes a session that they opened from the board comes back to the board of the week in which it is, as it was filtered', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/board/2026-11-02?kind=group');
  const aire = (day: string) => page.getByRole('link', { name: new RegExp(`^1\\d:00 Aire group,.*${day} 2026`) }).first();
  const said = (words: string) => page.getByRole('status').filter({ hasText: words });
  await aire('Thursday 5 November').click();
  await page.getByRole('link', { name: 'Change its time, place or series…' }).click();
  await move(page, { date: '2026-11-13', time: '14:00', which: 'Only this session' });
  await saveAllTheSame(page, /^Save and tell/);
  await expect(page).toHaveURL(/\/board\/2026-11-09\?kind=group#s-\w{8}$/);
  await expect(said('1 session is changed.')).toBeVisible();
  await expect(aire('Friday 13 November')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page).toHaveURL(/\/board\/2026-11-02\?kind=group#s-\w{8}$/);
  await expect(said('It is as it was before.')).toBeVisible();

  // Left without a change, the form leads back as well. An address elsewhere is none to go back to.
  const cancel = page.getByRole('link', { name: 'Cancel', exact: true });
  await aire('Thursday 5 November').click();
  await page.getByRole('link', { name: 'Change its time, place or series…' }).click();
  await expect(cancel).toHaveAttribute('href', /^\/board\/2026-11-02\?kind=group#s-\w{8}$/);
  await page.goto(page.url().replace(/back=.*$/, 'back=https://elsewhere.example/board/2026-11-02'));
  await expect(cancel).toHaveAttribute('href', /^\/sessions\/\w{8}$/);
});

async function move(page: Page, to: { date: string; time: string; which: string }) {
  await page.getByLabel('Date').fill(to.date);
  await page.getByLabel('Starts at').fill(to.time);
  await page.getByRole('group', { name: 'Which sessions change?' }).first().getByRole('radio', { name: to.which }).check();
  await page.getByRole('button', { name: 'Show what changes' }).click();
}
