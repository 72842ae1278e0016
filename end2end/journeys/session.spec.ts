import { expect, test } from '../test';

test('a practitioner joins a session from a quarter of an hour before it begins', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/today');
  await page.getByRole('link', { name: 'Aire group' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Aire group, Thursday 22 October');
  const room = page.getByRole('region', { name: 'The room is open' });
  await expect(room).toContainText('The Centre is not in the room and does not record.');

  // The outside room is somebody else’s; that the browser is sent there is enough.
  const outside = page.waitForRequest(/^https:\/\/rooms\.example\//);
  await room.getByRole('link', { name: 'Join', exact: true }).click({ noWaitAfter: true });
  expect((await outside).url()).toBe('https://rooms.example/aire');
});

test('a session that has not come yet lets nobody in and says when it will', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/today');
  await page.getByRole('region', { name: 'Coming up' }).getByRole('link', { name: 'Aire group' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Aire group, Thursday 29 October');
  await expect(page.getByRole('heading', { name: 'The room opens at 09:45' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Join', exact: true })).toHaveCount(0);

  const answer = await page.goto(`${page.url()}/join`);
  expect(answer?.status()).toBe(409);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The room is not open');
  await expect(page.getByRole('main')).toContainText('09:45');
  await expect(page.getByRole('main')).not.toContainText('rooms.example');
});

test('a practitioner sends apologies ahead, the place is kept, and nobody else’s session is touched', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/calendar/week/2026-10-26');
  await page.getByRole('link', { name: /Aire group.* Thursday 29 October/ }).click();
  const address = page.url();
  const who = page.getByRole('region', { name: 'Who is coming' });
  await expect(who).toContainText('6 of 6');

  await who.getByRole('link', { name: 'I can’t come' }).click();
  await page.getByRole('textbox', { name: 'Reason (optional)' }).fill('A training day that I cannot move');
  await page.getByRole('button', { name: 'Send apologies' }).click();
  await expect(page).toHaveURL(address);
  await expect(page.getByRole('status')).toHaveText('Your apologies are sent. Your place is kept.');
  await expect(who).toContainText('5 of 6');
  await expect(who.getByRole('listitem').filter({ hasText: 'Amina R.' })).toContainText('Apologies');
  await expect(who.getByText('Apologies', { exact: true })).toHaveCount(1);

  await page.goto('/calendar/week/2026-11-02');
  await page.getByRole('link', { name: /Aire group.* Thursday 5 November/ }).click();
  await expect(who.getByRole('listitem').filter({ hasText: 'Amina R.' })).toContainText('Coming');

  await signInAs('supervisor');
  await page.goto(address);
  await expect(who.getByRole('listitem').filter({ hasText: 'Amina R.' })).toContainText('A training day that I cannot move');
  await signInAs('coordinator');
  await page.goto(address);
  await expect(who.getByRole('listitem').filter({ hasText: 'Amina R.' })).toContainText('Apologies');
  await expect(page.getByRole('main')).not.toContainText('A training day that I cannot move');

  await signInAs('practitioner');
  await page.goto(address);
  await page.getByRole('link', { name: 'Change or withdraw them' }).click();
  await page.getByRole('button', { name: 'Withdraw my apologies' }).click();
  await expect(page.getByRole('status')).toHaveText('Your apologies are withdrawn. You are expected at the session.');
  await expect(who).toContainText('6 of 6');
});

test('a reason that is too long is refused and kept', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/calendar/week/2026-11-09');
  await page.getByRole('link', { name: /Aire group.* Thursday 12 November/ }).click();
  await page.getByRole('link', { name: 'I can’t come' }).click();
  const reason = page.getByRole('textbox', { name: 'Reason (optional)' });
  await reason.fill('Because it is so. '.repeat(40));
  await page.getByRole('button', { name: 'Send apologies' }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByRole('alert')).toContainText('There is a problem');
  await expect(page.getByRole('alert').getByRole('link', { name: /^Shorten the reason/ })).toBeVisible();
  await expect(reason).toHaveValue('Because it is so. '.repeat(40));
});

test('a supervisor cancels a session, everybody is told with the reason, and it can be brought back', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await page.goto('/calendar/week/2026-11-16');
  await page.getByRole('link', { name: /Aire group.* Thursday 19 November/ }).click();
  await page.getByRole('link', { name: 'Cancel this session…' }).click();
  await expect(page.getByRole('region', { name: 'Who is told, with the reason' })).toContainText('Amina R.');

  const cancel = page.getByRole('button', { name: /^Cancel it and tell \d people$/ });
  await cancel.click();
  await expect(page.getByRole('alert').getByRole('link', { name: 'Choose why the session cannot take place' })).toBeVisible();
  await page.getByRole('radio', { name: 'The supervisor cannot come' }).check();
  await cancel.click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status')).toContainText('It is as it was before.');

  await page.getByRole('link', { name: 'Cancel this session…' }).click();
  await page.getByRole('radio', { name: 'The supervisor cannot come' }).check();
  await cancel.click();
  await expect(page.getByRole('status')).toContainText(/1 session is cancelled\. \d people are being told\./);
  await expect(page.getByRole('main')).toContainText('This session will not take place');

  await page.goto('/demonstration/mail');
  const letters = page.getByRole('article').filter({ hasText: 'Thursday 19 November' });
  await expect(letters.filter({ hasText: 'practitioner@demonstration.example' })).toContainText('supervisor cannot come');
});
