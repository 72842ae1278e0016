import type { Page } from '@playwright/test';
import { expect, test } from '../test';

test('somebody books the last place at an event, the next one waits, and has the place once it is given back', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/events');
  await page.getByRole('link', { name: 'Still face, fifty years on' }).click();
  const event = page.url();
  await expect(page.getByRole('region', { name: 'Good to know' })).toContainText('1 of 12 places left.');
  await page.getByRole('button', { name: 'I’m coming' }).click();
  await expect(page.getByRole('status')).toContainText('You have a place.');
  await expect(answer(page)).toContainText('You have a place.');
  // The room is hers, and shut until shortly before.
  await expect(page.getByRole('region', { name: 'The room opens at 12:15' })).toBeVisible();

  await signInAs('supervisor');
  await page.goto(event);
  await page.getByRole('button', { name: 'Wait for a place' }).click();
  await expect(page.getByRole('status')).toContainText('you are waiting');
  await expect(answer(page)).toContainText('You are waiting for a place, and are the next to have one.');
  await page.goto('/calendar/agenda/2026-11-03');
  await expect(inCalendar(page)).toContainText('You are waiting');
  // Who comes is for the host alone.
  expect((await page.goto(`${event}/record`))?.status()).toBe(404);

  await signInAs('practitioner');
  await page.goto(event);
  await page.getByRole('button', { name: 'Give my place back' }).click();
  await expect(answer(page)).toContainText('You have said that you are not coming.');
  await page.getByRole('button', { name: 'Take my answer back' }).click();
  await expect(answer(page)).toContainText('Every place is taken.');

  await signInAs('supervisor');
  await page.goto('/calendar/agenda/2026-11-03');
  await expect(inCalendar(page)).not.toContainText('You are waiting');
  await inCalendar(page).click();
  await expect(page).toHaveURL(event);
  await expect(answer(page)).toContainText('You have a place.');
  await page.goto('/demonstration/mail');
  await expect(page.getByRole('main')).toContainText('A place for you at an event on Tuesday 3 November');
});

test('a host deletes a draft, and gives another one to somebody who is free then', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await makeDraft(page, 'A draft that leads nowhere');
  await page.getByText('Delete this draft…').click();
  await page.getByRole('button', { name: 'Delete the draft' }).click();
  await expect(page.getByRole('status')).toContainText('The draft is deleted.');
  await expect(page.getByRole('link', { name: 'A draft that leads nowhere' })).toHaveCount(0);

  await makeDraft(page, 'How a pause begins');
  await page.getByRole('link', { name: 'Give it to another host…' }).click();
  const give = page.getByRole('region', { name: 'Give it to another host' });
  await give.getByRole('button', { name: 'Give it to them' }).click();
  await expect(give).toContainText('Choose who hosts it.');
  await give.getByRole('combobox', { name: 'Who hosts it?' }).selectOption({ index: 1 });
  await give.getByRole('button', { name: 'Give it to them' }).click();
  await expect(page.getByRole('status')).toContainText('It has another host now.');
  // A draft is its host's.
  await expect(page.getByRole('link', { name: 'How a pause begins' })).toHaveCount(0);
});

