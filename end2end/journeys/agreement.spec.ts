import { expect, test } from '../test';

test('a practitioner reads what changed in the agreement, and agrees to it', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/today');
  await page.getByRole('link', { name: 'Agree the new supervision agreement' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Agreement of Aire group');
  await expect(page.getByText('Who can see this:')).toBeVisible();
  await page.getByRole('region', { name: 'What changed since the version before' }).getByRole('link', { name: 'What is written down' }).click();
  await expect(page.getByRole('insertion').filter({ hasText: 'At the end of each session' })).toBeVisible();

  const parties = page.getByRole('region', { name: 'Who has agreed' });
  await expect(parties).toContainText('4 of 7');
  await page.getByRole('button', { name: 'I agree' }).click();
  await expect(page.getByRole('alert')).toContainText('Tick the box');
  await page.getByRole('checkbox', { name: 'I have read this agreement, and I agree to it' }).check();
  await page.getByRole('button', { name: 'I agree' }).click();
  await expect(page.getByRole('status')).toHaveText('Thank you. Your agreement is recorded.');
  await expect(parties).toContainText('5 of 7');
  await expect(page.getByRole('button', { name: 'I agree' })).toHaveCount(0);

  await page.goto('/today');
  await expect(page.getByRole('link', { name: 'Agree the new supervision agreement' })).toHaveCount(0);
});

test('a change of the text asks everybody again, in messages that hold none of it', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/demonstration/mail');
  const letters = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Your supervision agreement has a new text: please read it' }) });
  const before = await letters.count();
  await page.goto('/groups/roch/agreement');
  await page.getByRole('link', { name: 'Propose a change' }).click();
  const records = page.getByRole('textbox', { name: /^\d+\. What is written down$/ });
  await records.fill(`${await records.inputValue()}\n\nWe read the actions aloud before we part.`);
  await page.getByRole('button', { name: 'Propose the text and ask everybody' }).click();
  await expect(page.getByRole('status')).toHaveText('The text is proposed, and everybody in the group is asked to agree.');
  await expect(page.getByRole('insertion').filter({ hasText: 'We read the actions aloud before we part.' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Who has agreed' }).getByText('Waiting').first()).toBeVisible();
  // What was in force stays in force until everybody has agreed.
  await expect(page.getByRole('region', { name: 'Versions' })).toContainText('In force since');

  await page.goto('/demonstration/mail');
  // The five members are asked; whoever proposed the text knows of it.
  await expect(letters).toHaveCount(before + 5);
  await expect(letters.filter({ hasText: 'To supervisor@demonstration.example' })).toHaveCount(0);
  await expect(page.getByRole('main')).not.toContainText('We read the actions aloud');
});
