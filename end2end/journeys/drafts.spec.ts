import { expect, test } from '../test';

test('a coordinator publishes several drafts together, and each person gets one message', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/groups');
  await page.getByRole('link', { name: 'Drafts' }).click();
  const drafts = page.getByRole('checkbox');
  await drafts.nth(0).check();
  await drafts.nth(1).check();
  await page.getByRole('button', { name: 'Show who is told what' }).click();
  const told = page.getByRole('region', { name: 'Who is told what' });
  await expect(told).toContainText(/\d+ people get one message each\./);
  await expect(told.getByRole('listitem').first()).toContainText(/\d+ sessions of /);
  await told.getByRole('button', { name: 'Publish these 2 series' }).click();
  await expect(page.getByRole('status')).toHaveText('2 series are published. Everybody in them has been told, by one message each.');
  await page.goto('/demonstration/mail');
  await expect(page.getByText(/^Your sessions from /).first()).toBeVisible();
});
