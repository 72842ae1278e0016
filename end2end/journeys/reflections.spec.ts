import { expect, test } from '../test';

// A moment of its own gives this test a server of its own.
test.use({ now: '2026-10-22T08:50:07Z' });

test('a few lines are written after a session, shared with the supervisor, read, taken back and removed', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/me/supervision');
  await page.getByRole('link', { name: 'Reflective log' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reflective log');
  await expect(page.locator('.audience')).toContainText('only you');
  await page.getByRole('link', { name: 'Write a few lines' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByRole('alert')).toContainText('Two lines are enough');
  await page.getByLabel('What did I feel?').fill('Slower than the clock, and glad of it.');
  await page.getByRole('button', { name: 'Keep it' }).click();
  // What keeps itself while it is written says so in a place of its own.
  await expect(page.getByRole('status').first()).toContainText('It is kept.');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Slower than the clock, and glad of it.');
  await page.getByLabel('A title, if you want one').fill('The slow visit');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The slow visit');
  // Neither the address nor the tab says a word of it.
  const address = new URL(page.url()).pathname;
  expect(address).toMatch(/^\/me\/reflections\/[a-z0-9]{8}$/);
  expect(await page.title()).not.toContain('slow');

  const sharing = page.getByRole('region', { name: 'Share it with your supervisor' });
  const choose = sharing.getByLabel('With whom?');
  if (await choose.isVisible()) {
    await choose.selectOption({ label: 'Dr Ruth A.' });
  }
  await sharing.getByRole('button', { name: /^Share/ }).click();
  await expect(sharing).toContainText('They have not opened it yet.');

  const text = await (await page.request.get('/me/reflections.md')).text();
  expect(text).toContain(': The slow visit\n\n### What did I feel?\n\nSlower than the clock, and glad of it.\n');
  expect(await (await page.request.get('/me/data.json')).text()).toContain('Slower than the clock, and glad of it.');

  await signInAs('coordinator');
  for (const closed of [address, '/me/reflections', '/me/shared']) {
    expect((await page.goto(closed))?.status()).toBe(404);
  }
  await signInAs('supervisor');
  expect((await page.goto(address))?.status()).toBe(404);
  await page.goto('/me/shared');
  // Its words are seen by opening it, which its writer is told.
  await expect(page.getByRole('main')).not.toContainText('The slow visit');
  await page.getByRole('link', { name: 'An entry that you have not opened yet' }).first().click();
  await expect(page.getByRole('article')).toContainText('Slower than the clock, and glad of it.');
  const shared = page.url();

  await signInAs('practitioner');
  await page.goto(address);
  await expect(sharing).toContainText('They opened it on Thursday 22 October');
  await sharing.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByRole('status').first()).toContainText('It is taken back.');
  await page.getByRole('button', { name: 'Remove this entry' }).click();
  await expect(page.getByRole('status')).toContainText('The entry is removed.');
  await expect(page.getByRole('link', { name: 'The slow visit' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: 'The slow visit' })).toBeVisible();

  await signInAs('supervisor');
  expect((await page.goto(shared))?.status()).toBe(404);
});
