import type { Page } from '@playwright/test';
import { expect, test } from '../test';

test('somebody books the last place at an event, the next one waits, and has the place once it is given back', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/events');
  await page.getByRole('link', { name: 'Still face, fifty years on' }).click();
  const event = page.url();
  await expect(page.getByRole('region', { name: 'Good to know' })).toContainText('1 of 12 places left.');
  await page.getByRole('button', { name: 'I’m coming' }).click();
  await expect(page.getByRole('status')).toContainText('You have a place.');
  await expect(answer(page)).toContainText('You have a place.');
  // The room is hers, and shut until shortly before.
  await expect(page.getByRole('region', { name: 'The room opens at 12:15' })).toBeVisible();

  await signInAs('supervisor');
  await page.goto(event);
  await page.getByRole('button', { name: 'Wait for a place' }).click();
  await expect(page.getByRole('status')).toContainText('you wait');
  await expect(answer(page)).toContainText('You wait for a place, and are the next to have one.');
  await page.goto('/calendar/agenda/2026-11-03');
  await expect(inCalendar(page)).toContainText('You wait');
  // Who comes is for the host alone.
  expect((await page.goto(`${event}/record`))?.status()).toBe(404);

  await signInAs('practitioner');
  await page.goto(event);
  await page.getByRole('button', { name: 'Give my place back' }).click();
  await expect(answer(page)).toContainText('You have said that you are not coming.');
  await page.getByRole('button', { name: 'Take my answer back' }).click();
  await expect(answer(page)).toContainText('Every place is taken.');

  await signInAs('supervisor');
  await page.goto('/calendar/agenda/2026-11-03');
  await expect(inCalendar(page)).not.toContainText('You wait');
  await inCalendar(page).click();
  await expect(page).toHaveURL(event);
  await expect(answer(page)).toContainText('You have a place.');
  await page.goto('/demonstration/mail');
  await expect(page.getByRole('main')).toContainText('A place for you at an event on Tuesday 3 November');
});

function answer(page: Page) {
  return page.getByRole('region', { name: 'Your answer' });
}

function inCalendar(page: Page) {
  return page.getByRole('main').getByRole('link').filter({ hasText: 'Still face, fifty years on' });
}
