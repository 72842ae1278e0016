import { expect, test } from '../test';

// A moment of its own gives this test a server of its own.
test.use({ now: '2026-10-22T08:50:47Z' });

test('whoever has left a closed group takes back what they wrote there, and reads nothing else of it', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/community/new?space=group-aire');
  await page.getByRole('textbox', { name: 'Title' }).fill('A morning with herons');
  await page.getByRole('textbox', { name: 'Your words' }).fill('Nobody said a word, and it was enough.');
  await page.getByRole('button', { name: 'Post it' }).click();
  await expect(page.getByRole('status').first()).toContainText('Posted.');
  const thread = page.url();

  await page.goto('/me');
  await page.getByRole('link', { name: 'My posts' }).click();
  const own = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'A morning with herons' }) });
  await expect(own.getByRole('link', { name: 'In “A morning with herons”' })).toBeVisible();

  await signInAs('coordinator');
  await page.goto('/groups/aire/members');
  await page.getByRole('button', { name: 'Remove Amina R.' }).click();
  await expect(page.getByRole('button', { name: 'Remove Amina R.' })).toHaveCount(0);

  await signInAs('practitioner');
  expect((await page.goto(thread))?.status()).toBe(404);
  await page.goto('/me/posts');
  await expect(own).toContainText('Nobody said a word, and it was enough.');
  await expect(own).toContainText('In a space that you can no longer read.');
  await expect(own.getByRole('link')).toHaveCount(0);
  await expect(page.getByRole('main')).not.toContainText('Aire');
  const file = await page.getByRole('link', { name: 'Download as text' }).getAttribute('href');
  const text = await (await page.request.get(file ?? '')).text();
  expect(text).toContain('A morning with herons\n\nIn a space that I can no longer read.\n\nNobody said a word, and it was enough.\n');
  expect(text).not.toContain('Aire');
  await own.locator('summary').click();
  await own.getByRole('button', { name: /^Withdraw this post/ }).click();
  await expect(page.getByRole('status').first()).toContainText('Your post is withdrawn. What it said is gone.');
  await expect(own).toHaveCount(0);

  await signInAs('supervisor');
  await page.goto(thread);
  await expect(page.getByRole('article', { name: 'Post 1' })).toContainText('Withdrawn by its author.');
  await expect(page.getByRole('main')).not.toContainText('herons');
});
