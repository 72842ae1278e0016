import { expect, test } from '../test';

test('days away show what no longer fits, and a coordinator gives the session to somebody who is free with one press', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/availability');
  await expect(page.getByText('Everything that is planned fits.')).toBeVisible();

  // What cannot be is refused beside its field, and what was chosen stays.
  await page.getByText('Add days away…').click();
  await page.getByLabel('First day').fill('2026-12-03');
  await page.getByLabel('Last day').fill('2026-12-02');
  await page.getByRole('radio', { name: 'Training' }).check();
  await page.getByRole('button', { name: 'Add these days' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose a last day on or after the first.');
  await expect(page.getByRole('radio', { name: 'Training' })).toBeChecked();
  await page.getByLabel('Last day').fill('2026-12-03');
  await page.getByRole('button', { name: 'Add these days' }).click();
  await expect(page.getByRole('status')).toHaveText('The days away are saved. One session that is planned already does not fit. It is listed below.');

  const unfit = page.getByRole('region', { name: /does not fit|conflicts with what is planned/ });
  await expect(unfit.getByRole('link', { name: 'Aire group, Thursday 3 December' })).toBeVisible();
  await expect(unfit).toContainText('You are away for training on Thursday 3 December.');

  // Hours are a form for several days at once, and the next days show exactly them.
  await page.getByText('Add hours…').click();
  await page.getByRole('checkbox', { name: 'Saturday' }).check();
  await page.getByRole('checkbox', { name: 'VIG supervision' }).check();
  await page.getByLabel('From', { exact: true }).fill('09:00');
  await page.getByLabel('To', { exact: true }).fill('12:30');
  await page.getByRole('button', { name: 'Add these hours' }).click();
  await expect(page.getByRole('status')).toContainText('The hours are saved.');
  const days = page.getByRole('region', { name: 'Free in the next two weeks' });
  await expect(days.getByText('09:00 to 12:30')).toHaveCount(2);
  await page.getByRole('combobox', { name: 'For', exact: true }).selectOption('Group');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(days.getByText('09:00 to 12:30')).toHaveCount(0);

  // Whoever may mend it finds it on the first page too.
  await page.goto('/today');
  await expect(page.getByRole('region', { name: 'For you to do' })).toContainText('1 planned session falls on a day when you are away');

  await signInAs('coordinator');
  await page.goto('/today');
  await expect(page.getByRole('region', { name: 'For you to do' })).toContainText(/planned sessions? falls? on (a day|days) when .* (is|are) away/);
  await page.goto('/conflicts?kind=on_leave');
  await expect(page.getByText('Dr Ruth A. is away for training on Thursday 3 December.')).toBeVisible();
  await page.goto('/cover');
  await page.getByRole('link', { name: 'Dr Ruth A.' }).click();
  const session = page.getByRole('region', { name: 'Aire group, Thursday 3 December' });
  const first = session.getByRole('listitem').first();
  await expect(first).toContainText('Free then.');
  const name = await first.locator('.item__title').innerText();
  await first.getByRole('button', { name: /^Choose/ }).click();
  await expect(page.getByRole('status')).toHaveText('Cover is arranged. The members and both supervisors have been told.');
  const arranged = page.getByRole('region', { name: 'Cover is arranged' });
  await arranged.getByRole('button', { name: /^Give back\s+to Dr Ruth A\./ }).click();
  await expect(page.getByRole('alert')).toContainText('The group’s supervisor is away or has something else then.');
  await arranged.getByRole('link', { name: 'Aire group, Thursday 3 December' }).click();
  await expect(page.getByText(`What was agreed about confidentiality covers ${name} too.`)).toBeVisible();
  await page.goto('/demonstration/mail');
  await expect(page.getByText('Another supervisor leads your session on Thursday 3 December').first()).toBeVisible();
});

test('the address of another calendar is kept and shown to nobody again, and all of it is forgotten at once', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/availability');
  const calendar = page.getByRole('region', { name: 'Another calendar' });
  const address = calendar.getByRole('textbox', { name: 'Private address of the calendar' });
  await address.fill('https://192.168.0.1/busy.ics');
  await calendar.getByRole('button', { name: 'Read this calendar' }).click();
  await expect(page.getByRole('alert')).toContainText('Paste the whole private address of the calendar.');

  await address.fill('webcal://calendar.example/private-1234/busy.ics');
  await calendar.getByRole('button', { name: 'Read this calendar' }).click();
  await expect(page.getByRole('status')).toHaveText('The address is kept. Your busy times will be read within a minute or two.');
  await expect(calendar).toContainText('Your calendar at calendar.example.');
  expect(await page.content()).not.toContain('private-1234');
  await calendar.getByRole('button', { name: 'Read again' }).click();
  await expect(page.getByRole('status')).toHaveText('Your other calendar will be read within a minute or two.');

  await calendar.getByRole('button', { name: 'Forget it' }).click();
  await expect(page.getByRole('status')).toHaveText('The address is forgotten, and so are the busy times that came from it.');
  await expect(address).toHaveValue('');
});
