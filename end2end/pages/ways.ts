// How to come by an address that has something to fill in.

import type { Page } from '@playwright/test';
import { lettersTo, linkSentTo } from '../messages';
import { codeAt } from '../one-time-code';
import { enterAs, forgetSignIn, type Role } from '../test';

const password = 'gravel linen trellis moat';

/** Signs in as somebody else. A page that is still open would find itself signed out, and say so. */
async function enterInPlace(page: Page, role: Role) {
  await forgetSignIn(page);
  await enterAs(page, role);
}

/** A session of the Aire group, or a page below it. */
export function sessionOn(day: string, part = '') {
  return async (page: Page) => {
    await page.goto('/groups/aire');
    const address = await page.getByRole('link', { name: `Thursday ${day} 2026` }).getAttribute('href');
    return `${address}${part}`;
  };
}

/** The record of somebody, or a page below it. */
export function personCalled(name: string, part = '') {
  return async (page: Page) => {
    await page.goto('/people');
    await page.getByRole('searchbox', { name: 'Name or email address' }).fill(name.split(',')[0] ?? '');
    await page.getByRole('button', { name: 'Apply' }).click();
    const address = await page.getByRole('link', { name, exact: true }).getAttribute('href');
    return `${address}${part}`;
  };
}

/** Somebody of whom their authority has not said yet that they work there. */
export async function personWhoWaitsForTheirAuthority(page: Page) {
  await page.goto('/people?works_there=waits');
  return (await page.getByRole('rowheader').getByRole('link').first().getAttribute('href')) ?? '';
}

/** What the link in a message leads to, once the message was asked for. */
export function letterTo(email: string, form: string, subject: string) {
  return async (page: Page) => {
    await page.goto(form);
    await page.getByRole('textbox', { name: 'Work email' }).fill(email);
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.goto('/demonstration/mail');
    return linkSentTo(page, email, subject);
  };
}

/** A series that nobody but its planner sees yet. */
export async function draftOfASeries(page: Page) {
  await page.goto('/groups/brue/series/new?starts_on=2026-11-10&starts_time=15:00&length_minutes=60&repeats=weeks&every=1&ending=times&times=5');
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await page.waitForURL(/\/series\/\d+$/);
  return `${page.url()}/change`;
}

/** A closure that is entered. */
export async function closureAtChristmas(page: Page) {
  await page.goto('/closures');
  return (await page.getByRole('link', { name: 'Christmas closure' }).last().getAttribute('href')) ?? '';
}

/** What comes after the last session of the first group that runs out. */
export async function groupThatRunsOut(page: Page) {
  await page.goto('/renewals');
  return (await page.getByRole('main').getByRole('list').getByRole('link').first().getAttribute('href')) ?? '';
}

/** The first hours that somebody had elsewhere and logged. */
export async function hoursThatWereLogged(page: Page) {
  await page.goto('/me/hours');
  return (await page.getByRole('link', { name: /^Elsewhere, / }).first().getAttribute('href')) ?? '';
}

/** Themes that were gathered under a title. */
export function gatheredThemeCalled(title: string) {
  return async (page: Page) => {
    await page.goto('/themes');
    return (await page.getByRole('link', { name: title, exact: true }).getAttribute('href')) ?? '';
  };
}

/** One of what a list of the moderators’ holds, in its order. */
export function firstIn(list: string, place: number) {
  return async (page: Page) => {
    await page.goto(list);
    return (await page.getByRole('main').getByRole('listitem').getByRole('link').nth(place).getAttribute('href')) ?? '';
  };
}

/** An event among those that are listed, or a page below it. */
export function eventCalled(title: string, below = '') {
  return async (page: Page) => {
    await page.goto('/events');
    return `${(await page.getByRole('link', { name: title, exact: true }).getAttribute('href')) ?? ''}${below}`;
  };
}

/** One of the entries of somebody’s own log, the latest first. */
export function entryOfOnesLog(place: number) {
  return async (page: Page) => {
    await page.goto('/me/reflections');
    return (await page.getByRole('region', { name: 'Entries' }).getByRole('link').nth(place).getAttribute('href')) ?? '';
  };
}

