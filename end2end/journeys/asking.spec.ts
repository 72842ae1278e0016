import type { Page } from '@playwright/test';
import { lettersTo } from '../messages';
import { expect, test } from '../test';

test('a practitioner declines a group without a reason, is offered another and takes it, and signs its agreement once it is made', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/matching/2/ask');
  const first = page.getByRole('region', { name: 'Group 1' });
  await expect(first).toContainText('Every second Thursday, 13:00 to 14:30');
  await expect(first).toContainText('Amina R.');
  await first.getByText('The letter to each of them').click();
  await expect(first).toContainText('You need not say why if you decline');
  await page.getByRole('button', { name: /^Ask the people of the chosen groups/ }).click();
  await expect(page.getByRole('status')).toHaveText('5 people are asked, by one letter each. Their answers appear here.');

  await signInAs('practitioner');
  await page.goto('/today');
  await page.getByRole('link', { name: 'Say whether you would take a place' }).click();
  await expect(page.getByRole('main')).toContainText('Dr Ruth A.');
  await expect(page.getByRole('main')).toContainText('3 others');
  // There is nowhere to say why.
  await expect(page.getByRole('main').getByRole('textbox')).toHaveCount(0);
  await page.getByRole('button', { name: 'Decline' }).click();
  await expect(page.getByRole('status')).toContainText('You do not need to say why.');
  await page.goto('/today');
  await expect(page.getByRole('link', { name: 'Say whether you would take a place' })).toHaveCount(0);

  await signInAs('coordinator');
  await page.goto('/matching/2/answers');
  const declined = groupAt(page, 'Every second Thursday, 13:00 to 14:30');
  await expect(declined.getByRole('listitem').filter({ hasText: 'Amina R.' })).toContainText('Declines');
  const other = groupAt(page, 'Every second Friday, 10:00 to 11:30');
  await expect(other).toContainText('One place is open');
  await expect(other.getByRole('listitem').filter({ hasText: 'Amina R.' })).toContainText('Not at a preferred time. Adds');
  await other.getByRole('button', { name: 'Ask Amina R.' }).click();
  await expect(page.getByRole('status')).toHaveText('They are asked, by a letter.');
  await expect(other).not.toContainText('One place is open');

  await signInAs('practitioner');
  await page.goto('/today');
  await page.getByRole('link', { name: 'Say whether you would take a place' }).click();
  await page.getByRole('button', { name: 'Accept the place' }).click();
  await expect(page.getByRole('status')).toHaveText('Thank you. You are told as soon as the group begins.');
  const asked = page.url();

  await signInAs('coordinator');
  await page.goto('/matching/2/answers');
  await other.getByRole('link', { name: /^Make the group/ }).click();
  await expect(page.getByRole('region', { name: 'Who is in it' })).toContainText('Amina R.');
  await page.getByRole('button', { name: 'Make the group and tell everybody' }).click();
  // What nobody has said yet is asked for, and nothing was made.
  await expect(page.getByRole('alert')).toContainText('Enter a name, such as Aire group.');
  await page.getByRole('textbox', { name: 'Name' }).fill('Ebble starters');
  await page.getByRole('textbox', { name: 'Address of the room' }).fill('https://rooms.example/ebble-starters');
  await page.getByRole('button', { name: 'Make the group and tell everybody' }).click();
  await expect(page).toHaveURL('/groups/ebble-starters');
  await expect(page.getByRole('status')).toContainText('The group is made, and everybody in it has been told.');
  await page.goto('/demonstration/mail');
  await expect(lettersTo(page, 'practitioner@demonstration.example', /^Your supervision group begins on /)).toHaveCount(1);

  await signInAs('practitioner');
  await page.goto(asked);
  await page.getByRole('link', { name: 'Read its agreement, and say that you agree' }).click();
  await page.getByRole('checkbox', { name: 'I have read this agreement, and I agree to it' }).check();
  await page.getByRole('button', { name: 'I agree' }).click();
  await expect(page.getByRole('status')).toHaveText('Thank you. Your agreement is recorded.');
});

/** The card of a group that people are asked about, by when it meets. */
function groupAt(page: Page, when: string) {
  return page.getByRole('main').getByRole('region').filter({ hasText: when });
}
