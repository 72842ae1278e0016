import { enterAs, expect, forgetSignIn, test } from '../test';

test('light or dark is chosen by a form and kept on this device', async ({ page, signInAs }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await signInAs('practitioner');
  await page.goto('/me');
  await page.getByRole('link', { name: 'Appearance' }).click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toHaveText('This device keeps your choice.');
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  await page.goto('/today');
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');

  await page.goto('/me/appearance');
  await page.getByRole('radio', { name: 'As my device does' }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');
});

test('the calendar opens as a list for whoever chose so', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/me/appearance');
  await page.getByRole('radio', { name: 'As a list' }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.goto('/calendar');
  await expect(page).toHaveURL('/calendar/agenda/2026-10-22');
});

test('signing out everywhere ends every sign-in at once', async ({ page }) => {
  await enterAs(page, 'evaluator');
  const phone = await page.context().cookies();
  await forgetSignIn(page);
  await enterAs(page, 'evaluator');

  await page.goto('/me/devices');
  const devices = page.getByRole('region', { name: 'Devices on which you are signed in' });
  await expect(devices.getByRole('listitem')).toHaveCount(2);
  await expect(devices.getByText('This device')).toHaveCount(1);
  await page.getByRole('button', { name: 'Sign out everywhere, here too' }).click();
  await expect(page.getByRole('status')).toHaveText('You are signed out on every device.');

  await forgetSignIn(page);
  await page.context().addCookies(phone);
  await page.goto('/today');
  await expect(page).toHaveURL('/sign-in');
});

test('one other device can be signed out, and this one stays', async ({ page }) => {
  await enterAs(page, 'Department viewer');
  const phone = await page.context().cookies();
  await forgetSignIn(page);
  await enterAs(page, 'Department viewer');

  await page.goto('/me/devices');
  await page.getByRole('region', { name: 'Devices on which you are signed in' }).getByRole('button', { name: /^Sign out/ }).click();
  await expect(page.getByRole('status')).toHaveText('That device is signed out.');
  await expect(page.getByRole('listitem').filter({ hasText: 'This device' })).toHaveCount(1);

  await forgetSignIn(page);
  await page.context().addCookies(phone);
  await page.goto('/today');
  await expect(page).toHaveURL('/sign-in');
});
