import { expect, test } from '../test';

test('somebody posts without their name, which two people see together, and nobody else, and they are told', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/community/new?space=ask-anything');
  await page.getByRole('textbox', { name: 'Title' }).fill('What I keep to myself');
  await page.getByRole('textbox', { name: 'Your words' }).fill('I did not want to go back in.');
  const tick = page.getByRole('checkbox', { name: 'Post without my name' });
  await expect(page.getByRole('group', { name: 'Your name' })).toContainText('The clinical lead and the safeguarding lead can find out that you wrote it, only together and with a reason that is written down; you are told');
  await tick.check();
  // Looked at once more, it is still without a name.
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('region', { name: 'This is what it will look like' })).toContainText('I did not want to go back in.');
  await expect(tick).toBeChecked();
  await page.getByRole('button', { name: 'Post it' }).click();
  const post = page.getByRole('article', { name: 'Post 1' });
  await expect(post).toContainText('You wrote this. Only you see that.');
  const thread = page.url();

  await signInAs('supervisor');
  await page.goto(thread);
  await expect(post).toContainText('A member, without name');
  await expect(page.getByRole('main')).not.toContainText('Amina');

  await signInAs('clinical lead');
  await page.goto(thread);
  await page.getByRole('link', { name: 'Ask who wrote this (post 1)' }).click();
  await page.getByRole('radio', { name: 'Somebody may seriously harm themselves or others' }).check();
  await page.getByRole('radio', { name: '4 hours', exact: true }).check();
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Say in at least 20 characters why it has to be opened.');
  await page.getByRole('textbox', { name: 'Why?' }).fill('They may not be safe, and nobody has reached them.');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('Nothing is open yet.');
  const opening = page.url();
  expect((await page.goto(`${new URL(opening).pathname}/read`))?.status()).toBe(404);

  await signInAs('safeguarding lead');
  await page.goto(opening);
  await page.getByRole('radio', { name: /^I agree/ }).check();
  await page.getByRole('textbox', { name: 'Why?' }).fill('I read it in the same way.');
  await page.getByRole('button', { name: 'Answer' }).click();
  await expect(page.getByRole('status')).toContainText('Whoever it concerns is told.');

  await signInAs('clinical lead');
  await page.goto(opening);
  await page.getByRole('link', { name: 'Read it' }).click();
  await expect(page.getByRole('article')).toContainText('Written by Amina Rahman, health visitor, Bradford');

  await signInAs('practitioner');
  await page.goto(thread);
  await expect(post).toContainText('It was seen that you wrote this');
  await expect(post).toContainText('because somebody may seriously harm themselves or others');
  await signInAs('coordinator');
  expect((await page.goto(opening))?.status()).toBe(404);
});

test('whoever asked takes the request back, and whoever could have agreed sees that', async ({ page, signInAs }) => {
  await signInAs('clinical lead');
  await page.goto('/openings/new');
  await page.getByRole('radio', { name: 'The closed space of a group' }).check();
  await page.getByRole('textbox', { name: 'Which one?' }).fill('aire');
  await page.getByRole('radio', { name: 'An adult may be at risk' }).check();
  await page.getByRole('textbox', { name: 'Why?' }).fill('We could not reach them by any other way today.');
  await page.getByRole('radio', { name: '1 hour', exact: true }).check();
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('Nothing is open yet.');
  const opening = page.url();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByRole('status')).toContainText('It is taken back.');
  await expect(page.getByRole('button', { name: 'Take it back' })).toHaveCount(0);

  await signInAs('safeguarding lead');
  await page.goto('/openings');
  await expect(page.getByRole('listitem').filter({ hasText: 'The space of Aire' }).filter({ hasText: 'Taken back' })).toHaveCount(1);
  await page.goto(opening);
  await expect(page.getByRole('main')).toContainText('Taken back');
  await expect(page.getByRole('button', { name: 'Answer' })).toHaveCount(0);
});
