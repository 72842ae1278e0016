import { expect, test } from '../test';

test.use({ now: '2026-10-22T08:50:04Z' });

test('what could identify a family is asked about before it is kept, and the writer has the last word', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/today');
  await page.getByRole('link', { name: 'Aire group' }).first().click();
  await page.getByRole('link', { name: 'I can’t come' }).click();
  await expect(page.getByText('Leave out anything that could identify a family')).toBeVisible();
  const reason = page.getByRole('textbox', { name: 'Reason (optional)' });
  await reason.fill('Mum Sarah Jones rang, they are at 14 Elm Road.');
  await page.getByRole('button', { name: 'Send apologies' }).click();

  await expect(page.getByRole('alert')).toContainText('Please change 2 details. Together they could point to one family.');
  await expect(page.getByRole('alert')).not.toContainText('Sarah');
  await expect(reason).toHaveValue('Mum Sarah Jones rang, they are at 14 Elm Road.');
  await expect(page.getByRole('listitem').filter({ hasText: 'This looks like somebody’s full name: “Sarah Jones”.' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'This looks like the address of a home: “14 Elm Road”.' })).toBeVisible();

  await reason.fill('My own baby Rosa Lindt is ill.');
  await page.getByRole('checkbox', { name: 'I have looked again: none of this is about a family. Save it as it is.' }).check();
  await page.getByRole('button', { name: 'Send apologies' }).click();
  await expect(page.getByRole('status')).toHaveText('Your apologies are sent. Your place is kept.');
});
