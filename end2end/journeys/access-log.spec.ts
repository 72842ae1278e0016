import { expect, test } from '../test';
import { personCalled } from '../pages/ways';

// A moment of its own gives this test a server of its own.
test.use({ now: '2026-10-22T08:50:43Z' });

test('somebody sees who has opened their records, what and how often, and takes that along; a list and their own page leave no trace', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/me');
  await page.getByRole('link', { name: 'Who opened your records' }).click();
  const today = page.getByRole('region', { name: 'Thursday 22 October 2026' });
  await expect(page.getByRole('region', { name: 'Opened by two people together' })).toBeVisible();
  await expect(today).toHaveCount(0);
  const yesterday = page.getByRole('region', { name: 'Wednesday 21 October 2026' }).getByRole('listitem');
  await expect(yesterday).toHaveCount(1);

  await signInAs('coordinator');
  await page.goto('/waiting');
  const record = await personCalled('Rahman, Amina')(page);
  await page.goto(record);
  await page.goto(record);
  await page.goto(`${record}/registration`);

  await signInAs('practitioner');
  await page.goto('/me/access');
  await expect(today.getByRole('listitem')).toHaveCount(2);
  await expect(today.getByRole('listitem').filter({ hasText: 'Your details' })).toContainText(/\(coordinator\), twice at 09:50/);
  await expect(today.getByRole('listitem').filter({ hasText: 'Your registration' })).toContainText(/\(coordinator\), at 09:50/);
  await expect(yesterday).toHaveCount(1);
  const file = await page.request.get('/me/access.csv');
  expect(await file.text()).toContain('Your registration');

  await page.goto('/me/data');
  await expect(page.getByRole('link', { name: 'Who opened your records' })).toBeVisible();
  await signInAs('coordinator');
  await page.goto('/me/access');
  await expect(page.getByRole('heading', { name: 'Nobody has opened anything of yours' })).toBeVisible();
});
