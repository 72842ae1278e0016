import type { Page } from '@playwright/test';
import { expect, test } from '../test';

test('a coordinator moves somebody by hand, looks why they have no place, takes it back, pins them, and runs the round again', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/matching/1');
  const byHand = page.getByRole('region', { name: 'Changed by hand' });
  const score = await figure(page, 'Score');

  const member = page.getByRole('article').first().getByRole('list').getByRole('link').first();
  const name = await member.innerText();
  await member.click();
  await expect(page.getByRole('region', { name: new RegExp(`^Why ${name} is in Group`) })).toBeVisible();
  const where = page.getByRole('region', { name: `Where else could ${name} go?` });
  await expect(where).toBeVisible();
  await page.waitForLoadState();
  const back = where.getByRole('button', { name: `Move ${name}: back to the list` });
  if (await back.isVisible()) {
    await back.click();
  } else {
    // The group would be too small without them.
    await where.getByRole('combobox', { name: 'Where to' }).selectOption('list');
    await where.getByRole('button', { name: 'Move all the same' }).click();
    await expect(page.getByRole('alert')).toContainText('Say why the rule is broken.');
    await where.getByRole('combobox', { name: 'Where to' }).selectOption('list');
    await where.getByRole('textbox', { name: 'Why is the rule broken?' }).fill('They asked to wait');
    await where.getByRole('button', { name: 'Move all the same' }).click();
  }
  await expect(page.getByRole('status')).toContainText('Moved. Nobody is told anything of it.');
  await expect(byHand).toContainText('1 move by hand, 0 pins.');
  expect(await figure(page, 'Score')).not.toEqual(score);
  await expect(page.getByRole('region', { name: 'Record' })).toContainText(`${name} back to the list`);

  // Whoever has no place is told the nearest way to one, and is moved with one press.
  await page.getByRole('region', { name: /^Not placed/ }).getByRole('link', { name, exact: true }).first().click();
  await expect(page.getByRole('region', { name: `Why ${name} has no place` })).toContainText(/(Group \d+|A new group), .* week, with /);
  await expect(page.getByRole('region', { name: `Where could ${name} go?` }).getByRole('button', { name: /^Move/ }).first()).toBeVisible();

  await byHand.getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByRole('status')).toContainText('The last change is taken back.');
  expect(await figure(page, 'Score')).toEqual(score);

  // Whoever is pinned stays when it is run again.
  await page.getByRole('article').getByRole('link', { name, exact: true }).first().click();
  await page.getByRole('button', { name: 'Pin here' }).click();
  await expect(byHand).toContainText('0 moves by hand, 1 pin.');
  await byHand.getByRole('link', { name: 'Run again…' }).click();
  await expect(page.getByRole('radio', { name: /^Keep everybody where they are/ })).toBeChecked();
  await page.getByRole('radio', { name: /^Only who is pinned stays/ }).check();
  // A slider is moved by keys, and says what its steps are.
  await page.getByText('How much everything counts').click();
  const first = page.getByRole('switch', { name: 'Weakest group first' });
  await expect(first).not.toBeChecked();
  await first.check();
  const slider = page.getByRole('slider', { name: 'A preferred time' });
  await expect(slider).toHaveAccessibleDescription(/As usual 60/);
  await slider.press('ArrowRight');
  // Criterion by criterion a group is alike, mixed, or neither.
  const authority = page.getByRole('combobox', { name: 'Local authority' });
  await expect(authority).toHaveValue('mixed');
  await authority.selectOption({ label: 'Alike' });
  await page.getByRole('combobox', { name: 'Profession' }).selectOption({ label: 'Mixed' });
  await page.getByRole('combobox', { name: 'Setting', exact: true }).selectOption({ label: 'Alike' });
  await page.getByRole('button', { name: 'Run it again' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Newcomers, run 2');
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Against the board from which it was run')).toBeVisible();
  }).toPass({ timeout: 60_000 });
  await expect(page.getByText('One person was pinned and stays.')).toBeVisible();
  await expect(page.getByText(/^The weakest group went first[:,] .* (was|were) given for it\.$/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Record' })).toContainText(/Weakest group first\s*Yes/);
  await expect(page.getByRole('link', { name: 'Newcomers', exact: true })).toHaveAttribute('href', '/matching/1');
  await page.getByRole('link', { name: 'Rules and weights' }).click();
  await expect(page.getByRole('row', { name: /^A preferred time/ })).toHaveText(/120\s*Twice/);
  const soft = page.getByRole('region', { name: 'How much everything else counts' });
  await expect(soft).toContainText('The weakest group: at most 20 of each 1,000 points are given so that it fits better');
  await expect(soft).toContainText(/Local authority\s*Alike.*Profession\s*Mixed.*Language\s*Does not matter.*Setting\s*Alike/s);
});

