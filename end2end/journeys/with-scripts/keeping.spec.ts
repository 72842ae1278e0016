import { expect, test } from '../../test';

// A moment of its own gives this test a server of its own.
test.use({ now: '2026-10-22T08:50:10Z' });

test('what is written in the log keeps itself, is found again, and an older window writes over nothing', async ({ page, signInAs, anotherWindow, faults }) => {
  await signInAs('practitioner');
  await page.goto('/me/reflections/new');
  const felt = page.getByLabel('What did I feel?');
  await felt.fill('A long breath');
  await expect(page.getByText('Your draft is kept.')).toBeVisible();
  const older = await anotherWindow();
  await older.goto('/me/reflections/new');
  await expect(older.getByLabel('What did I feel?')).toHaveValue('A long breath');

  await page.bringToFront();
  await felt.press('End');
  await felt.pressSequentially(' before the door.');
  await page.waitForResponse((response) => response.url().endsWith('/api/keep_reflection_draft'));

  await older.bringToFront();
  await older.getByLabel('What did I feel?').fill('Something else');
  await expect(older.getByText('You have written here in another window since.')).toBeVisible();
  expect(faults.splice(0), 'The older window was refused, and nothing else went wrong.').toEqual([expect.stringMatching(/keep_reflection_draft and got 409$/)]);
  await older.close();

  await page.bringToFront();
  await page.goto('/me/reflections');
  await page.getByRole('link', { name: 'Go on writing' }).click();
  await expect(felt).toHaveValue('A long breath before the door.');
  await expect(page.getByText(/^This is a draft of Thursday 22 October, 09:50\./)).toBeVisible();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByRole('status').first()).toContainText('It is kept.');
  await page.goto('/me/reflections/new');
  await expect(felt).toHaveValue('');
});

test('whoever leaves with words that are not kept yet is asked once', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/community/new?space=endings');
  await page.getByRole('button', { name: 'Bold' }).waitFor();
  await page.getByRole('textbox', { name: 'Your words' }).pressSequentially('Half a sentence');
  const asked = page.waitForEvent('dialog');
  const leaving = page.goto('/today').catch(() => undefined);
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await leaving;
});
