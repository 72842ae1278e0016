import { expect, test } from '../test';

test('a coordinator makes a group, gives somebody a place, and the group’s page says who can see it', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/groups');
  await page.getByRole('link', { name: 'New group' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Quaggy group');
  const ruth = page.getByRole('combobox', { name: 'Supervisor' }).getByRole('option', { name: /^Dr Ruth A\. \(.* of the contract left this week\.|^Dr Ruth A\. \(No contracted/ });
  await page.getByRole('combobox', { name: 'Supervisor' }).selectOption(await ruth.getAttribute('value'));
  await page.getByRole('textbox', { name: 'Address of the room (for online)' }).fill('rooms.example/quaggy');
  await page.getByRole('button', { name: 'Make the group' }).click();
  // One mistake costs nothing of the rest.
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByRole('alert').getByRole('link', { name: /https:/ })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Quaggy group');
  await page.getByRole('textbox', { name: 'Address of the room (for online)' }).fill('https://rooms.example/quaggy');
  await page.getByRole('button', { name: 'Make the group' }).click();

  await expect(page).toHaveURL('/groups/quaggy/members');
  await expect(page.getByRole('status')).toHaveText('The group is made. Next, add its members.');
  await expect(page.getByText('Who can see this:')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Name' }).fill('Rahman');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('button', { name: /Amina R\./ }).click();
  await expect(page.getByRole('region', { name: 'In the group' })).toContainText('Amina R.');

  await signInAs('practitioner');
  await page.goto('/groups');
  await page.getByRole('link', { name: 'Quaggy group' }).click();
  await expect(page.getByRole('region', { name: 'Who is in it' })).toContainText('Dr Ruth A.');
});

test('two windows change one group: the second is told, and keeps what was typed', async ({ page, signInAs, anotherWindow }) => {
  await signInAs('coordinator');
  await page.goto('/groups/cober/change');
  const second = await anotherWindow();
  await second.goto('/groups/cober/change');

  await page.getByRole('spinbutton', { name: 'Places' }).fill('5');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toBeVisible();

  await second.getByRole('textbox', { name: 'Telephone number of the room (optional)' }).fill('01632 960 999');
  await second.getByRole('button', { name: 'Save' }).click();
  await expect(second.getByRole('alert')).toContainText('There is a problem');
  await expect(second.getByRole('textbox', { name: 'Telephone number of the room (optional)' })).toHaveValue('01632 960 999');
});