test('whoever gives a published event to somebody who is not quite free is told so, not what their hours are, and asked why', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await fillIn(page, 'A pause in the evening', '2026-12-10', '20:00');
  await page.getByRole('button', { name: 'See what it will look like' }).click();
  await page.getByRole('radio', { name: 'It is only this once' }).check();
  await page.getByRole('button', { name: 'Publish it' }).click();
  await expect(page.getByRole('status').first()).toContainText('It is published.');

  await page.getByRole('link', { name: 'Give it to another host…' }).click();
  const give = page.getByRole('region', { name: 'Give it to another host' });
  const host = give.getByRole('combobox', { name: 'Who hosts it?' });
  await host.selectOption(await host.locator('option', { hasText: ', with a reason' }).first().getAttribute('value'));
  await give.getByRole('button', { name: 'Give it to them' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose why it is planned all the same.');
  await expect(give).toContainText('This does not quite fit, so it needs a reason');
  await expect(give).toContainText('does not work then (Thursday 10 December, 20:00 to 21:00).');
  await give.getByRole('radio', { name: 'They have agreed to it' }).check();
  await give.getByRole('button', { name: 'Give it to them' }).click();
  await expect(page.getByRole('status')).toContainText('It has another host now.');
});

test('an event is not made at a time at which its host leads a session, and the page leads to that session', async ({ page, signInAs }) => {
  await signInAs('supervisor');
  await fillIn(page, 'A pause in the way', '2026-12-17', '10:30');
  await page.getByRole('button', { name: 'See what it will look like' }).click();
  await expect(page.getByRole('alert')).toContainText('Whoever hosts it has a session at the same time (Thursday 17 December, 10:30 to 11:30). Nothing was saved.');
  await expect(page.getByText('This cannot be planned')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Aire group, Thursday 17 December, 10:00 to 11:30' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('A pause in the way');
  // Close to it, the draft says so, and why it is held then all the same is asked before it is published.
  await page.getByLabel('Begins at').fill('11:35');
  await page.getByRole('button', { name: 'See what it will look like' }).click();
  await expect(page.getByText('This does not quite fit, so it needs a reason')).toBeVisible();
  await page.getByRole('link', { name: 'Aire group, Thursday 17 December, 10:00 to 11:30' }).waitFor();
  await page.getByRole('button', { name: 'Publish it' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose why it is planned all the same.');
  await page.getByText('Delete this draft…').click();
  await page.getByRole('button', { name: 'Delete the draft' }).click();
  await expect(page.getByRole('status')).toContainText('The draft is deleted.');
});

test('somebody who came without a place is put onto the sheet', async ({ page, signInAs }) => {
  await signInAs('clinical lead');
  await page.goto('/events');
  await page.getByRole('link', { name: 'Ghosts and angels in the nursery' }).click();
  await page.getByRole('link', { name: 'Mark who came' }).click();
  const walkIn = page.getByRole('region', { name: 'Somebody came without a place' });
  await walkIn.getByRole('textbox').fill('nobody@demonstration.example');
  await walkIn.getByRole('button', { name: 'Put them onto the sheet' }).click();
  await expect(walkIn).toContainText('Nobody of those whom this event is for signs in with this address.');
  await expect(walkIn.getByRole('textbox')).toHaveValue('nobody@demonstration.example');
  await walkIn.getByRole('textbox').fill('supervisor@demonstration.example');
  await walkIn.getByRole('button', { name: 'Put them onto the sheet' }).click();
  await expect(page.getByRole('status')).toContainText('They are on the sheet, as present, and are written to.');
});

test('the next events stand beside what is new in the community, with one’s own answer, and lead to each', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/community');
  const events = page.getByRole('region', { name: 'Coming events' });
  await expect(events.getByRole('listitem').filter({ hasText: 'Fathers who work nights' })).toContainText('You are waiting');
  await events.getByRole('link', { name: 'Still face, fifty years on' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Still face, fifty years on');
  await page.goto('/community');
  await events.getByRole('link', { name: 'All events' }).click();
  await expect(page).toHaveURL('/events');
});

/** Makes a draft of a webinar for everybody. */
async function makeDraft(page: Page, title: string) {
  await fillIn(page, title, '2026-12-03', '12:30');
  await page.getByRole('button', { name: 'See what it will look like' }).click();
  await expect(page.getByRole('status').first()).toContainText('This is what it will look like.');
}

/** Fills in the form of a webinar for everybody. */
async function fillIn(page: Page, title: string, day: string, time: string) {
  await page.goto('/events/new');
  await page.getByRole('combobox', { name: 'What kind of event is it?' }).selectOption('Webinar');
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.getByRole('textbox', { name: 'What is it about?' }).fill('A pause, and what it says.');
  await page.getByLabel('Day', { exact: true }).fill(day);
  await page.getByLabel('Begins at').fill(time);
  await page.getByRole('combobox', { name: 'For whom is it?' }).selectOption('Ask anything');
  await page.getByRole('textbox', { name: 'Address of the room, online' }).fill('https://rooms.example/pause');
}

function answer(page: Page) {
  return page.getByRole('region', { name: 'Your answer' });
}

function inCalendar(page: Page) {
  return page.getByRole('main').getByRole('link').filter({ hasText: 'Still face, fifty years on' });
}
