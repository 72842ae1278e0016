import { placeThatIsHeld } from '../pages/ways';
import { expect, test } from '../test';

// A moment of its own gives this test a server of its own.
test.use({ now: '2026-10-22T08:50:41Z' });

test('what somebody is written stands in their news, is counted until they look, and leads to what it is about', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await placeThatIsHeld(page);
  await page.goto('/menu');
  const pages = page.getByRole('navigation', { name: 'All pages' });
  // One that the demonstration begins with, the place, and a digest, which may have come as well.
  await pages.getByRole('link', { name: /^News [23] unread$/ }).click();
  const today = page.getByRole('region', { name: 'Today' });
  const held = today.getByRole('listitem').filter({ hasText: 'A place in supervision is held for you until Thursday 29 October' });
  await expect(held).toContainText('New');
  await expect(held).not.toContainText('could not be delivered');
  const before = page.getByRole('region', { name: 'Yesterday' }).getByRole('listitem').filter({ hasText: 'Your session on Thursday 22 October' });
  await expect(before.getByRole('link')).toHaveAttribute('href', /^\/sessions\/[a-z0-9]{8}$/);
  await expect(before).not.toContainText('New');

  await page.goto('/menu');
  await pages.getByRole('link', { name: 'News', exact: true }).click();
  await held.getByRole('link').click();
  await expect(page).toHaveURL('/me/waiting');
  await page.getByRole('button', { name: /^Take the place/ }).first().click();
  await expect(page.getByRole('status')).toContainText('The place is yours.');

  await signInAs('coordinator');
  await page.goto('/news');
  await page.getByRole('link', { name: 'A place that was offered has been taken' }).click();
  await expect(page).toHaveURL(/\/groups\/[a-z-]+\/members$/);
});

test('a letter whose words hold no address leads to what it is about all the same', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/news');
  await page.getByRole('link', { name: 'Your supervision agreement has a new text: please read it' }).click();
  await expect(page).toHaveURL('/groups/aire/agreement');

  await signInAs('supervisor');
  await page.goto('/news');
  await page.getByRole('link', { name: 'Apologies for Thursday 22 October' }).click();
  await expect(page).toHaveURL(/\/sessions\/[a-z0-9]{8}$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Aire group');
});
