import type { Page } from '@playwright/test';
import { expect, test } from '../test';

test('somebody asks for supervision, sees where they stand, is offered a place and takes it', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/me/supervision');
  await page.getByRole('link', { name: 'Ask for supervision' }).first().click();
  await page.getByRole('radio', { name: 'One-to-one supervision' }).check();
  await page.getByRole('radio', { name: 'Now: there is no supervision' }).check();
  await page.getByRole('button', { name: 'Put me on the list' }).click();
  // One mistake costs nothing of the rest.
  await expect(page.getByRole('alert')).toContainText('Choose at least one part of a day that suits you.');
  await expect(page.getByRole('radio', { name: 'Now: there is no supervision' })).toBeChecked();
  await page.getByRole('group', { name: 'Thursday' }).getByRole('checkbox', { name: 'Morning' }).check();
  await page.getByRole('button', { name: 'Put me on the list' }).click();
  await expect(page.getByRole('status')).toHaveText('You are on the list. You will be told as soon as a place is free that fits.');
  await expect(entry(page)).toContainText('You are among the first 5 on this list. You have waited since Thursday 22 October 2026.');

  await entry(page).getByRole('button', { name: 'Leave this list' }).click();
  await expect(entry(page)).toHaveCount(0);
  await expect(page.getByRole('radio', { name: 'Now: there is no supervision' })).toBeChecked();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status')).toHaveText('You are on the list again, where you were.');
  await entry(page).getByRole('link', { name: 'Change it' }).click();
  await page.getByRole('group', { name: 'Monday' }).getByRole('checkbox', { name: 'Evening' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(entry(page)).toContainText('Monday evenings, Thursday mornings');

  await signInAs('coordinator');
  await page.goto('/waiting?kind=one_to_one');
  await expect(page.getByRole('row').filter({ hasText: 'Amina R.' })).toContainText('Monday evenings, Thursday mornings');
  await page.goto('/groups/new');
  await page.getByRole('textbox', { name: 'Name' }).fill('Ebble pair');
  await page.getByRole('radio', { name: 'One-to-one' }).check();
  const ruth = page.getByRole('combobox', { name: 'Supervisor' }).getByRole('option', { name: /^Dr Ruth A\. \(.* of the contract left this week\.|^Dr Ruth A\. \(No contracted/ });
  await page.getByRole('combobox', { name: 'Supervisor' }).selectOption(await ruth.getAttribute('value'));
  await page.getByRole('spinbutton', { name: 'Places' }).fill('1');
  await page.getByRole('textbox', { name: 'Address of the room (for online)' }).fill('https://rooms.example/ebble');
  await page.getByRole('button', { name: 'Make the group' }).click();
  await page.getByRole('button', { name: 'Offer the place to Amina R.' }).click();
  await expect(page.getByRole('status')).toHaveText('The place is held for five working days, and they have been told.');
  await expect(page.getByRole('region', { name: 'Places that are held' })).toContainText('Until Thursday 29 October, 17:00, UK time.');
  // What is held is offered to nobody else.
  await expect(page.getByRole('button', { name: /^Offer the place/ })).toHaveCount(0);

  await signInAs('practitioner');
  await page.goto('/today');
  await page.getByRole('link', { name: 'Take the place that is held for you, or leave it' }).click();
  await expect(page.getByRole('region', { name: 'A place in Ebble pair is held for you' })).toContainText('Dr Ruth A. leads it, online.');
  await page.getByRole('button', { name: 'Take the place in Ebble pair' }).click();
  await expect(page).toHaveURL('/groups/ebble-pair');
  await expect(page.getByRole('status')).toContainText('The place is yours.');
  await page.goto('/me/waiting');
  await expect(entry(page)).toHaveCount(0);
});

function entry(page: Page) {
  return page.getByRole('region', { name: 'You are waiting for one-to-one supervision' });
}

test('a coordinator looks where somebody who waits could go, offers a place there, and is told that it is held', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/waiting?kind=group&offer=no');
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: /^Where could they go\?/ }) }).first();
  const name = await row.getByRole('rowheader').getByRole('link').innerText();
  await row.getByRole('link', { name: /^Where could they go\?/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Where could ${name} go?`);
  await expect(page.getByRole('region', { name: 'A new group' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'The list' })).toContainText('They keep their place on the list');
  const address = page.url();
  const groups = page.getByRole('region', { name: 'Groups with a free place' });
  for (const more of await groups.locator('summary').all()) {
    await more.click();
  }
  await groups.getByRole('button', { name: /^Offer the place in / }).first().click();
  await expect(page.getByRole('status')).toHaveText('The place is held for five working days, and they have been told.');
  await page.goto(address);
  await expect(page.getByText('A place is held for them')).toBeVisible();
  await expect(groups.getByRole('button')).toHaveCount(0);
});
