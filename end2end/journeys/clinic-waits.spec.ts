import { expect, test } from '../test';

// A moment of its own gives this test a server of its own: it cancels the session for which others wait.
test.use({ now: '2026-10-22T08:50:17Z' });

test('whoever waits at a clinic finds it from their account, the office sees how many and not who, and what was cancelled can be left', async ({
  page,
  signInAs,
}) => {
  await signInAs('practitioner');
  await page.goto('/clinics');
  const full = page.getByRole('listitem').filter({ hasText: 'Full' }).first();
  await full.getByRole('button', { name: /^Wait for a place/ }).click();
  await expect(page.getByRole('status')).toContainText('You are waiting for a place');
  await page.goto('/me');
  await page.getByRole('link', { name: 'Waiting for open clinics' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Waiting for open clinics');
  const mine = page.getByRole('region', { name: 'You are waiting for a place at' }).getByRole('listitem');
  await expect(mine).toContainText('You are among the first 5 on this list.');
  await mine.getByRole('link', { name: /^See it among the open clinics/ }).click();
  await expect(full).toContainText('You are waiting for a place.');

  // Three of the demonstration wait there as well.
  const number = '4 people are waiting for a place.';
  await signInAs('coordinator');
  await page.goto('/waiting');
  const clinics = page.getByRole('region', { name: 'Waiting at open clinics' });
  await expect(clinics.getByRole('listitem')).toContainText(number);
  await clinics.getByRole('link').click();
  await expect(page).toHaveURL(/\/sessions\//);
  const session = page.url();
  await expect(page.getByRole('region', { name: 'Who is coming' })).toContainText(number);
  await expect(page.getByRole('main')).not.toContainText('Amina R.');
  await page.getByRole('link', { name: / open clinic$/ }).first().click();
  await expect(page.getByRole('region', { name: 'Coming sessions' })).toContainText(number);
  await page.goto(session);
  await page.getByRole('link', { name: 'Cancel this session…' }).click();
  await page.getByRole('radio', { name: 'The supervisor cannot come' }).check();
  await page.getByRole('button', { name: /^Cancel it and tell \d+ people$/ }).click();
  await expect(page.getByRole('main')).toContainText('This session will not take place');
  await page.goto('/waiting');
  await expect(clinics).toHaveCount(0);

  await signInAs('practitioner');
  await page.goto('/clinics');
  await page.getByRole('link', { name: 'You are waiting for a place at one session' }).click();
  await expect(mine).toContainText('It was cancelled for everybody.');
  await mine.getByRole('button', { name: /^Stop waiting at / }).click();
  await expect(page.getByRole('status')).toHaveText('You are no longer waiting for a place at that session.');
  await expect(page.getByRole('main')).toContainText('You are not waiting for anything here');
  await page.goto('/me');
  await expect(page.getByRole('link', { name: 'Waiting for open clinics' })).toHaveCount(0);
});

test('the page of what one waits for is there for every role, and holds nothing where nobody waits', async ({ page, signInAs }) => {
  await signInAs('evaluator');
  await page.goto('/clinics/waiting');
  await expect(page.getByRole('main')).toContainText('You are not waiting for anything here');
  await expect(page.getByRole('main').getByRole('link', { name: 'Open clinics' })).toHaveCount(0);
});
