import type { Page } from '@playwright/test';
import { lettersTo } from '../messages';
import { expect, forgetSignIn, test } from '../test';

const amina = 'practitioner@demonstration.example';

test('times are offered to a group, answered by a link without signing in, and one of them becomes a series', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/groups/aire');
  await page.getByRole('link', { name: 'Offer times' }).click();
  await offer(page, 1, 'Thursday', '10:00');
  await offer(page, 3, 'Monday', '14:30');
  await page.getByRole('button', { name: 'Send the links' }).click();
  await expect(page.getByRole('status')).toHaveText('The times are offered. Everybody who is asked gets an email with a link of their own.');
  await expect(page.getByText('0 of 6 have answered')).toBeVisible();
  const poll = page.url();

  await page.goto('/demonstration/mail');
  const letter = lettersTo(page, amina, /^When can you come\?/).first();
  const link = (await letter.getByRole('link').getAttribute('href')) ?? '';
  await forgetSignIn(page);
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('When can you come?');
  await expect(page.getByRole('main')).toContainText('Hello, Amina.');
  await answer(page, 'Thursday, 10:00 to 11:30', 'If need be');
  await page.getByRole('button', { name: 'Send my answers' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose an answer for Monday, 14:30 to 16:00');
  await expect(times(page, 'Thursday, 10:00 to 11:30').getByRole('radio', { name: 'If need be' })).toBeChecked();
  await answer(page, 'Monday, 14:30 to 16:00', 'No');
  await page.getByRole('button', { name: 'Send my answers' }).click();
  await expect(page.getByRole('status')).toHaveText('Thank you. Your answers are kept. Until the poll closes you can change them here.');
  await answer(page, 'Monday, 14:30 to 16:00', 'Yes');
  await page.getByRole('button', { name: 'Change my answers' }).click();
  await expect(page.getByRole('status')).toBeVisible();

  await signInAs('supervisor');
  await page.goto(poll);
  await expect(page.getByRole('row').filter({ hasText: 'Suits most' })).toContainText('Monday, 14:30 to 16:00');
  const hers = page.getByRole('region', { name: 'Who answered what', exact: true }).getByRole('row').filter({ hasText: 'Amina R.' });
  await expect(hers.getByRole('cell')).toHaveText(['Yes', 'If need be']);
  await page.getByRole('button', { name: 'Remind the 5 people who have not answered' }).click();
  await expect(page.getByRole('status')).toHaveText('Those who have not answered have been asked once more.');
  await page.getByRole('button', { name: 'Make this the series' }).click();
  await expect(page.getByRole('status')).toHaveText('The poll is closed, and the series is a draft. Nobody is told of it until you publish it.');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Every Monday, 14:30 to 16:00, until/);
  await expect(page.getByRole('listitem').filter({ hasText: 'Mon 16 Nov 2026' })).toBeVisible();

  await forgetSignIn(page);
  await page.goto(link);
  await expect(page.getByRole('main')).toContainText('This poll has closed');
  await expect(page.getByRole('main').getByRole('listitem')).toHaveText(['Monday, 14:30 to 16:00: yes', 'Thursday, 10:00 to 11:30: if need be']);
  await expect(page.getByRole('radio')).toHaveCount(0);
});

async function offer(page: Page, place: number, day: string, time: string) {
  const line = page.getByRole('group', { name: `Time ${place}`, exact: true });
  await line.getByRole('combobox', { name: 'Day' }).selectOption(day);
  await line.getByLabel('Starts at').fill(time);
}

function times(page: Page, time: string) {
  return page.getByRole('group', { name: time });
}

async function answer(page: Page, time: string, words: string) {
  await times(page, time).getByRole('radio', { name: words, exact: true }).check();
}
