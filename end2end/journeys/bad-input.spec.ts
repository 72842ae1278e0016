// What somebody can send without meaning harm. Each is answered with what to do, and nothing is lost or stored by halves.

import { enterAs, expect, test } from '../test';

test('a form of five megabytes is refused with a page that says so, and the way back leads to the form', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/calendar/week/2026-11-09');
  await page.getByRole('link', { name: /Aire group.* Thursday 12 November/ }).click();
  const session = page.url();
  await page.getByRole('link', { name: 'I can’t come' }).click();
  // Laying out as many words would take a browser longer than a test may, so they are sent beside the reason.
  await page.getByRole('textbox', { name: 'Reason (optional)' }).evaluate((reason: HTMLTextAreaElement) => {
    const more = document.createElement('input');
    more.type = 'hidden';
    more.name = reason.name;
    more.value = 'x'.repeat(5_000_000);
    reason.form?.append(more);
  });
  await page.getByRole('button', { name: 'Send apologies' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page cannot be shown');
  await expect(page.getByText('That is more than a form can hold (1 MB).')).toBeVisible();

  await page.goBack();
  await expect(page.getByRole('button', { name: 'Send apologies' })).toBeVisible();
  await page.goto(session);
  await expect(page.getByRole('listitem').filter({ hasText: 'Amina R.' }).first()).toContainText('Coming');
});

test('whoever is signed out while they write is told so, keeps every word, and sends it again once they are back', async ({ page, anotherWindow }) => {
  await enterAs(page, 'practitioner');
  await page.goto('/calendar/week/2026-11-23');
  await page.getByRole('link', { name: /Aire group.* Thursday 26 November/ }).click();
  await page.getByRole('link', { name: 'I can’t come' }).click();
  await page.getByRole('textbox', { name: 'Reason (optional)' }).fill('My daughter’s school is closed');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Send apologies' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Please sign in again');

  await enterAs(await anotherWindow(), 'practitioner');
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByRole('status')).toHaveText('Your apologies are sent. Your place is kept.');
  await page.getByRole('link', { name: 'Change or withdraw them' }).click();
  await expect(page.getByRole('textbox', { name: 'Reason (optional)' })).toHaveValue('My daughter’s school is closed');
});
