import type { Page } from '@playwright/test';
import { lettersTo, linkSentTo } from '../messages';
import { codeAt } from '../one-time-code';
import { expect, forgetSignIn, test } from '../test';

const invitation = 'Your invitation to Reverie';
const password = 'gravel linen trellis moat';

test('a coordinator invites somebody, who chooses a password and is let in', async ({ page, signInAs }) => {
  const email = 'nadia.okonjo@bradford.example';
  await signInAs('coordinator');
  await page.goto('/people');
  await page.getByRole('link', { name: 'Add somebody' }).click();
  await page.getByRole('textbox', { name: 'First name' }).fill('Nadia');
  await page.getByRole('textbox', { name: 'Family name' }).fill('Okonjo');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  // What is missing is said at its field, and what was typed stays.
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByRole('textbox', { name: 'Family name' })).toHaveValue('Okonjo');
  await page.getByRole('textbox', { name: 'Work email address' }).fill(email);
  await page.getByRole('combobox', { name: 'Authority' }).selectOption('Bradford');
  await page.getByRole('checkbox', { name: 'Practitioner' }).check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('status')).toHaveText('Added, and the invitation is on its way.');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nadia Okonjo');
  await expect(page.getByRole('region', { name: 'Joining' })).toContainText('Invited');
  const record = page.url();

  await page.goto('/demonstration/mail');
  const link = await linkSentTo(page, email, invitation);
  await forgetSignIn(page);
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome, Nadia');

  for (const [weak, advice] of [
    ['blanket', 'at least 12 characters'],
    ['okonjo in the garden', 'without your own name'],
    ['password1234', 'could be guessed'],
  ] as const) {
    await page.getByLabel('Password').fill(weak);
    await page.getByRole('button', { name: 'Choose this password and come in' }).click();
    await expect(page.getByRole('alert')).toContainText(advice);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome, Nadia');
  }
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Choose this password and come in' }).click();
  await expect(page).toHaveURL('/today');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Good morning, Nadia');
  await expect(page.getByRole('main')).toContainText('You are not in a group yet.');

  // A link works once.
  const again = await page.goto(link);
  expect(again?.status()).toBe(410);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This invitation does not work any more');

  await signInAs('coordinator');
  await page.goto(record);
  await expect(page.getByRole('region', { name: 'Joining' })).toContainText('Registered');
});

test('a forgotten password is chosen again, and nobody learns which addresses are known', async ({ page, signInAs }) => {
  const email = 'iris.halloran@derby.example';
  await signInAs('coordinator');
  await add(page, { given: 'Iris', family: 'Halloran', email, role: 'Practitioner' });
  await page.goto('/demonstration/mail');
  const invited = await linkSentTo(page, email, invitation);
  await forgetSignIn(page);
  await page.goto(invited);
  await choosePassword(page, 'slate orchard heron dusk');
  await signOut(page);

  for (const address of [email, 'nobody.of.that.name@derby.example']) {
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'I have forgotten my password' }).click();
    await page.getByRole('textbox', { name: 'Work email' }).fill(address);
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await expect(page.getByRole('status')).toHaveText(
      'If that address is known, a message is on its way. It comes within a few minutes and works for one hour.',
    );
  }
  await page.goto('/demonstration/mail');
  await expect(lettersTo(page, 'nobody.of.that.name@derby.example', 'A new password for Reverie')).toHaveCount(0);
  const link = await linkSentTo(page, email, 'A new password for Reverie');
  await page.goto(link);
  await choosePassword(page, password);
  await signOut(page);
  expect((await page.goto(link))?.status()).toBe(410);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link does not work any more');

  const refusals = [];
  for (const [address, secret] of [
    [email, 'slate orchard heron dusk'],
    ['nobody.of.that.name@derby.example', password],
  ] as const) {
    await enter(page, address, secret);
    refusals.push(await page.getByRole('alert').innerText());
    // The address stays; a password is never sent back.
    await expect(page.getByRole('textbox', { name: 'Work email' })).toHaveValue(address);
    await expect(page.getByLabel('Password')).toHaveValue('');
  }
  expect(refusals[0]).toBe(refusals[1]);
  await enter(page, email, password);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Good morning, Iris');
});

test('a link by e-mail signs somebody in once, after one press', async ({ page, signInAs }) => {
  const email = 'orla.fenwick@hull.example';
  await signInAs('coordinator');
  await add(page, { given: 'Orla', family: 'Fenwick', email, role: 'Practitioner' });
  await page.goto('/demonstration/mail');
  const invited = await linkSentTo(page, email, invitation);
  await forgetSignIn(page);
  await page.goto(invited);
  await choosePassword(page, password);
  await signOut(page);

  await page.getByRole('link', { name: 'Email me a link instead' }).click();
  await page.getByRole('textbox', { name: 'Work email' }).fill(email);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await page.goto('/demonstration/mail');
  const link = await linkSentTo(page, email, 'Your link to sign in to Reverie');
  await page.goto(link);
  // Opening it does nothing yet: programs that check mail open links too.
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Good morning, Orla');
  expect((await page.goto(link))?.status()).toBe(410);
});

