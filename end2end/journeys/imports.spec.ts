import { expect, test } from '../test';

const rows = [
  'First name;Family name;Email;Role;Profession;Authority;Setting;Hours;Supervisor to stay with;Indemnity until',
  'Elspeth;Marwood;elspeth.marwood@council.example;;Midwife;Wakefield;Midwifery;Mon 9-12, Thu 1pm-4pm preferred;Supervisor@demonstration.example;',
  'Iqbal;Thorne;iqbal.thorne@council.example;Supervisor;Psychologist;;;;;31 March 2028',
  'Una;Fairley;una.fairley@council.example;;Nursery nurse;Wakefeild;On the moon;Tuesday;Ruth Adeyemi;31 March 2026',
];

test('a coordinator brings a spreadsheet, looks at it, takes what is right, mends the rest, invites one and takes the others back', async ({ page, signInAs }) => {
  const send = async (name: string, content: string) => {
    await page.getByLabel(/^Excel workbook/).setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
    await page.getByRole('button', { name: 'Read the file' }).click();
  };
  await signInAs('coordinator');
  await page.goto('/people');
  await page.getByRole('link', { name: 'Import a spreadsheet' }).click();
  await send('people.pdf', '%PDF-1.7');
  await expect(page.getByRole('alert')).toContainText('This is not a spreadsheet. Choose a CSV file or an Excel workbook (.xlsx).');
  await expect(page).toHaveTitle(/^Error: /);

  await send('people.csv', rows.join('\r\n'));
  await expect(page.getByRole('status')).toHaveText('The file has been read. Nothing of it is imported yet.');
  const added = page.getByRole('table', { name: 'Whoever would be added' });
  await expect(added.getByRole('rowheader', { name: /^Marwood, Elspeth/ })).toBeVisible();
  await expect(added.getByRole('rowheader', { name: /^Thorne, Iqbal/ })).toBeVisible();
  await expect(added).toContainText('Would stay with Ruth Adeyemi (supervisor@demonstration.example).');
  await expect(added).toContainText('Professional indemnity: good until Friday 31 March 2028.');
  const mend = page.getByRole('table', { name: 'Rows to correct' });
  await expect(mend.getByRole('row', { name: /Row 4/ }).first()).toContainText('Column Authority');
  await expect(mend).toContainText('Did you mean “Wakefield”?');
  await expect(mend).toContainText('Column Setting');
  await expect(mend).toContainText('has a day without times');
  await expect(mend).toContainText('a name is not enough, since two people may have one');
  await expect(mend).toContainText('This is for supervisors.');

  await page.getByRole('button', { name: 'Add 2 people' }).click();
  await expect(page.getByRole('status')).toHaveText('Imported. Nobody has been written to.');
  const rest = await page.request.get((await page.getByRole('link', { name: 'Download these rows (CSV)' }).getAttribute('href')) ?? '');
  const mended = (await rest.text()).replace('Wakefeild', 'Wakefield').replace('On the moon', '').replace('Tuesday', 'Tuesday 9-12').replace('Ruth Adeyemi', '').replace('31 March 2026', '');
  expect(mended).toContain('What to correct');
  await page.getByRole('link', { name: 'Import people from a spreadsheet' }).first().click();
  await send('mended.csv', mended);
  await page.getByRole('button', { name: 'Add 1 person' }).click();
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.getByRole('status')).toHaveText('The invitation is on its way.');

  // Who is invited stays; who was only added goes.
  await page.getByRole('button', { name: 'Undo the import' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Undone, but for some');
  await expect(page.getByRole('region', { name: 'People' })).toContainText('Fairley, Una');
  await page.getByRole('link', { name: 'Import people from a spreadsheet' }).first().click();
  await page.getByRole('region', { name: 'Your imports' }).getByRole('link').nth(1).click();
  await page.getByRole('button', { name: 'Undo the import' }).click();
  await expect(page.getByRole('status')).toContainText('The import is undone');
});
