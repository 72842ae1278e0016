import type { Page } from '@playwright/test';
import { expect, test } from '../test';

test('whoever searches finds what they may open and nothing else, and no word of it stands in the address', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/today');
  await page.getByRole('link', { name: 'Search', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Everything that you can open is found here' })).toBeVisible();

  await search(page, 'AIRE 29 october');
  expect(page.url()).not.toMatch(/aire|october/i);
  await page.getByRole('region', { name: 'Sessions' }).getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Aire group, Thursday 29 October');

  // Back to what was found, which an address of one's own stands for.
  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue('AIRE 29 october');
  await search(page, 'remind');
  await page.getByRole('region', { name: 'Pages' }).getByRole('link', { name: 'Reminders' }).click();
  await expect(page).toHaveURL('/me/notifications');

  // Another group is answered as one that does not exist.
  await page.goto('/search');
  await search(page, 'cober');
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  const empty = await page.getByRole('main').innerText();
  await search(page, 'zzzzz');
  expect((await page.getByRole('main').innerText()).replace('zzzzz', '')).toBe(empty.replace('cober', ''));

  await signInAs('coordinator');
  await page.goto('/search');
  await search(page, 'cober');
  await page.getByRole('region', { name: 'Groups' }).getByRole('link', { name: 'Cober group' }).click();
  await expect(page).toHaveURL('/groups/cober');
});

test('what was agreed at the sessions of a group is marked as done by whose it is, and opened again by whoever leads it', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/groups/aire');
  await page.getByRole('region', { name: 'Agreed actions' }).getByRole('link', { name: 'All of them' }).click();
  await expect(page.getByText('Not the Centre’s coordinators, clinical leads')).toBeVisible();
  const open = page.getByRole('region', { name: 'Open', exact: true });
  const done = page.getByRole('region', { name: 'Done', exact: true });
  const mine = open.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Mark as done/ }) }).first();
  const words = (await mine.getByRole('paragraph').first().innerText()).trim();
  const count = await open.getByRole('listitem').count();
  await mine.getByRole('button', { name: /^Mark as done/ }).click();
  await expect(page.getByRole('status')).toHaveText('Done. It will not be carried any further.');
  await expect(open.getByRole('listitem')).toHaveCount(count - 1);
  await expect(done.getByRole('listitem').first()).toContainText(words);

  await signInAs('supervisor');
  await page.goto('/groups/aire/actions');
  await done.getByRole('listitem').filter({ hasText: words }).first().getByRole('button', { name: /^Not done/ }).click();
  await expect(page.getByRole('status')).toHaveText('It is open again, and carried to the next session.');
  await expect(open.getByRole('listitem').filter({ hasText: words })).not.toHaveCount(0);

  // What was agreed is not the office's to read.
  await signInAs('coordinator');
  await page.goto('/groups/aire');
  await expect(page.getByRole('region', { name: 'Agreed actions' })).toHaveCount(0);
  expect((await page.request.get('/groups/aire/actions')).status()).toBe(404);
});

test('a session tells what happened to it, and the log who did what', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/groups/aire/2026-10-08');
  await page.getByRole('link', { name: 'What happened to this session' }).click();
  await expect(page.getByRole('region', { name: 'The latest first' }).getByRole('listitem').last()).toContainText('Planned');

  await signInAs('administrator');
  await page.goto('/audit?kind=sign_in');
  await expect(page.getByRole('table').getByRole('row').nth(1)).toContainText('Sign in');
  await page.getByRole('button', { name: 'Check it now' }).click();
  await expect(page.getByText(/^The log (is intact|was checked)/).first()).toBeVisible();
});

async function search(page: Page, words: string) {
  await page.getByRole('searchbox').fill(words);
  await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
}
