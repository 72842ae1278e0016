import { expect, test } from '../test';

test('a group that runs out waits until somebody has decided what comes next', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/today');
  await page.getByRole('link', { name: /groups run out$/ }).click();
  const ending = page.getByRole('region', { name: 'Coming to their last session' });
  const group = ending.getByRole('link').first();
  const name = await group.innerText();
  await group.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What comes next?');
  await expect(page.getByText('Nobody has decided what comes next.')).toBeVisible();

  await page.getByRole('button', { name: 'Save decision' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose what comes next.');
  await page.getByRole('radio', { name: 'We review the agreement first' }).check();
  await page.getByLabel('By which day?').fill('2026-11-06');
  await page.getByRole('button', { name: 'Save decision' }).click();
  // Individual supervision is called after whom it is for in the list alone.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name.replace(/,.*/, ''));
  await expect(page.getByText('The agreement is reviewed first, by Friday 6 November 2026.')).toBeVisible();
  await page.goto('/renewals');
  await expect(page.getByRole('region', { name: 'Decided', exact: true })).toContainText(name);

  // Renewing opens the form with the answers of the last series, from where it leaves off.
  await page.getByRole('region', { name: 'Decided', exact: true }).getByRole('link', { name }).click();
  await page.getByRole('link', { name: 'Plan the next series' }).click();
  await expect(page).toHaveURL(/\/series\/new\?starts_on=2026/);
  await expect(page.getByRole('button', { name: 'Save as a draft' })).toBeVisible();
});

test('reminders are chosen by a form, and can be switched off', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/me');
  await page.getByRole('link', { name: 'Reminders' }).click();
  await expect(page.getByLabel('First reminder')).toHaveValue('168');
  await page.getByLabel('First reminder').selectOption('Not at all');
  await page.getByLabel('Second reminder').selectOption('Two hours before');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toHaveText('Your choice is kept.');
  await expect(page.getByLabel('First reminder')).toHaveValue('0');
  await expect(page.getByLabel('Second reminder')).toHaveValue('2');
});
