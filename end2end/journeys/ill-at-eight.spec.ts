import type { Page } from '@playwright/test';
import { lettersTo, linkSentTo } from '../messages';
import { codeAt } from '../one-time-code';
import { expect, forgetSignIn, test } from '../test';

// Eight in the morning of the day of the Aire group's session, which begins at ten.
test.use({ now: '2026-10-22T07:00:00Z' });

const password = 'gravel linen trellis moat';
const session = 'Aire group, Thursday 22 October';

test('a supervisor is ill at eight: one press gives the session to somebody else, the members know who and why, and the cover marks it', async ({
  page,
  signInAs,
  reverie,
  now,
}) => {
  await signInAs('coordinator');
  const cover = await letComeIn(page, 'ada.lindqvist@centre.example', now);

  await signInAs('coordinator');
  await page.goto('/cover');
  await page.getByRole('combobox', { name: 'Who?' }).selectOption('Dr Ruth A.');
  await page.getByLabel('First day').fill('2026-10-22');
  await page.getByLabel('Last day').fill('2026-10-22');
  await page.getByRole('radio', { name: 'Leave' }).check();
  await page.getByRole('button', { name: 'Show the sessions' }).click();
  const needed = page.getByRole('region', { name: session });
  await needed.waitFor();
  const more = needed.getByText(/more who could$/);
  if (await more.isVisible()) {
    await more.click();
  }
  await needed.getByRole('listitem').filter({ hasText: 'Ada L.' }).getByRole('button', { name: /^Choose/ }).click();
  await expect(page.getByRole('status')).toHaveText('Cover is arranged. The members and both supervisors have been told.');

  await page.goto('/demonstration/mail');
  const told = lettersTo(page, 'practitioner@demonstration.example', 'Another supervisor leads your session on Thursday 22 October');
  await expect(told).toContainText('Ada L. leads your session: Thursday 22 October 2026, 10:00 to 11:30, UK time.');
  await expect(told).toContainText('Your supervisor is on leave that day.');
  await expect(told).toContainText('What your group’s agreement says about confidentiality binds Ada L. as it binds you.');
  await expect(told.getByRole('link', { name: /\/apologies$/ })).toBeVisible();
  const invitation = lettersTo(page, 'ada.lindqvist@centre.example', 'You cover a session on Thursday 22 October').locator('pre');
  await expect(invitation).toContainText('METHOD:REQUEST');

  await signInAs('practitioner');
  await page.goto('/today');
  await page.getByRole('link', { name: 'Aire group' }).first().click();
  await expect(page.getByText('What was agreed about confidentiality covers Ada L. too.')).toBeVisible();

  // A quarter of an hour after the session, the one who led it marks it, and nobody else is asked to.
  const afterwards = await reverie.at('2026-10-22T10:45:00Z');
  await forgetSignIn(page);
  await page.context().addCookies(cover.map((cookie) => ({ ...cookie })));
  await page.goto(`${afterwards.address}/to-mark`);
  await page.getByRole('link', { name: session }).click();
  await page.getByRole('button', { name: 'All present' }).click();
  await page.getByRole('button', { name: 'Save and finish' }).click();
  await expect(page.getByRole('status')).toHaveText('The attendance is finished. The session counts as held.');

  await signInAs('supervisor');
  await page.goto(`${afterwards.address}/to-mark`);
  await expect(page.getByRole('link', { name: session })).toHaveCount(0);
  await afterwards.stop();
});

/** Adds a supervisor, who comes in for the first time, and answers what their browser keeps. */
async function letComeIn(page: Page, email: string, now: string) {
  await page.goto('/people/new');
  await page.getByRole('textbox', { name: 'First name' }).fill('Ada');
  await page.getByRole('textbox', { name: 'Family name' }).fill('Lindqvist');
  await page.getByRole('textbox', { name: 'Work email address' }).fill(email);
  await page.getByRole('checkbox', { name: 'Supervisor', exact: true }).check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.goto('/demonstration/mail');
  const link = await linkSentTo(page, email, 'Your invitation to Reverie');
  await forgetSignIn(page);
  await page.goto(link);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Choose this password and come in' }).click();
  const key = await page.getByRole('figure').getByText(/^([A-Z2-7]{4} ?){8}$/).innerText();
  await page.getByRole('textbox', { name: '6-digit code' }).fill(codeAt(key, now));
  await page.getByRole('button', { name: 'Confirm and sign in' }).click();
  await page.getByRole('link', { name: 'I have kept them: go on' }).click();
  await expect(page).toHaveURL('/today');
  return page.context().cookies();
}
