import { expect, test } from '../test';

test('a question is asked, answered and read, and what is not ready is kept until it is', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/community');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Community');
  await page.getByRole('link', { name: 'Write a post' }).click();
  await page.getByRole('navigation', { name: 'Where to write' }).getByRole('link', { name: 'Endings' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('A last visit in the rain');
  await page.getByRole('button', { name: 'Post it' }).click();
  await expect(page.getByRole('alert')).toContainText('Write something first.');
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('A last visit in the rain');
  await page.getByRole('textbox', { name: 'Your words' }).fill('How do you *end* <b>well</b>? [x](javascript:alert(1))');
  await page.getByRole('button', { name: 'Preview' }).click();
  const preview = page.getByRole('region', { name: 'This is what it will look like' });
  await expect(preview.locator('em')).toHaveText('end');
  await expect(preview).toContainText('<b>well</b>? x');
  await expect(preview.getByRole('link')).toHaveCount(0);

  // Kept on the server, so that it is found again.
  await page.goto('/community/new?space=endings');
  await expect(page.getByRole('textbox', { name: 'Your words' })).toHaveValue(/How do you \*end\*/);
  await page.getByRole('textbox', { name: 'Your words' }).fill('How do you *end* well?');
  await page.getByRole('button', { name: 'Post it' }).click();
  await expect(page.getByRole('status').first()).toContainText('Posted.');
  await expect(page.getByRole('article').first().locator('em')).toHaveText('end');
  const thread = page.url();

  await signInAs('supervisor');
  await page.goto('/community');
  const card = page.getByRole('article').filter({ hasText: 'A last visit in the rain' });
  await expect(card).toContainText('Amina R., health visitor, Bradford');
  await expect(card).toContainText('New, no reply yet');
  await card.getByRole('link', { name: 'A last visit in the rain' }).click();
  await page.getByRole('textbox', { name: 'Your words' }).fill('Slowly, and with an umbrella.');
  await page.getByRole('button', { name: 'Post the reply' }).click();
  await expect(page.getByRole('article', { name: 'Post 2' })).toContainText('Slowly, and with an umbrella.');

  await signInAs('practitioner');
  await page.goto('/community');
  await expect(page.getByRole('article').filter({ hasText: 'A last visit in the rain' })).toContainText('1 reply, 1 new');
  await page.goto(thread);
  const own = page.getByRole('article', { name: 'Post 1' });
  await own.getByRole('link', { name: 'Change' }).click();
  await page.getByRole('textbox', { name: 'Your words' }).fill('How do you end it well?');
  await page.getByRole('button', { name: 'Change the post' }).click();
  await expect(own).toContainText('How do you end it well?');
  await expect(own).toContainText('changed today');
  await own.getByText('Withdraw…').click();
  await own.getByRole('button', { name: 'Withdraw this post' }).click();
  await expect(own).toContainText('Withdrawn by its author.');
});

test('the space of a group is closed to everybody else', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/groups/aire/space');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Aire group');
  const address = page.url();
  await expect(page.getByRole('main')).toContainText('Nobody else at the Centre, coordinators and administrators included.');
  // Whoever writes to a space that is not theirs any more is handed back what they wrote.
  const left = '/community/group-that-was-left/1';
  const entered = { _action: '/api/reply_to_thread', 'form[space]': 'group-that-was-left', 'form[number]': '1', 'form[text]': 'Six </textarea> visits' };
  const answer = await page.request.post(left, { form: entered });
  expect(answer.status()).toBe(404);
  expect(await answer.text()).toContain('Six &lt;/textarea&gt; visits');

  for (const role of ['coordinator', 'clinical lead', 'administrator'] as const) {
    await signInAs(role);
    for (const closed of [address, `${address}/1`, '/groups/aire/space']) {
      expect((await page.goto(closed))?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
    }
  }
});

test('a drawing and a poll stand with what somebody asks, once nobody of a family is in it', async ({ page, signInAs }) => {
  const drawing = { name: 'photograph.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64') };
  await signInAs('practitioner');
  await page.goto('/community/new?space=ask-anything');
  await page.getByRole('textbox', { name: 'Title' }).fill('Where does the chair go?');
  await page.getByRole('textbox', { name: 'Your words' }).fill('I have drawn the room as it was.');
  await page.getByRole('button', { name: 'Attach a file…' }).click();
  await page.getByLabel('The file').setInputFiles({ ...drawing, buffer: Buffer.from('PK a zip that says it is a picture') });
  await page.getByRole('textbox', { name: 'What is in it?' }).fill('The room, from above');
  await page.getByRole('button', { name: 'Attach it' }).click();
  await expect(page.getByRole('alert')).toContainText('Tick this only if nobody of a family can be recognised in it');
  await page.getByRole('checkbox', { name: /^Nobody of a family/ }).check();
  await page.getByLabel('The file').setInputFiles({ ...drawing, buffer: Buffer.from('PK a zip that says it is a picture') });
  await page.getByRole('button', { name: 'Attach it' }).click();
  await expect(page.getByRole('alert')).toContainText('This is no PDF, PNG or JPEG, whatever it is called.');
  await page.getByLabel('The file').setInputFiles(drawing);
  await page.getByRole('button', { name: 'Attach it' }).click();
  await expect(page.getByRole('status').first()).toContainText('Attached.');
  await expect(page.getByRole('textbox', { name: 'Your words' })).toHaveValue('I have drawn the room as it was.');
  await page.getByRole('button', { name: 'Post it' }).click();
  const picture = page.getByRole('article', { name: 'Post 1' }).getByRole('img', { name: 'The room, from above' });
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);

  await page.getByRole('link', { name: 'Add a poll…' }).click();
  await page.getByRole('textbox', { name: 'The answers' }).fill('By the window\nBy the door');
  await page.getByRole('button', { name: 'Add the poll' }).click();
  const thread = page.url();
  const poll = page.getByRole('region', { name: 'Poll' });
  await expect(poll).toContainText('Nobody has answered yet.');
  await signInAs('supervisor');
  await page.goto(thread);
  await poll.getByRole('radio', { name: 'By the door' }).check();
  await poll.getByRole('button', { name: 'Answer' }).click();
  await expect(poll).toContainText('1 person has answered.');
  await expect(poll.getByRole('listitem').filter({ hasText: 'By the door (your answer)' })).toContainText('1');
});