/** Writing for oneself about the last session of a group. */
export async function writingAboutASession(page: Page) {
  await page.goto('/me/supervision');
  await page.getByRole('region', { name: 'Past sessions' }).getByRole('link').nth(1).click();
  return (await page.getByRole('link', { name: 'Write a few lines for yourself' }).getAttribute('href')) ?? '';
}

/** An entry that somebody has shared with their supervisor. */
export async function entryThatIsShared(page: Page) {
  await page.goto('/me/shared');
  return (await page.getByRole('region', { name: 'Entries' }).getByRole('link').first().getAttribute('href')) ?? '';
}

/** The page that changes what somebody has asked for, who asks for it if they have not. */
export async function entryOfAskingForSupervision(page: Page) {
  await page.goto('/me/waiting');
  const change = page.getByRole('link', { name: 'Change it (Group)', exact: true });
  if ((await change.count()) === 0) {
    await page.getByRole('radio', { name: 'A supervision group', exact: true }).check();
    for (const part of await page.getByRole('checkbox').all()) {
      await part.check();
    }
    await page.getByRole('radio', { name: 'Within 3 months' }).check();
    await page.getByRole('button', { name: 'Put me on the list' }).click();
  }
  return (await change.getAttribute('href')) ?? '';
}

/** A group in which a place is held for somebody. */
export async function groupInWhichPlacesAreHeld(page: Page) {
  await page.goto('/waiting?offer=yes');
  return (await page.getByRole('table').getByRole('link', { name: /group$/ }).first().getAttribute('href')) ?? '';
}

/** Somebody who has no place in the first round, chosen on its board: the first of those who wait. */
export async function somebodyWithoutAPlace(page: Page) {
  await page.goto('/matching/1');
  const waiting = page.getByRole('region', { name: /^Not placed/ }).getByRole('link');
  // Without its place in the page, since the page may be the one that is open.
  return ((await waiting.first().getAttribute('href')) ?? '').replace(/#.*$/, '');
}

/** A member of a group of the first round, chosen on its board. */
export async function somebodyWithAPlace(page: Page) {
  await page.goto('/matching/1');
  return (await page.getByRole('article').first().getByRole('listitem').getByRole('link').first().getAttribute('href')) ?? '';
}

/** Where somebody could go who waits and has no offer. */
export async function somebodyWhoWaits(page: Page) {
  await page.goto('/waiting?offer=no');
  return (await page.getByRole('link', { name: /^Where could they go\?/ }).first().getAttribute('href')) ?? '';
}

/** One's own page of the waiting list, once a coordinator has offered a place. */
export async function placeThatIsHeld(page: Page) {
  await entryOfAskingForSupervision(page);
  if ((await page.getByRole('button', { name: /^Take the place/ }).count()) === 0) {
    await enterInPlace(page, 'coordinator');
    await page.goto('/waiting');
    await page.getByRole('region', { name: 'Groups with a free place' }).getByRole('link', { name: / group$/ }).first().click();
    for (const line of await page.getByRole('region', { name: 'Suitable people on the waiting list' }).locator('summary').all()) {
      await line.click();
    }
    await page.getByRole('button', { name: 'Offer the place to Amina R.' }).click();
    await enterInPlace(page, 'practitioner');
  }
  return '/me/waiting';
}

/** One's own news, once a place was offered. */
export async function newsOfAPlace(page: Page) {
  await placeThatIsHeld(page);
  return '/news';
}

/** What somebody waits for at open clinics, who waits for a place if they do not. */
export async function waitingAtAClinic(page: Page) {
  await page.goto('/clinics');
  const wait = page.getByRole('button', { name: /^Wait for a place/ }).first();
  if (await wait.isVisible()) {
    await wait.click();
    await page.getByRole('status').waitFor();
  }
  return '/clinics/waiting';
}

/** Who has opened one's own records, once a coordinator has. */
export async function recordThatWasOpened(page: Page) {
  await enterInPlace(page, 'coordinator');
  await page.goto(await personCalled('Rahman, Amina', '/registration')(page));
  await enterInPlace(page, 'practitioner');
  return '/me/access';
}

/** An import that waits to be taken: some rows would be added, one changed, and some have to be mended. */
export async function peopleWhoWereBrought(page: Page) {
  // Each time another, since the one before may have been taken.
  const stamp = Date.now();
  const rows = [
    'First name,Family name,Email,Role,Profession,Authority,Hours,Shoe size',
    `Elspeth,Marwood,elspeth.marwood.${stamp}@council.example,,Midwife,Wakefield,"Mon 9-12; Thu 1pm-4pm preferred",5`,
    `Iqbal,Thorne,iqbal.thorne.${stamp}@council.example,,Health visitor,Hull,weekdays 9-11,7`,
    'Amina,Rahman,practitioner@demonstration.example,,Specialist health visitor,,,4',
    `Una,Fairley,una.fairley.${stamp}@council.example,,Nursery nurse,Wakefeild,Tuesday,6`,
    'Una,Fairley,somebody,,Nursery nurse,Wakefield,,6',
  ];
  await page.goto('/people/import');
  await page.getByLabel(/^Excel workbook/).setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) });
  await page.getByRole('button', { name: 'Read the file' }).click();
  await page.waitForURL(/\/people\/import\/.+/);
  return new URL(page.url()).pathname;
}

