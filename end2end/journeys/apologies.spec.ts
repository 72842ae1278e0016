import type { Locator } from '@playwright/test';
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
  await page.goto('/me/hours');
  const commitment = page.getByRole('region', { name: 'Attendance and commitment' });
  const kept = await share(commitment.getByRole('definition').first());
  await page.goto('/today');
  await page.getByRole('link', { name: 'Aire group' }).first().click();
  await page.getByRole('link', { name: 'I can’t come' }).click();
  await page.getByRole('button', { name: 'Send apologies' }).click();
  await expect(page.getByRole('status')).toHaveText('Your apologies are sent. Your place is kept.');
  await expect(page.getByRole('main')).toContainText('You sent apologies on Thursday 22 October. Your place is kept.');

  const afterwards = await reverie.at('2026-10-22T10:45:00Z');
  await signInAs('supervisor');
  await page.goto(`${afterwards.address}/groups/aire`);
  const amina = commitment.locator('dl > div').filter({ has: page.getByRole('term').filter({ hasText: 'Amina R.' }) });
  const keptToIt = await share(amina.getByRole('definition').first());
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
  // One more was held, and they were at no more of them. Ten minutes ahead is not a day ahead.
  await page.goto(`${afterwards.address}/groups/aire`);
  await expect(amina.getByRole('definition')).toContainText([oneMissed(keptToIt), oneMissed(keptToIt)]);

  await signInAs('practitioner');
  await page.goto(`${afterwards.address}/me/supervision`);
  // What was missed stands there as such and counts for nothing; the next session is as it was.
  await expect(past.getByText(/since 1 April 2026$/)).toHaveText(hours);
  const missed = past.getByRole('listitem').filter({ hasText: '22 Oct' });
  await expect(missed).toContainText('You sent apologies');
  await expect(page.getByRole('region', { name: 'Next sessions' }).getByRole('listitem').first()).toContainText('29 Oct');
  await page.goto(`${afterwards.address}/me/hours`);
  await expect(commitment.getByRole('definition').first()).toContainText(oneMissed(kept));
  await afterwards.stop();
});

type Share = { there: number; held: number };

/** At how many sessions somebody was, of how many that were held: "23 of 24 (96%)". */
async function share(words: Locator): Promise<Share> {
  const [, there, held] = /(\d+) of (\d+) \(/.exec(await words.innerText()) ?? [];
  return { there: Number(there), held: Number(held) };
}

/** The same after one more session at which they were not. */
function oneMissed({ there, held }: Share) {
  return `${there} of ${held + 1} (${Math.round((there / (held + 1)) * 100)}%)`;
}
