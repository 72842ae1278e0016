import type { Page } from '@playwright/test';
import { linkSentTo } from '../messages';
import { expect, forgetSignIn, test } from '../test';

test('a coordinator finds people by name, role and standing, and no name stands in the address', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/people');
  const filter = page.getByRole('search', { name: 'Filter people' });
  await filter.getByRole('searchbox', { name: 'Name or email address' }).fill('joanne pickersgill');
  await filter.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('1 person found')).toBeVisible();
  await expect(filter.getByRole('searchbox', { name: 'Name or email address' })).toHaveValue('joanne pickersgill');
  expect(page.url().toLowerCase()).not.toContain('pickersgill');
  await expect(page).not.toHaveTitle(/pickersgill/i);
  await page.getByRole('link', { name: 'Pickersgill, Joanne' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Joanne Pickersgill');
  await expect(page.getByRole('region', { name: 'Groups' })).toContainText('Aire group');

  // The way back leads to what was found.
  await page.goBack();
  await expect(page.getByText('1 person found')).toBeVisible();
  await filter.getByRole('link', { name: 'Clear' }).click();
  await expect(page).toHaveURL('/people');

  const people = page.getByRole('table', { name: 'People, by family name' }).getByRole('row').filter({ has: page.getByRole('rowheader') });
  await filter.getByRole('combobox', { name: 'Role' }).selectOption('Practitioner');
  await filter.getByRole('combobox', { name: 'Standing' }).selectOption('Suspended');
  await filter.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText(/^\d+ (person|people) found$/)).toBeVisible();
  const found = await people.count();
  expect(found).toBeGreaterThan(0);
  await expect(people.filter({ hasText: 'Suspended' }).filter({ hasText: 'Practitioner' })).toHaveCount(found);

  await filter.getByRole('searchbox', { name: 'Name or email address' }).fill('nobody of that name');
  await filter.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('heading', { name: 'Nobody matches' })).toBeVisible();
  await page.getByRole('link', { name: 'see everybody' }).click();
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL('/people?page=2');
  await expect(people).toHaveCount(50);
});

test('two windows change one person: the second is told what changed, loses nothing, and may save again', async ({ page, signInAs, anotherWindow }) => {
  await signInAs('coordinator');
  await add(page, { given: 'Bronwen', family: 'Ashgrove', email: 'bronwen.ashgrove@leeds.example' });
  await page.getByRole('link', { name: 'Change details' }).click();
  const second = await anotherWindow();
  await second.goto(page.url());

  await page.getByRole('textbox', { name: 'Profession (optional)' }).fill('Midwife');
  await page.getByRole('combobox', { name: 'Authority' }).selectOption('Wakefield');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toHaveText('The changes are saved.');

  await second.getByRole('textbox', { name: 'Title (optional)' }).fill('Dr');
  await second.getByRole('textbox', { name: 'Profession (optional)' }).fill('Nursery nurse');
  await second.getByRole('checkbox', { name: 'Supervisor' }).check();
  await second.getByRole('button', { name: 'Save' }).click();
  const told = second.getByRole('alert');
  await expect(second).toHaveTitle(/^Error: /);
  await expect(told).toContainText('Somebody else changed this person since you opened the page');
  await expect(told).toContainText('the profession is now “Midwife”');
  await expect(told).toContainText('the authority is now Wakefield');
  await expect(second.getByRole('textbox', { name: 'Title (optional)' })).toHaveValue('Dr');
  await expect(second.getByRole('textbox', { name: 'Profession (optional)' })).toHaveValue('Nursery nurse');
  await expect(second.getByRole('checkbox', { name: 'Supervisor' })).toBeChecked();

  // Nothing of it is stored until they have looked at both and save again.
  await page.reload();
  await expect(page.getByRole('main')).toContainText('Midwife, Wakefield');
  await second.getByRole('button', { name: 'Save' }).click();
  await expect(second.getByRole('status')).toHaveText('The changes are saved.');
  await expect(second.getByRole('heading', { level: 1 })).toHaveText('Dr Bronwen Ashgrove');
  await expect(second.getByRole('main')).toContainText('Nursery nurse');
});

test('two windows change one authority: the second is told what changed, and loses nothing', async ({ page, signInAs, anotherWindow }) => {
  await signInAs('coordinator');
  await page.goto('/authorities/wakefield');
  const second = await anotherWindow();
  await second.goto('/authorities/wakefield');

  await page.getByRole('textbox', { name: 'Next step', exact: true }).fill('Ring the family hub');
  await page.getByLabel('Date of the next step').fill('2026-11-05');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toHaveText('Saved.');

  await second.getByRole('textbox', { name: 'Next step', exact: true }).fill('Send the programme');
  await second.getByLabel('Date of the next step').fill('2026-11-19');
  await second.getByRole('button', { name: 'Save' }).click();
  await expect(second.getByRole('alert')).toContainText('the next step is now “Ring the family hub” on 5 November 2026');
  await expect(second.getByRole('textbox', { name: 'Next step', exact: true })).toHaveValue('Send the programme');
  await expect(second.getByLabel('Date of the next step')).toHaveValue('2026-11-19');
});