/** A group of a round that enough people accept. */
export async function groupThatCanBeMade(page: Page) {
  await page.goto('/matching/2/answers');
  return (await page.getByRole('link', { name: /^Make the group/ }).first().getAttribute('href')) ?? '';
}

/** A group that one is asked about, once a coordinator has asked. */
export async function groupThatOneIsAskedAbout(page: Page) {
  const asked = page.getByRole('link', { name: 'Say whether you would take a place' });
  await page.goto('/today');
  if ((await asked.count()) === 0) {
    await enterInPlace(page, 'coordinator');
    await page.goto('/matching/2/ask');
    await page.getByRole('button', { name: /^Ask the people of the chosen groups/ }).click();
    await enterInPlace(page, 'practitioner');
  }
  return (await asked.first().getAttribute('href')) ?? '';
}

/** A poll that is open. */
export async function pollThatIsOpen(page: Page) {
  await page.goto('/polls');
  return (await page.getByRole('link', { name: /open until/ }).first().getAttribute('href')) ?? '';
}

/** The link to a poll that a supervisor has just put to the Aire group, in the message to a member of it. */
export async function linkToAPoll(page: Page) {
  await enterAs(page, 'supervisor');
  await page.goto('/polls/new?group=aire');
  const first = page.getByRole('group', { name: 'Time 1', exact: true });
  await first.getByRole('combobox', { name: 'Day' }).selectOption('Thursday');
  await first.getByLabel('Starts at').fill('10:00');
  await page.getByRole('button', { name: 'Send the links' }).click();
  await page.waitForURL(/\/polls\/[a-z0-9]{8}$/);
  await page.goto('/demonstration/mail');
  const link = await lettersTo(page, 'practitioner@demonstration.example', /^When can you come\?/).first().getByRole('link').getAttribute('href');
  await forgetSignIn(page);
  return link ?? '';
}

/** Makes a link for one's calendar, or another in its place. */
export async function makeCalendarLink(page: Page) {
  await page.getByRole('button', { name: /^Make a (new )?link$/ }).click();
}

/** One's calendar link, which was made before. */
export async function withCalendarLink(page: Page) {
  await page.goto('/me/feeds');
  await makeCalendarLink(page);
  return '/me/feeds';
}

/** What the link in an invitation leads to. */
export async function beInvited(page: Page) {
  return invite(page, 'Practitioner');
}

