// The letters are what a script adds; the sheet of radio buttons below them holds without it.

import { expect, test } from '../../test';

// Half an hour after the Aire group's session, and with a keyboard: where there is only a finger nothing is said of keys.
test.use({ now: '2026-10-22T11:00:00Z', hasTouch: false });

test('letters mark six people in a dozen keys, and each mark is said aloud', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/to-mark');
  await page.getByRole('link', { name: 'Aire group, Thursday 22 October' }).click();
  await expect(page.getByText('On a person’s line: P present')).toBeVisible();
  const first = page.getByRole('group').filter({ has: page.getByRole('radio') }).first();
  await first.getByRole('radio').first().focus();

  for (const key of ['p', 'n', 't', '6', '5', 'Tab', 'p', 'a', 'p']) {
    await page.keyboard.press(key);
  }
  const chosen = page.getByRole('radio', { checked: true });
  await expect(chosen).toHaveCount(6);
  await expect(page.getByRole('radio', { name: 'Present', checked: true })).toHaveCount(3);
  await expect(page.getByRole('radio', { name: 'Absent', checked: true })).toHaveCount(1);
  await expect(page.getByRole('textbox', { name: 'Minutes attended' })).toHaveValue('65');
  await expect(page.getByText('That was the last line.')).toBeAttached();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toHaveText('The attendance is finished. The session counts as held.');
});

test('Shift and P on the first line marks everybody who is not marked yet and has not sent apologies', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/to-mark');
  await page.getByRole('link', { name: 'Cober group, Thursday 15 October' }).click();
  await expect(page.getByText('On a person’s line: P present')).toBeVisible();
  await page.getByRole('radio').first().focus();
  await page.keyboard.press('n');
  await page.getByRole('radio').first().focus();
  await page.keyboard.press('Shift+P');
  const people = await page.getByRole('group').filter({ has: page.getByRole('radio') }).count();
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(people);
  // Whoever was marked absent stays so.
  await expect(page.getByRole('radio', { name: 'Absent', checked: true })).toHaveCount(1);
});
