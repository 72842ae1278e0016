import { expect, test } from '../test';

test('a practitioner sees the next session first: when, where, with whom, and how to get in', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/today');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Good morning, Amina');
  const next = page.getByRole('region', { name: 'Aire group' });
  await expect(next).toContainText('Today, 10:00 to 11:30');
  await expect(next).toContainText(/Starts in \d+ minutes/);
  await expect(next).toContainText('With Dr Ruth A.');
  await expect(next).toContainText('Yusuf H. has sent apologies.');
  await expect(next.getByRole('link', { name: 'Join the session' })).toBeVisible();
});

test('what was agreed with a practitioner waits for them, and leads to the session where it is done', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/today');
  const waiting = page.getByRole('region', { name: 'For you to do' });
  const action = waiting.getByRole('listitem').filter({ hasText: 'Your action from 8 October, Aire group.' });
  await action.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Aire group, Thursday 22 October');
});

test('a supervisor sees which sessions are to be marked, and by when', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/today');
  const waiting = page.getByRole('region', { name: 'For you to do' });
  const aire = waiting.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Mark the attendance of Aire group' }) });
  await expect(aire).toContainText('The session on Thursday 15 October.');
  await expect(aire).toContainText('was due Mon 19 Oct');
});

test('a practitioner sees who supervises the supervisor and whether that is in date, and nothing more', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/me/supervision');
  const chain = page.getByRole('region', { name: 'Who supports your supervisor' });
  const ruth = chain.getByRole('list').filter({ hasText: 'Your supervisor, Aire group' });
  await expect(ruth).toContainText('In supervision');
  await expect(ruth).toContainText('With Marianne S. Last session within the past 6 weeks');
  // She and her group are not for the practitioner to look into.
  await expect(chain.getByRole('link')).toHaveText(/^\d/);
  await expect(chain).toContainText('You see who it is and that it happens, never what was said.');
});

test('the menu of a phone says what of it is one’s own practice, for whoever leads groups', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/menu');
  const pages = page.getByRole('navigation', { name: 'All pages' });
  await expect(pages).toContainText('My own practice');
  await expect(pages.getByRole('list').nth(1).getByRole('link')).toHaveText(['My supervision', 'Community', 'Learning']);

  await signInAs('practitioner');
  await page.goto('/menu');
  await expect(pages.getByRole('link', { name: 'Community' })).toBeVisible();
  await expect(pages).not.toContainText('My own practice');
});