/** Somebody of a role that needs one-time codes has just chosen a password. */
export async function beSettingUpCodes(page: Page) {
  await page.goto(await invite(page, 'Supervisor'));
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Choose this password and come in' }).click();
  await page.waitForURL('/sign-in/set-up');
  return '/sign-in/set-up';
}

/** The same person comes back later: the password is right, and the code is asked for. */
export async function beHalfWayIn(page: Page, now: string) {
  await beSettingUpCodes(page);
  const key = await page.getByRole('figure').getByText(/^([A-Z2-7]{4} ?){8}$/).innerText();
  await page.getByRole('textbox', { name: '6-digit code' }).fill(codeAt(key, now));
  await page.getByRole('button', { name: 'Confirm and sign in' }).click();
  await page.getByRole('link', { name: 'I have kept them: go on' }).click();
  const email = await addressOfOwn(page);
  await forgetSignIn(page);
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: 'Work email' }).fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('/sign-in/code');
  return '/sign-in/code';
}

let invited = 0;

async function invite(page: Page, role: 'Practitioner' | 'Supervisor') {
  invited += 1;
  const email = `guest.${invited}@bradford.example`;
  await enterAs(page, 'coordinator');
  await page.goto('/people/new');
  await page.getByRole('textbox', { name: 'First name' }).fill('Nadia');
  await page.getByRole('textbox', { name: 'Family name' }).fill('Okonjo');
  await page.getByRole('textbox', { name: 'Work email address' }).fill(email);
  if (role === 'Practitioner') await page.getByRole('combobox', { name: 'Authority' }).selectOption('Bradford');
  await page.getByRole('checkbox', { name: role, exact: true }).check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.goto('/demonstration/mail');
  const link = await linkSentTo(page, email, 'Your invitation to Reverie');
  await forgetSignIn(page);
  return link;
}

async function addressOfOwn(page: Page) {
  await page.goto('/me');
  return page.getByRole('definition').filter({ hasText: '@' }).innerText();
}

/** What only warns is planned with a reason. Whether it warns depends on when the supervisor works. */
export async function saveAllTheSame(page: Page, name: string | RegExp) {
  const save = page.getByRole('button', { name });
  // The question stands on the same page as the button, which may be on its way.
  await save.waitFor();
  const why = page.getByRole('group', { name: /all the same\?$/ });
  if (await why.isVisible()) {
    await why.getByRole('radio', { name: 'Another reason' }).check();
  }
  await save.click();
}

/** A post that somebody has just written, to be changed. */
export async function ownPost(page: Page) {
  await page.goto('/community/new?space=endings');
  await page.getByRole('textbox', { name: 'Title' }).fill('The last visit before a long leave');
  await page.getByRole('textbox', { name: 'Your words' }).fill('How do you say goodbye for a while?');
  await page.getByRole('button', { name: 'Post it' }).click();
  await page.getByRole('heading', { name: 'The last visit before a long leave' }).waitFor();
  return `${new URL(page.url()).pathname}/change/1`;
}

/** What was asked to be opened, by what it is about. */
export function openingOf(subject: RegExp, further = '') {
  return async (page: Page) => {
    await page.goto('/openings');
    return ((await page.getByRole('link', { name: subject }).first().getAttribute('href')) ?? '') + further;
  };
}

/** The note beside the latest entry of one's own CPD log. */
export async function noteInTheLog(page: Page) {
  await page.goto('/me/log?period=everything');
  return (await page.getByRole('link', { name: /^(Add a|Change the) note/ }).first().getAttribute('href')) ?? '';
}

/** A certificate that a practitioner has, as whoever may revoke it finds it. */
export async function certificateToRevoke(page: Page) {
  await enterInPlace(page, 'practitioner');
  const code = (await certificateThatWasIssued(page)).split('/').pop();
  await enterInPlace(page, 'clinical lead');
  return `/certificates?code=${code}`;
}

/** The first certificate that was issued. */
export async function certificateThatWasIssued(page: Page) {
  await page.goto('/me/certificates');
  return (await page.getByRole('link', { name: /^Learning page: / }).first().getAttribute('href')) ?? '';
}