test('a staff role sets up one-time codes, comes in with one, and never with the same one twice', async ({ page, signInAs, now }) => {
  const email = 'ingrid.solheim@centre.example';
  await signInAs('coordinator');
  await add(page, { given: 'Ingrid', family: 'Solheim', email, role: 'Supervisor' });
  await page.goto('/demonstration/mail');
  const invited = await linkSentTo(page, email, invitation);
  await forgetSignIn(page);
  await page.goto(invited);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Choose this password and come in' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up one-time codes');
  const shownKey = page.getByRole('figure').getByText(/^([A-Z2-7]{4} ?){8}$/);
  const key = await shownKey.innerText();
  await page.getByRole('textbox', { name: '6-digit code' }).fill(codeAt(key, now, 100));
  await page.getByRole('button', { name: 'Confirm and sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('There is a problem');
  await expect(shownKey).toHaveText(key);
  // Nobody is in before the second step is taken.
  await page.goto('/to-mark');
  await expect(page).toHaveURL('/sign-in?next=%2Fto%2Dmark');
  await page.goto('/sign-in/set-up');
  await page.getByRole('textbox', { name: '6-digit code' }).fill(codeAt(key, now, -1));
  await page.getByRole('button', { name: 'Confirm and sign in' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keep these recovery codes');
  const recovery = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts();
  expect(new Set(recovery).size).toBe(10);
  await page.getByRole('link', { name: 'I have kept them: go on' }).click();
  await expect(page).toHaveURL('/today');
  await signOut(page);

  await enter(page, email, password);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Enter your code');
  await page.getByRole('textbox', { name: '6-digit code' }).fill(codeAt(key, now));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/today');
  await signOut(page);

  await enter(page, email, password);
  await page.getByRole('textbox', { name: '6-digit code' }).fill(codeAt(key, now));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('There is a problem');
  await expect(page.getByRole('textbox', { name: '6-digit code' })).toHaveAttribute('aria-invalid', 'true');

  await page.getByRole('link', { name: 'I do not have my phone: use a recovery code' }).click();
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(recovery[0] ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/today');
  await signOut(page);

  await enter(page, email, password);
  await page.getByRole('link', { name: 'I do not have my phone: use a recovery code' }).click();
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(recovery[0] ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('There is a problem');
  await page.getByRole('textbox', { name: 'Recovery code' }).fill((recovery[1] ?? '').toUpperCase());
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/today');
});

test('whoever is suspended is out at the next press of a key', async ({ page, signInAs }) => {
  const email = 'petra.lomax@stockport.example';
  await signInAs('coordinator');
  await add(page, { given: 'Petra', family: 'Lomax', email, role: 'Practitioner' });
  const record = page.url();
  await page.goto('/demonstration/mail');
  const invited = await linkSentTo(page, email, invitation);
  await forgetSignIn(page);
  await page.goto(invited);
  await choosePassword(page, password);
  const petras = await page.context().cookies();

  await signInAs('coordinator');
  await page.goto(record);
  await page.getByRole('button', { name: 'Suspend' }).click();
  await expect(page.getByRole('status')).toHaveText('Suspended. Every device is signed out.');

  await forgetSignIn(page);
  await page.context().addCookies(petras);
  await page.goto('/today');
  await expect(page).toHaveURL('/sign-in');
  await enter(page, email, password);
  await expect(page.getByRole('alert')).toContainText('There is a problem');
});

test('whoever was on the way to a page comes to it after signing in', async ({ page }) => {
  await page.goto('/me/supervision');
  await expect(page).toHaveURL('/sign-in?next=%2Fme%2Fsupervision');
  await page.getByRole('region', { name: 'Look around as' }).getByRole('button', { name: /practitioner/i }).click();
  await expect(page).toHaveURL('/me/supervision');
});

async function add(page: Page, somebody: { given: string; family: string; email: string; role: string }) {
  await page.goto('/people/new');
  await page.getByRole('textbox', { name: 'First name' }).fill(somebody.given);
  await page.getByRole('textbox', { name: 'Family name' }).fill(somebody.family);
  await page.getByRole('textbox', { name: 'Work email address' }).fill(somebody.email);
  if (somebody.role === 'Practitioner') await page.getByRole('combobox', { name: 'Authority' }).selectOption('Bradford');
  await page.getByRole('checkbox', { name: somebody.role, exact: true }).check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('status')).toHaveText('Added, and the invitation is on its way.');
}

async function choosePassword(page: Page, chosen: string) {
  await page.getByLabel('Password').fill(chosen);
  await page.getByRole('button', { name: /^Choose this password/ }).click();
  await expect(page).toHaveURL('/today');
}

async function enter(page: Page, email: string, secret: string) {
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: 'Work email' }).fill(email);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function signOut(page: Page) {
  await page.goto('/me');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('status')).toHaveText('You are signed out.');
}