test('an invitation dies when the address is corrected, also in the hands of somebody who has opened it', async ({ page, signInAs, anotherWindow }) => {
  await signInAs('coordinator');
  await add(page, { given: 'Tamsin', family: 'Yelland', email: 'tamsin.yeland@leeds.example' });
  const record = page.url();
  await page.goto('/demonstration/mail');
  const old = await linkSentTo(page, 'tamsin.yeland@leeds.example', 'Your invitation to Reverie');
  const stranger = await anotherWindow();
  await stranger.goto(old);
  await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('Welcome, Tamsin');

  await page.goto(record);
  await page.getByRole('link', { name: 'Change details' }).click();
  await page.getByRole('textbox', { name: 'Work email address' }).fill('tamsin.yelland@leeds.example');
  await page.getByRole('button', { name: 'Correct the address' }).click();
  await expect(page.getByRole('status')).toContainText('A new invitation is on its way');

  await stranger.getByLabel('Password').fill('gravel linen trellis moat');
  await stranger.getByRole('button', { name: 'Choose this password and come in' }).click();
  await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('This invitation does not work any more');
  await page.goto(record);
  await expect(page.getByRole('region', { name: 'Joining' })).toContainText('Invited');

  await page.goto('/demonstration/mail');
  const link = await linkSentTo(page, 'tamsin.yelland@leeds.example', 'Your invitation to Reverie');
  await forgetSignIn(page);
  expect((await page.goto(old))?.status()).toBe(410);
  expect((await page.goto(link))?.status()).toBe(200);
});

test('the community opens to somebody once the lead of their authority says that they work there; until then all else is open', async ({ page, signInAs }) => {
  const email = 'maeve.lindqvist@bradford.example';
  await signInAs('coordinator');
  await page.goto('/people/new');
  await page.getByRole('textbox', { name: 'First name' }).fill('Maeve');
  await page.getByRole('textbox', { name: 'Family name' }).fill('Lindqvist');
  await page.getByRole('textbox', { name: 'Work email address' }).fill(email);
  await page.getByRole('textbox', { name: 'Profession (optional)' }).fill('Midwife');
  await page.getByRole('combobox', { name: 'Authority' }).selectOption('Bradford');
  const question = page.getByRole('group', { name: 'Has the authority confirmed that they work there?' });
  await expect(question.getByRole('radio', { name: 'Yes, the authority named them' })).toBeChecked();
  await question.getByRole('radio', { name: 'Ask the authority’s lead' }).check();
  await page.getByRole('checkbox', { name: 'Practitioner' }).check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Works there' })).toContainText('Waits for the authority');
  const record = page.url();

  await page.goto('/demonstration/mail');
  const link = await linkSentTo(page, email, 'Your invitation to Reverie');
  await forgetSignIn(page);
  await page.goto(link);
  await page.getByLabel('Password').fill('gravel linen trellis moat');
  await page.getByRole('button', { name: 'Choose this password and come in' }).click();
  await expect(page).toHaveURL('/today');
  const maeve = await page.context().cookies();
  expect((await page.request.get('/community')).status()).toBe(403);
  await page.goto('/community');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The community is not open to you yet');
  await expect(page.getByRole('main')).toContainText('Please ask the lead of your authority');
  expect((await page.goto('/me/registration'))?.status()).toBe(200);

  await signInAs('authority lead');
  await page.goto('/today');
  await page.getByRole('main').getByRole('link', { name: /your authority$/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Who works here?');
  await expect(page.getByRole('listitem').filter({ hasText: 'Maeve Lindqvist' })).toContainText('Midwife. Invited on Thursday 22 October 2026');
  await page.getByRole('button', { name: /^Does not work here.*Maeve Lindqvist$/ }).click();
  await expect(page.getByRole('status')).toContainText('The Centre’s coordinators are told.');
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status')).toContainText('They wait for your word again.');
  await page.getByRole('button', { name: /^Works here.*Maeve Lindqvist$/ }).click();
  await expect(page.getByRole('status')).toContainText('Confirmed.');
  await expect(page.getByRole('button', { name: /^Works here.*Maeve Lindqvist$/ })).toHaveCount(0);

  await forgetSignIn(page);
  await page.context().addCookies(maeve);
  await page.goto('/community');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Community');

  await signInAs('coordinator');
  await page.goto(record);
  await expect(page.getByRole('region', { name: 'Works there' })).toContainText('Confirmed by Colin M., for the authority on Thursday 22 October 2026.');
});

test('an address that somebody has already is refused at its field, and nothing else is lost', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/people/new');
  await page.getByRole('textbox', { name: 'First name' }).fill('Rowan');
  await page.getByRole('textbox', { name: 'Family name' }).fill('Tattersall');
  await page.getByRole('textbox', { name: 'Work email address' }).fill('Practitioner@demonstration.example');
  await page.getByRole('combobox', { name: 'Authority' }).selectOption('Bradford');
  await page.getByRole('checkbox', { name: 'Practitioner' }).check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await page.getByRole('alert').getByRole('link').first().click();
  const email = page.getByRole('textbox', { name: 'Work email address' });
  await expect(email).toBeFocused();
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('textbox', { name: 'First name' })).toHaveValue('Rowan');
  await expect(page.getByRole('checkbox', { name: 'Practitioner' })).toBeChecked();
});

