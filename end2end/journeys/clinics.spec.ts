import type { Page } from '@playwright/test';
import { expect, test } from '../test';

test('a practitioner books a place at an open clinic, is at the session, and gives the place back', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/me/supervision');
  await page.getByRole('link', { name: 'Open clinics' }).click();
  await expect(page).toHaveURL('/clinics');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Open clinics');

  // The demonstration's first clinic: its next session is full, and Amina has a place at the one after it.
  const mine = places(page).getByRole('listitem');
  const before = await mine.count();
  const full = page.getByRole('listitem').filter({ hasText: 'Full' }).first();
  await expect(full).toContainText(/The next with a place is on \w+day \d+ \w+ at \d\d:\d\d\./);
  await expect(full.getByRole('button', { name: /^Book/ })).toHaveCount(0);

  await page.getByText('What you agree to by booking').first().click();
  await expect(page.getByText('This agreement is between').first()).toBeVisible();

  const wanted = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Book a place/ }) }).last();
  const name = (await wanted.getByRole('button').textContent()) ?? '';
  const [, clinic, day] = /^Book a place at (.*), (.*)$/.exec(name) ?? [];
  await wanted.getByRole('button').click();
  await expect(page.getByRole('status')).toContainText('You have a place.');
  await expect(mine).toHaveCount(before + 1);

  const booked = `${clinic}, ${day}`;
  await places(page).getByRole('link', { name: booked }).click();
  await expect(page.getByRole('region', { name: 'Who is coming' })).toContainText('Amina R.');
  await expect(page.getByRole('main')).toContainText('those who have booked a place');
  const session = page.url();
  await page.getByRole('link', { name: 'Give my place back' }).click();

  await places(page).getByRole('button', { name: `Give back your place at ${booked}` }).click();
  await expect(page.getByRole('status')).toHaveText('Your place is given back, so that somebody else can have it.');
  await expect(mine).toHaveCount(before);
  await page.goto(session);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
});

test('where every place is taken a practitioner waits for one, sees where they stand, and stops waiting', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/clinics');
  const full = page.getByRole('listitem').filter({ hasText: 'Full' }).first();
  await full.getByRole('button', { name: /^Wait for a place at .* \w+day \d+ \w+ \d{4}$/ }).click();
  await expect(page.getByRole('status')).toHaveText('You are waiting for a place, and will be told as soon as there is one for you.');
  await expect(full).toContainText('You are waiting for a place. You are among the first 5 on this list.');
  await full.getByRole('button', { name: /^Stop waiting/ }).click();
  await expect(page.getByRole('status')).toHaveText('You are no longer waiting for a place at that session.');
  await expect(full).not.toContainText('You are waiting for a place.');
});

function places(page: Page) {
  return page.getByRole('region', { name: 'Your places' });
}
