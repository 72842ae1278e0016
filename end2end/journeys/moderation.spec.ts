import { expect, test } from '../test';

// A moment of its own gives this test a server of its own.
test.use({ now: '2026-10-22T08:50:23Z' });

const drawing = { name: 'room.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64') };

test('a member is stopped and helped, another reports the post, and whoever the report names has no part in what is decided', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/community/spaces/endings');
  const after = page.getByRole('textbox', { name: 'Who looks after it?' });
  await after.fill(`${await after.inputValue()}\nsupervisor@demonstration.example`);
  await page.getByRole('button', { name: 'Save' }).click();

  await signInAs('practitioner');
  await page.goto('/community/new?space=endings');
  await page.getByRole('textbox', { name: 'Title' }).fill('A last visit by the river');
  const words = page.getByRole('textbox', { name: 'Your words' });
  await words.fill('The baby was born on 3 May 2026, and they live near M14 5RT.');
  await page.getByRole('button', { name: 'Post it' }).click();
  await expect(page.getByRole('alert')).toContainText('Please change 2 details.');
  await expect(words).toHaveValue('The baby was born on 3 May 2026, and they live near M14 5RT.');
  await expect(page.getByRole('checkbox', { name: /^I have looked again.* Ask a moderator/ })).not.toBeChecked();
  await words.fill('The baby is five months old, and they live in a town.');
  await page.getByRole('button', { name: 'Post it' }).click();
  await expect(page.getByRole('status').first()).toContainText('Posted.');
  const thread = page.url();

  await signInAs('authority lead');
  await page.goto(thread);
  await page.getByRole('link', { name: 'Report post 1' }).click();
  await page.getByRole('button', { name: 'Report it' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose what is wrong with it.');
  await page.getByRole('radio', { name: 'It could identify a family or a colleague' }).check();
  await page.getByLabel('Is it about somebody who looks after this space?').selectOption('Dr Ruth A.');
  await page.getByRole('button', { name: 'Report it' }).click();
  await expect(page.getByRole('status').first()).toContainText('you are told what becomes of it');

  await signInAs('coordinator');
  await page.goto('/moderation');
  await page.getByRole('listitem').filter({ hasText: 'could identify somebody' }).getByRole('link').click();
  await expect(page.getByRole('main')).toContainText('five months old');
  await expect(page.getByRole('main')).toContainText('It is about Dr Ruth A., who looks after the space and does not see this.');
  await expect(page.getByRole('main')).not.toContainText('Colin');
  const address = new URL(page.url()).pathname;

  await signInAs('supervisor');
  await page.goto('/moderation');
  await expect(page.getByRole('main')).not.toContainText('could identify somebody');
  expect((await page.goto(address))?.status()).toBe(404);

  await signInAs('coordinator');
  await page.goto(address);
  await page.getByRole('radio', { name: 'Hide it', exact: true }).check();
  await page.getByLabel('Why?').selectOption('It could identify a family or a colleague');
  await page.getByLabel('What do you tell the author? (optional)').fill('The river is known.');
  await page.getByRole('button', { name: 'Decide', exact: true }).click();
  await expect(page.getByRole('status').first()).toContainText('It is decided');

  await signInAs('practitioner');
  await page.goto('/community/reports');
  await page.getByRole('listitem').filter({ hasText: 'Hidden' }).getByRole('link').first().click();
  await expect(page.getByRole('main')).toContainText('The river is known.');
  await page.getByLabel('Why should it be decided differently?').fill('There is a river in every town.');
  await page.getByRole('button', { name: 'Ask for another decision' }).click();
  await expect(page.getByRole('status').first()).toContainText('Somebody else looks at it again');

  await signInAs('authority lead');
  await page.goto(thread);
  await expect(page.getByRole('article', { name: 'Post 1' })).toContainText('Hidden by a moderator.');
  await page.goto('/community/reports');
  await page.getByRole('link', { name: 'A post that you reported' }).first().click();
  await expect(page.getByRole('main')).toContainText('and hidden it.');
  await expect(page.getByRole('main')).not.toContainText('The river is known.');

  // Whoever decided does not decide again.
  await signInAs('coordinator');
  expect((await page.goto(address))?.status()).toBe(404);
});

test('whoever decides about a post sees the drawing that stands with it, hidden or not', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/community/new?space=ask-anything');
  await page.getByRole('textbox', { name: 'Title' }).fill('Where did the chair go?');
  await page.getByRole('textbox', { name: 'Your words' }).fill('I have drawn the room with a heron on the wall.');
  await page.getByRole('button', { name: 'Attach a file…' }).click();
  await page.getByLabel('The file').setInputFiles(drawing);
  await page.getByRole('textbox', { name: 'What is in it?' }).fill('The room, from above');
  await page.getByRole('checkbox', { name: /^Nobody of a family/ }).check();
  await page.getByRole('button', { name: 'Attach it' }).click();
  await page.getByRole('button', { name: 'Post it' }).click();
  await expect(page.getByRole('status').first()).toContainText('Posted.');
  const thread = page.url();

  await signInAs('authority lead');
  await page.goto(thread);
  await page.getByRole('link', { name: 'Report post 1' }).click();
  await page.getByRole('radio', { name: 'Its advice is not safe' }).check();
  await page.getByRole('button', { name: 'Report it' }).click();
  await expect(page.getByRole('status').first()).toContainText('you are told what becomes of it');

  await signInAs('coordinator');
  await page.goto('/moderation');
  // The oldest stand first, and this is the latest.
  await page.getByRole('listitem').filter({ hasText: 'advice not safe' }).getByRole('link').last().click();
  await expect(page.getByRole('main')).toContainText('a heron on the wall');
  const picture = page.getByRole('img', { name: 'The room, from above' });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  const file = (await picture.getAttribute('src'))!;
  await page.getByRole('radio', { name: 'Hide it', exact: true }).check();
  await page.getByLabel('Why?').selectOption('Its advice is not safe');
  await page.getByRole('button', { name: 'Decide', exact: true }).click();
  await expect(page.getByRole('status').first()).toContainText('It is decided');
  expect((await page.request.get(file)).status()).toBe(200);
  await signInAs('practitioner');
  expect((await page.request.get(file)).status()).toBe(404);
});