test('a coordinator sets the stage, the owner and the next step of an authority', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/authorities');
  await expect(page.getByText('75 of 75 authorities')).toBeVisible();
  await page.getByRole('link', { name: 'Bradford' }).click();
  await page.getByRole('combobox', { name: 'Owner' }).selectOption('Sian L.');
  await page.getByRole('textbox', { name: 'Next step', exact: true }).fill('Visit the family hub');
  await page.getByRole('button', { name: 'Save' }).click();
  // A step without its date is refused, and stays.
  await page.getByLabel('Date of the next step').fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByRole('textbox', { name: 'Next step', exact: true })).toHaveValue('Visit the family hub');
  await page.getByLabel('Date of the next step').fill('2026-11-12');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toHaveText('Saved.');
  await page.goto('/authorities');
  await expect(page.getByRole('row').filter({ hasText: 'Bradford' })).toContainText('Visit the family hub');

  await signInAs('clinical lead');
  await page.goto('/authorities/bradford');
  await expect(page.getByRole('main')).toContainText('Visit the family hub');
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
});

test('the register is filtered by region, stage and what is overdue, and sorted by its heads', async ({ page, signInAs }) => {
  await signInAs('clinical lead');
  await page.goto('/authorities');
  const filter = page.getByRole('search', { name: 'Filter authorities' });
  const register = page.getByRole('region', { name: 'Register of authorities' });
  const lines = register.getByRole('row').filter({ has: page.getByRole('rowheader') });
  await expect(lines).toHaveCount(75);

  await filter.getByRole('combobox', { name: 'Region' }).selectOption('London');
  await filter.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/\/authorities\?.*region=London/);
  await expect(page.getByText(/^[0-9]{1,2} of 75 authorities/)).toBeVisible();
  const inLondon = await lines.count();
  expect(inLondon).toBeGreaterThan(1);
  await expect(lines.filter({ hasText: 'London' })).toHaveCount(inLondon);
  await expect(page.getByText(`${inLondon} of 75 authorities`)).toBeVisible();

  await register.getByRole('link', { name: 'Stage' }).click();
  await expect(register.getByRole('columnheader', { name: 'Stage' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(lines).toHaveCount(inLondon);

  await filter.getByRole('combobox', { name: 'Next step' }).selectOption('Overdue or missing');
  await filter.getByRole('button', { name: 'Apply' }).click();
  await expect(lines.first()).toContainText(/Overdue|No next step/);
  for (const line of await lines.allInnerTexts()) {
    expect.soft(line).toMatch(/Overdue|No next step/);
  }
  await filter.getByRole('link', { name: 'Clear' }).click();
  await expect(lines).toHaveCount(75);
  await expect(register.getByRole('columnheader', { name: 'Stage' })).toHaveAttribute('aria-sort', 'ascending');
});

test('the map has a shape for each of the 75 authorities that leads to it, and the list says the same as a table', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/authorities');
  const table = page.getByRole('table', { name: 'Authorities, with stage, owner and next step' });
  const inTable = await table.getByRole('rowheader').getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(inTable).toHaveLength(75);

  await page.getByRole('navigation', { name: 'How to show it' }).getByRole('link', { name: 'Map' }).click();
  await expect(page).toHaveURL('/authorities?view=map');
  const shapes = page.getByRole('region', { name: 'Stages by authority' }).getByRole('link');
  await expect(shapes).toHaveCount(75);
  const onMap = await shapes.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect([...onMap].sort()).toEqual([...inTable].sort());
  // Each says in words what its colour says.
  const counts = await page.getByRole('list', { name: 'Key, with how many there are' }).getByRole('listitem').allInnerTexts();
  for (const entry of counts) {
    const [, stage, count] = /^(.*?)\s+(\d+)$/.exec(entry.trim()) ?? [];
    await expect.soft(page.getByRole('link', { name: new RegExp(`: ${stage}$`, 'i') }), entry).toHaveCount(Number(count));
  }
  await shapes.filter({ hasText: 'Bradford' }).click();
  await expect(page).toHaveURL('/authorities/bradford');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bradford');
});

/** Adds a practitioner; the page is their record then. */
async function add(page: Page, somebody: { given: string; family: string; email: string }) {
  await page.goto('/people/new');
  await page.getByRole('textbox', { name: 'First name' }).fill(somebody.given);
  await page.getByRole('textbox', { name: 'Family name' }).fill(somebody.family);
  await page.getByRole('textbox', { name: 'Work email address' }).fill(somebody.email);
  await page.getByRole('combobox', { name: 'Authority' }).selectOption('Bradford');
  await page.getByRole('checkbox', { name: 'Practitioner' }).check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('status')).toHaveText('Added, and the invitation is on its way.');
}
