import { expect, test } from '../test';

// Ten minutes before the session, on a server of its own: the session is marked in the end.
test.use({ now: '2026-10-22T08:50:03Z' });

const session = 'Aire group, Thursday 22 October';

test('a practitioner sends apologies, the group still runs, and what they had and what they missed is told as it was', async ({
  page,
  signInAs,
  reverie,
}) => {
  await signInAs('practitioner');
  await page.goto('/me/supervision');
  const past = page.getByRole('region', { name: 'Past sessions' });
  const hours = await past.getByText(/since 1 April 2026$/).innerText();
  await page.goto('/today');
  await page.getByRole('link', { name: 'Aire group' }).first().click();
  await page.getByRole('link', { name: 'I can’t come' }).click();
  await page.getByRole('button', { name: 'Send apologies' }).click();
  await expect(page.getByRole('status')).toHaveText('Your apologies are sent. Your place is kept.');
  await expect(page.getByRole('main')).toContainText('You sent apologies on Thursday 22 October. Your place is kept.');

  const afterwards = await reverie.at('2026-10-22T10:45:00Z');
  await signInAs('supervisor');
  await page.goto(`${afterwards.address}/to-mark`);
  await page.getByRole('link', { name: session }).click();
  await expect(page.getByRole('group', { name: 'Amina R.' }).getByRole('radio', { checked: true })).toHaveCount(1);
  await page.getByRole('button', { name: 'All present' }).click();
  await page.getByRole('button', { name: 'Save and finish' }).click();
  await expect(page.getByRole('status')).toHaveText('The attendance is finished. The session counts as held.');
  await page.getByRole('link', { name: 'See who came' }).click();
  const came = page.getByRole('region', { name: 'Who came' });
  await expect(came.getByRole('listitem').filter({ hasText: 'Grace A.' })).toContainText('Present');
  await expect(came.getByRole('listitem').filter({ hasText: 'Amina R.' })).not.toContainText('Present');

  await signInAs('practitioner');
  await page.goto(`${afterwards.address}/me/supervision`);
  // What was missed stands there as such and counts for nothing; the next session is as it was.
  await expect(past.getByText(/since 1 April 2026$/)).toHaveText(hours);
  const missed = past.getByRole('listitem').filter({ hasText: '22 Oct' });
  await expect(missed).toContainText('You sent apologies');
  await expect(page.getByRole('region', { name: 'Next sessions' }).getByRole('listitem').first()).toContainText('29 Oct');
  await afterwards.stop();
});
