import { expect, test } from '../test';

test('a coordinator closes a day, sees first which sessions fall into it, and opens it again', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/conflicts');
  await page.getByRole('link', { name: 'Closures' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Closures in 2026');
  const closures = page.getByRole('region', { name: 'Closures and bank holidays in 2026' });
  await expect(closures.getByRole('listitem').filter({ hasText: 'Christmas Day' })).toContainText('Bank holiday');

  await page.getByRole('link', { name: 'Close days' }).click();
  await page.getByLabel('First day').fill('2026-11-12');
  await page.getByLabel('Last day').fill('2026-11-11');
  await page.getByLabel('Name').fill('Staff learning day');
  await page.getByRole('button', { name: 'Close these days' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose a last day on or after the first.');
  await page.getByLabel('Last day').fill('2026-11-12');
  await page.getByRole('button', { name: 'Close these days' }).click();

  // Nothing is saved before the sessions were seen, and what was typed stays.
  await expect(page.getByRole('alert')).toContainText('fall into these days. Nothing is saved yet');
  await expect(page.getByLabel('Name')).toHaveValue('Staff learning day');
  const falling = page.getByRole('region', { name: /fall into these days/ });
  await expect(falling.getByRole('link', { name: /, Thursday 12 November$/ }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Close these days' }).click();
  await expect(page.getByRole('status')).toContainText('The days are closed.');
  await expect(closures.getByRole('listitem').filter({ hasText: 'Thursday 12 November 2026' })).toContainText('fall into it');

  await page.goto('/conflicts?kind=closed');
  await expect(page.getByText('The Centre is closed on Thursday 12 November (Staff learning day).').first()).toBeVisible();

  await page.goto('/closures');
  await closures.getByRole('listitem').filter({ hasText: 'Thursday 12 November 2026' }).getByRole('link').click();
  await page.getByLabel('Name').fill('Team day');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('The closure is changed.');
  await closures.getByRole('link', { name: 'Team day' }).click();
  await page.getByText('Remove this closure…').click();
  await page.getByRole('button', { name: 'Remove the closure' }).click();
  await expect(page.getByRole('status')).toContainText('The closure is removed.');
  await page.goto('/conflicts?kind=closed');
  await expect(page.getByText('No conflict of this kind')).toBeVisible();
});