test('what waits keeps its drawing for its writer and those who decide, and is shown with it', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/community/new?space=ask-anything');
  await page.getByRole('textbox', { name: 'Title' }).fill('Has the kettle moved?');
  await page.getByRole('textbox', { name: 'Your words' }).fill('The baby was born on 3 May 2026, and they live near M14 5RT. I have drawn the kitchen.');
  await page.getByRole('button', { name: 'Attach a file…' }).click();
  await page.getByLabel('The file').setInputFiles(drawing);
  await page.getByRole('textbox', { name: 'What is in it?' }).fill('The kitchen, from above');
  await page.getByRole('checkbox', { name: /^Nobody of a family/ }).check();
  await page.getByRole('button', { name: 'Attach it' }).click();
  await page.getByRole('button', { name: 'Post it' }).click();
  await page.getByRole('checkbox', { name: /^I have looked again.* Ask a moderator/ }).check();
  await page.getByRole('button', { name: 'Post it' }).click();
  await expect(page.getByRole('status').first()).toContainText('A moderator looks at it before others see it');
  await page.getByRole('link', { name: 'A post of yours that others do not see yet' }).first().click();
  await expect(page.getByRole('main')).toContainText('I have drawn the kitchen.');
  const own = page.url();
  const file = await page.getByRole('link', { name: /^The kitchen, from above \(picture/ }).getAttribute('href');

  await signInAs('authority lead');
  expect((await page.request.get(file ?? '')).status()).toBe(404);

  await signInAs('coordinator');
  await page.goto('/moderation');
  const lines = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Ask anything' });
  await lines.filter({ hasText: 'its writer asks a moderator' }).last().getByRole('link').click();
  const seen = page.getByRole('img', { name: 'The kitchen, from above' });
  await expect.poll(() => seen.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  const address = page.url();
  await page.getByRole('radio', { name: 'Send it back to its author' }).check();
  await page.getByLabel('Why?').selectOption('It could identify a family or a colleague');
  await page.getByLabel(/^What do you tell the author\?/).fill('Leave the kettle out of the drawing.');
  await page.getByRole('button', { name: 'Decide', exact: true }).click();

  // Sent back, it has lost the drawing, and another is attached to it.
  await signInAs('practitioner');
  await page.goto(own);
  await expect(page.getByRole('link', { name: /^The kitchen, from above/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'Attach a file' }).click();
  await page.getByLabel('The file').setInputFiles(drawing);
  await page.getByRole('textbox', { name: 'What is in it?' }).fill('The kitchen without a kettle');
  await page.getByRole('checkbox', { name: /^Nobody of a family/ }).check();
  await page.getByRole('button', { name: 'Attach it' }).click();
  await expect(page.getByRole('status').first()).toContainText('once a moderator shows your post');
  await page.getByRole('textbox', { name: 'Your words' }).fill('The baby is five months old. I have drawn the kitchen.');
  await page.getByRole('button', { name: 'Ask again with this' }).click();

  await signInAs('coordinator');
  await page.goto(address);
  await page.getByRole('radio', { name: 'Show it', exact: true }).check();
  await page.getByRole('button', { name: 'Decide', exact: true }).click();

  await signInAs('authority lead');
  await page.goto('/community/ask-anything');
  await page.getByRole('link', { name: 'Has the kettle moved?' }).click();
  await expect(page.getByRole('article', { name: 'Post 1' }).getByRole('img', { name: 'The kitchen without a kettle' })).toBeVisible();
});
