// What is found is listed while it is written; without scripts the server says the same when it is sent.

import { expect, test } from '../../test';

test.use({ now: '2026-10-22T08:50:14Z' });

test('what could identify a family is marked while it is written, and the mark goes when the words do', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/today');
  await page.getByRole('link', { name: 'Aire group' }).first().click();
  await page.getByRole('link', { name: 'I can’t come' }).click();
  const reason = page.getByRole('textbox', { name: 'Reason (optional)' });
  const mark = page.getByRole('listitem').filter({ hasText: 'This looks like a postcode: “M14 5RT”. Say what kind of place it is' });
  await expect(async () => {
    await reason.fill('');
    await reason.pressSequentially('They moved to M14 5RT');
    await expect(mark).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByText('This looks like a postcode: “M14 5RT”.', { exact: true })).toBeAttached();
  await expect(reason).toBeFocused();
  await reason.fill('They moved to a flat on the third floor');
  await expect(mark).toBeHidden();
});