test('a coordinator takes somebody into a round that is run again, who could not take part in it then and can now', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/matching/1');
  const blocked = page.getByRole('region', { name: 'Practitioners who cannot be placed' });
  await blocked.getByText('Show them').click();
  const suspended = blocked.getByRole('listitem').filter({ hasText: 'Is suspended.' }).getByRole('link').first();
  const name = await suspended.innerText();
  const registration = (await suspended.getAttribute('href')) ?? '';
  await suspended.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Registration of ${name}`);
  await page.goto(registration.replace(/\/registration$/, ''));
  await page.getByRole('button', { name: 'Lift the suspension' }).click();
  await expect(page.getByRole('status')).toHaveText('The suspension is lifted.');

  await page.goto('/matching/1/again');
  const whoElse = page.getByRole('group', { name: 'Who else takes part?' });
  await expect(whoElse).toContainText(name);
  const takeThemIn = whoElse.getByRole('checkbox', { name: 'Take them in' });
  await expect(takeThemIn).not.toBeChecked();
  await takeThemIn.check();
  await page.getByRole('button', { name: 'Run it again' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Newcomers, run \d+$/);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Whoever had a place there was kept in it.')).toBeVisible();
    await expect(page.getByRole('region', { name: /^Not placed/ })).toBeVisible();
  }).toPass({ timeout: 60_000 });
  // They stand in a group or are told what is in the way, and are no longer among those who cannot be placed.
  const code = registration.split('/').at(-2) ?? '';
  await expect(page.getByRole('main').locator(`a[href*="person=${code}"]`).first()).toBeVisible();
  await blocked.getByText('Show them').click();
  await expect(blocked.getByRole('listitem').first()).toBeVisible();
  await expect(blocked.locator(`a[href="${registration}"]`)).toHaveCount(0);
});

test('a coordinator leaves the place beside a supervisor empty, reads why others cannot have it, and takes that back', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/matching/1');
  await expect(page.getByRole('region', { name: 'Record' })).toContainText('a co-supervisor and an observer');
  const card = page.getByRole('article').filter({ hasText: /Co-supervisor: (?!nobody)/ }).first();
  await card.getByRole('heading').getByRole('link').click();
  const beside = page.getByRole('region', { name: 'Beside its supervisor' });
  await expect(beside).toContainText('Free then, and in this work.');
  await beside.getByText(/^Who cannot be a co-supervisor, and why/).click();
  await expect(beside).toContainText('Leads this group.');
  await page.waitForLoadState();
  await beside.getByRole('combobox', { name: 'Co-supervisor' }).selectOption({ label: 'Nobody' });
  await beside.getByRole('button', { name: 'Change the co-supervisor' }).click();
  await expect(page.getByRole('status')).toContainText('It is changed. Nobody is told anything of it.');
  await expect(beside).toContainText('Left empty by hand.');
  await page.getByRole('region', { name: 'Changed by hand' }).getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByRole('status')).toContainText('The last change is taken back.');
});

test('a coordinator looks what a round would give if everybody were free in the evening, and deletes that again', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/matching/1');
  const whatIf = page.getByRole('region', { name: 'What if?' });
  await whatIf.getByText('Suppose something').click();
  await whatIf.getByRole('button', { name: 'See what it would give' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose what is supposed.');
  await whatIf.getByText('Suppose something').click();
  await whatIf.getByRole('radio', { name: /^Everybody could come from 17:00/ }).check();
  await whatIf.getByRole('button', { name: 'See what it would give' }).click();
  await expect(page.getByRole('status')).toContainText('The engine takes it up in a few seconds.');
  await expect(async () => {
    await page.reload();
    await expect(whatIf).toContainText('of the round would gain a place');
  }).toPass({ timeout: 60_000 });
  await whatIf.getByRole('button', { name: /^Delete.*Evenings/ }).click();
  await expect(page.getByRole('status')).toHaveText('It is deleted.');
  await expect(whatIf).not.toContainText('Evenings from 17:00');
  await page.goto('/matching');
  await expect(page.getByRole('region', { name: 'Rounds' }).getByRole('link', { name: /^Newcomers/ }).last()).toHaveAttribute('href', '/matching/1');
});

test('a coordinator asks for a weekly round, and the group that comes of it is asked about, made and published for every week', async ({ page, signInAs }) => {
  test.slow();
  // The group is formed of the two who can sign in here, far from the days on which others look at their calendars.
  await signInAs('supervisor');
  await page.goto('/me/offering');
  await page.getByRole('checkbox', { name: 'Triple P or Baby Triple P' }).check();
  await page.getByRole('spinbutton', { name: 'How many new groups could you take on?' }).fill('2');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toHaveText('Thank you. It is used when groups are next formed.');
  await signInAs('practitioner');
  await page.goto('/me/registration');
  await page.getByRole('link', { name: 'Change (Your level)' }).click();
  await page.getByRole('radio', { name: /^Level 3/ }).check();
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.getByRole('button', { name: /right$/ }).click();

  await signInAs('coordinator');
  await page.goto('/matching/new?place=bradford&also_placed=yes&starts_on=2027-04-05&ends_on=2027-06-27');
  await expect(page.getByRole('radio', { name: 'Every fortnight' })).toBeChecked();
  await page.getByRole('radio', { name: 'Every week' }).check();
  await page.getByRole('button', { name: 'See who would take part' }).click();
  await expect(page.getByRole('radio', { name: 'Every week' })).toBeChecked();
  await page.getByRole('textbox', { name: /^What is it called/ }).fill('Weekly starters');
  await page.getByText('Rules', { exact: true }).click();
  await page.getByRole('switch', { name: 'At least three people in a group' }).uncheck();
  await page.getByRole('textbox', { name: 'Why is a rule turned off?' }).fill('Others join later');
  await page.getByRole('button', { name: 'Start the round' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Weekly starters');
  await expect(page.getByText('Groups would meet every week from')).toBeVisible();
  const record = page.getByRole('region', { name: 'Record' });
  await expect(record).toContainText(/Groups meet\s*Every week/);
  const round = new URL(page.url()).pathname;
  const group = page.getByRole('article').filter({ hasText: 'Ruth A. leads.' }).filter({ hasText: 'Amina R.' });
  await expect(async () => {
    await page.reload();
    await expect(group).toBeVisible();
  }).toPass({ timeout: 60_000 });
  await expect(group).toContainText(', every week');

  // Whoever cannot answer here is taken out again.
  await group.getByRole('link', { name: 'Adebayo E.', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Time in common' })).toContainText('3 people, every week.');
  const where = page.getByRole('region', { name: 'Where else could Adebayo E. go?' });
  await where.getByRole('combobox', { name: 'Where to' }).selectOption('list');
  await where.getByRole('textbox', { name: 'Why is the rule broken?' }).fill('Asks to wait');
  await where.getByRole('button', { name: 'Move all the same' }).click();
  await expect(page.getByRole('status')).toContainText('Moved.');

  await page.goto(`${round}/ask`);
  const asked = page.getByRole('region', { name: /^Group \d+$/ });
  await expect(asked.filter({ hasText: 'Ruth A.' })).toContainText(everyWeek);
  for (const other of await asked.filter({ hasNotText: 'Ruth A.' }).getByRole('checkbox').all()) {
    await other.uncheck();
  }
  await page.getByRole('button', { name: /^Ask the people of the chosen groups/ }).click();
  await expect(page.getByRole('status')).toContainText('2 people are asked');

  await signInAs('practitioner');
  await openWeekly(page, 'Say whether you would take a place');
  await page.getByRole('button', { name: 'Accept the place' }).click();
  await signInAs('supervisor');
  await openWeekly(page, 'Say whether you would lead a group');
  await page.getByRole('button', { name: 'I would lead it' }).click();

  await signInAs('coordinator');
  await page.goto(`${round}/answers`);
  await page.getByRole('link', { name: /^Make the group/ }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Washburn starters');
  await page.getByRole('textbox', { name: 'Address of the room' }).fill('https://rooms.example/washburn-starters');
  await page.getByRole('button', { name: 'Make the group and tell everybody' }).click();
  await expect(page).toHaveURL('/groups/washburn-starters');

  for (const role of ['practitioner', 'supervisor'] as const) {
    await signInAs(role);
    await page.goto('/groups/washburn-starters/agreement');
    await page.getByRole('checkbox', { name: 'I have read this agreement, and I agree to it' }).check();
    await page.getByRole('button', { name: 'I agree' }).click();
    await expect(page.getByRole('status')).toContainText('Thank you.');
  }
  // It is published by itself within a minute. Whoever does not wait for that presses.
  await page.goto('/groups/washburn-starters/series/1');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(everyWeek);
  const publish = page.getByRole('button', { name: 'Publish' });
  if (await publish.isVisible()) {
    await publish.click();
  }
  await page.goto('/groups/washburn-starters');
  await expect(page.getByRole('region', { name: 'Series' })).toContainText(everyWeek);
  await expect(page.getByRole('region', { name: 'Coming sessions' })).toContainText('Session 1 of 12');
});

/** "Every Friday, 14:00 to 15:30", and not every second one. */
const everyWeek = /Every \w+day, \d\d:\d\d to \d\d:\d\d/;

/** Opens what somebody is asked about a weekly group; they may be asked about others too, and the last of much that waits is folded away. */
async function openWeekly(page: Page, name: string) {
  await page.goto('/today');
  const links = await page.getByRole('main').locator('a', { hasText: name }).all();
  const questions = await Promise.all(links.map((link) => link.getAttribute('href')));
  for (const question of questions) {
    await page.goto(question ?? '/today');
    if (await page.getByRole('heading', { level: 2, name: everyWeek }).isVisible()) {
      return;
    }
  }
  throw new Error('Nothing is asked about a weekly group.');
}

async function figure(page: Page, name: string) {
  return page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd[1]').innerText();
}
