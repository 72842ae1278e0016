import type { Page } from '@playwright/test';
import { expect, test } from '../test';

test('words are found where somebody may read them, also mistyped, and those of a closed space by nobody else', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/community/new?space=group-aire');
  await page.getByRole('textbox', { name: 'Title' }).fill('The evening with lanterns');
  await page.getByRole('textbox', { name: 'Your words' }).fill('There was *marzipan*, and we laughed.');
  await page.getByRole('button', { name: 'Post it' }).click();
  await expect(page.getByRole('status').first()).toContainText('Posted.');
  const thread = page.url();

  await look(page, 'attunment');
  await expect(page.getByText('Nothing was found with “attunment”. What is below has “attunement”.')).toBeVisible();
  await expect(posts(page).getByRole('link', { name: 'Which words do you use for “attunement” with parents?' })).toBeVisible();
  await look(page, 'marzip laughed');
  await expect(posts(page).getByText('There was marzipan, and we laughed.')).toBeVisible();
  await expect(posts(page).locator('mark')).toHaveText(['marzipan', 'laughed']);
  await posts(page).getByRole('link', { name: 'The evening with lanterns' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The evening with lanterns');

  await look(page, 'fathers who sleep by day');
  const events = page.getByRole('region', { name: 'Events' });
  await expect(events.getByRole('link', { name: 'Fathers who work nights' })).toBeVisible();

  // Another space does not hold it, and to whoever is not in the group it is nowhere.
  await page.goto('/community/endings');
  await page.getByRole('link', { name: 'Search in this space' }).click();
  await typed(page, 'marzipan');
  await expect(page.getByText('Only posts in Endings.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  await signInAs('coordinator');
  for (const words of ['marzipan', 'marzipann', 'evening with lanterns']) {
    await look(page, words);
    await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  }

  await signInAs('practitioner');
  await page.goto(thread);
  const own = page.getByRole('article', { name: 'Post 1' });
  await own.getByText('Withdraw…').click();
  await own.getByRole('button', { name: 'Withdraw this post' }).click();
  await look(page, 'marzipan');
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();

  // Whoever would rather be told chooses so, space by space.
  await page.goto('/me/notifications');
  await page.getByRole('combobox', { name: 'Endings' }).selectOption('Every Monday');
  await page.getByRole('button', { name: 'Save the digest' }).click();
  await expect(page.getByRole('status')).toHaveText('Your choice is kept.');
  await expect(page.getByRole('combobox', { name: 'Endings' })).toHaveValue('weekly');
});

async function look(page: Page, words: string) {
  await page.goto('/search');
  await typed(page, words);
}

async function typed(page: Page, words: string) {
  await page.getByRole('searchbox').fill(words);
  await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
}

function posts(page: Page) {
  return page.getByRole('region', { name: 'Posts' });
}
