import type { Page } from '@playwright/test';
import { expect, test } from '../test';

// A moment of its own gives this test a server of its own: what it logs would change the totals that others read.
test.use({ now: '2026-10-22T08:50:05Z' });

test('hours had elsewhere are logged, stand beside the verified ones, are changed, removed and put back', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/me/supervision');
  await page.getByRole('link', { name: 'My hours' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My hours');
  const before = { verified: await figure(page, 'Verified'), reported: await figure(page, 'Self-reported') };
  expect(before.verified).toBeGreaterThan(0);
  expect(await figure(page, 'Both together')).toBe(before.verified + before.reported);

  await page.getByRole('link', { name: 'Log supervision from elsewhere' }).click();
  await page.getByLabel('How many minutes?').fill('45');
  await page.getByLabel('On what?').selectOption({ label: 'Watch, Wait and Wonder' });
  await page.getByLabel('With whom, in general words?').fill('Ruth, ring her on 01632 960114');
  await page.getByRole('button', { name: 'Log these hours' }).click();
  await expect(page.getByRole('alert')).toContainText('Leave out figures and addresses.');
  await expect(page.getByLabel('How many minutes?')).toHaveValue('45');
  await page.getByLabel('With whom, in general words?').fill('Team lead, voluntary sector');
  await page.getByRole('button', { name: 'Log these hours' }).click();
  await expect(page.getByRole('status')).toHaveText('The hours are logged, as self-reported.');
  expect(await figure(page, 'Verified')).toBe(before.verified);
  expect(await figure(page, 'Self-reported')).toBe(before.reported + 45);
  await expect(page.getByRole('region', { name: 'By intervention' })).toContainText(/Watch, Wait and Wonder\s*45 minutes self-reported/);

  const logged = page.getByRole('region', { name: 'Elsewhere: self-reported' }).getByRole('listitem').filter({ hasText: 'Team lead, voluntary sector' });
  await expect(logged).toContainText('Not verified');
  await logged.getByRole('link').click();
  await page.getByLabel('How many minutes?').fill('60');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('status')).toHaveText('The hours are changed.');
  expect(await figure(page, 'Self-reported')).toBe(before.reported + 60);

  await logged.getByRole('link').click();
  await page.getByRole('button', { name: 'Remove these hours' }).click();
  await expect(page.getByRole('status')).toContainText('The hours are removed.');
  expect(await figure(page, 'Self-reported')).toBe(before.reported);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status')).toHaveText('The hours are back.');
  expect(await figure(page, 'Self-reported')).toBe(before.reported + 60);

  // A registration period is remembered, and nothing before it counts.
  await page.getByLabel('First day').fill('2026-10-21');
  await page.getByLabel('Last day').fill('2027-10-20');
  await page.getByRole('button', { name: 'Keep this period' }).click();
  await page.goto('/me/hours');
  await expect(page.getByRole('heading', { level: 2, name: '21 October 2026 to 20 October 2027' })).toBeVisible();
  expect(await figure(page, 'Both together')).toBe(60);

  const file = await (await page.request.get('/me/hours.csv?period=month')).text();
  expect(file).toContain('"Self-reported, not verified","Team lead, voluntary sector"');
  await page.getByRole('link', { name: 'Show as printed' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hours of supervision');
  await expect(page.getByRole('main')).toContainText('Amina Rahman');
});

test('a supervisor’s statement counts what is finished, and the office reads the same', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/statement/2026-09');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Statement of September 2026');
  const held = await page.getByRole('definition').first().innerText();
  expect(Number(held)).toBeGreaterThan(0);
  const file = (await (await page.request.get('/statement.csv?month=2026-09')).text()).trim().split('\r\n').slice(1);
  expect(file.length).toBe(await page.getByRole('region', { name: 'Every session', exact: true }).getByRole('rowheader').count());
  await page.getByRole('link', { name: 'Oct 2026' }).click();
  await expect(page.getByRole('main')).toContainText('not marked yet.');

  await signInAs('coordinator');
  await page.goto('/people');
  await page.getByRole('searchbox', { name: 'Name or email address' }).fill('Adeyemi');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('link', { name: 'Adeyemi, Ruth' }).click();
  await page.getByRole('link', { name: 'Monthly statement' }).click();
  await page.getByRole('link', { name: 'Sep 2026' }).click();
  await expect(page.getByRole('definition').first()).toHaveText(held);
});

/** A total of the page, in minutes. */
async function figure(page: Page, name: string) {
  const words = await page.locator('.kpi').filter({ has: page.getByText(name, { exact: true }) }).locator('.kpi__n').innerText();
  const [hours, minutes] = [/(\d+) hours?/, /(\d+) min/].map((part) => Number(part.exec(words)?.[1] ?? 0));
  return (hours ?? 0) * 60 + (minutes ?? 0);
}
