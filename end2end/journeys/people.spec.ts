import { expect, test } from '../test';

test('a coordinator finds people by name, role and standing, at an address that can be kept', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/people');
  const filter = page.getByRole('search', { name: 'Filter people' });
  await filter.getByRole('searchbox', { name: 'Name or email address' }).fill('pickersgill');
  await filter.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/\/people\?.*q=pickersgill/);
  await expect(page.getByText('1 person found')).toBeVisible();
  await page.getByRole('link', { name: /Pickersgill/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Joanne Pickersgill');
  await expect(page.getByRole('region', { name: 'Groups' })).toContainText('Aire group');

  await page.goto('/people');
  await filter.getByRole('combobox', { name: 'Role' }).selectOption('Practitioner');
  await filter.getByRole('combobox', { name: 'Standing' }).selectOption('Suspended');
  await filter.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Suspended' }).first()).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Registered' })).toHaveCount(0);
  await filter.getByRole('link', { name: 'Clear' }).click();
  await expect(page).toHaveURL('/people');
});

test('two windows change one person: the second is told, and keeps what was typed', async ({ page, signInAs, anotherWindow }) => {
  await signInAs('coordinator');
  await page.goto('/people?q=dunmore');
  await page.getByRole('link', { name: /Dunmore/ }).click();
  await page.getByRole('link', { name: 'Change details' }).click();
  const second = await anotherWindow();
  await second.goto(page.url());

  await page.getByRole('textbox', { name: 'Profession (optional)' }).fill('Midwife');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toHaveText('The changes are saved.');
  await second.getByRole('textbox', { name: 'Title (optional)' }).fill('Dr');
  await second.getByRole('button', { name: 'Save' }).click();
  await expect(second.getByRole('alert')).toContainText('There is a problem');
  await expect(second.getByRole('textbox', { name: 'Title (optional)' })).toHaveValue('Dr');
});

test('a coordinator sets the stage, the owner and the next step of an authority', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/authorities');
  await expect(page.getByText('75 of 75 authorities')).toBeVisible();
  await page.getByRole('link', { name: 'Bradford' }).click();
  await page.getByRole('combobox', { name: 'Owner' }).selectOption('Sian L.');
  await page.getByRole('textbox', { name: 'Next step', exact: true }).fill('Visit the family hub');
  await page.getByLabel('Date of the next step').fill('2026-11-12');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toHaveText('Saved.');
  await page.goto('/authorities');
  await expect(page.getByRole('row').filter({ hasText: 'Bradford' })).toContainText('Visit the family hub');

  await signInAs('clinical lead');
  await page.goto('/authorities/bradford');
  await expect(page.getByRole('main')).toContainText('Visit the family hub');
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
});
