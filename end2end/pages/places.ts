// Every address of the product, and who goes there. A test holds this list against `app/src/paths.rs`.

import type { Page } from '@playwright/test';
import {
  beHalfWayIn,
  beInvited,
  beSettingUpCodes,
  certificateThatWasIssued,
  certificateToRevoke,
  closureAtChristmas,
  draftOfASeries,
  entryOfAskingForSupervision,
  entryOfOnesLog,
  entryThatIsShared,
  firstIn,
  eventCalled,
  gatheredThemeCalled,
  groupInWhichPlacesAreHeld,
  groupThatCanBeMade,
  groupThatOneIsAskedAbout,
  groupThatRunsOut,
  hoursThatWereLogged,
  letterTo,
  linkToAPoll,
  ownPost,
  makeCalendarLink,
  newsOfAPlace,
  noteInTheLog,
  openingOf,
  placeThatIsHeld,
  recordThatWasOpened,
  peopleWhoWereBrought,
  personCalled,
  personWhoWaitsForTheirAuthority,
  pollThatIsOpen,
  sessionOn,
  somebodyWhoWaits,
  somebodyWithAPlace,
  somebodyWithoutAPlace,
  waitingAtAClinic,
  withCalendarLink,
  writingAboutASession,
} from './ways';
import type { Role } from '../test';

export type Place = {
  /** What is there. */
  what: string;
  /** The address as `paths.rs` has it. */
  pattern: string;
  /** Who goes there: everybody who sees another page than the others. Nobody is somebody who has not signed in. */
  as: readonly (Role | 'nobody')[];
  /** The address, or how to come by it, where it has something to fill in. */
  find?: string | ((page: Page, now: string) => Promise<string>);
  /** What is done there before the page is looked at. */
  then?: (page: Page) => Promise<void>;
  /** The page holds words about people or their practice, so it must say who can see them. */
  hasAudience?: true;
  /** What the page answers with, where it is not found or refused. */
  status?: number;
};

const inGroups = ['practitioner', 'supervisor'] as const;
const atTheCentre = ['coordinator', 'clinical lead'] as const;
// An authority lead stands for a Department viewer and an evaluator too: the three see the same; a safeguarding lead sees the holds beside it.
const everybody: Role[] = [...inGroups, ...atTheCentre, 'authority lead', 'administrator'];

const comingIn: Place[] = [
  { what: 'the front page', pattern: '/', as: ['nobody'] },
  { what: 'signing in', pattern: '/sign-in', as: ['nobody'] },
  { what: 'signing in that was refused', pattern: '/sign-in', as: ['nobody'], then: press('Sign in') },
  { what: 'an invitation', pattern: '/sign-in/invitation/{token}', as: ['nobody'], find: beInvited },
  {
    what: 'a password that was refused',
    pattern: '/sign-in/invitation/{token}',
    as: ['nobody'],
    find: beInvited,
    then: press('Choose this password and come in'),
  },
  { what: 'an invitation that is over', pattern: '/sign-in/invitation/{token}', as: ['nobody'], find: '/sign-in/invitation/over', status: 410 },
  { what: 'setting up one-time codes', pattern: '/sign-in/set-up', as: ['nobody'], find: beSettingUpCodes },
  { what: 'the second step', pattern: '/sign-in/code', as: ['nobody'], find: beHalfWayIn },
  { what: 'a recovery code', pattern: '/sign-in/code', as: ['nobody'], find: '/sign-in/code?with=recovery' },
  { what: 'a forgotten password', pattern: '/sign-in/forgotten', as: ['nobody'] },
  {
    what: 'a new password',
    pattern: '/sign-in/reset/{token}',
    as: ['nobody'],
    find: letterTo('practitioner@demonstration.example', '/sign-in/forgotten', 'A new password for Reverie'),
  },
  { what: 'a new password whose link is over', pattern: '/sign-in/reset/{token}', as: ['nobody'], find: '/sign-in/reset/over', status: 410 },
  { what: 'asking for a link', pattern: '/sign-in/link', as: ['nobody'] },
  {
    what: 'a link to sign in with',
    pattern: '/sign-in/link/{token}',
    as: ['nobody'],
    find: letterTo('practitioner@demonstration.example', '/sign-in/link', 'Your link to sign in to Reverie'),
  },
  { what: 'a link that is over', pattern: '/sign-in/link/{token}', as: ['nobody'], find: '/sign-in/link/over', status: 410 },
  { what: 'signing out', pattern: '/sign-out', as: ['practitioner'] },
];

const forTheWorld: Place[] = [
  { what: 'how an authority joins', pattern: '/join', as: ['nobody'] },
  { what: 'the accessibility statement', pattern: '/accessibility', as: ['nobody'] },
  { what: 'what is stored and why', pattern: '/privacy', as: ['nobody'] },
  { what: 'help', pattern: '/help', as: ['nobody', 'supervisor'] },
  { what: 'who sees what', pattern: '/help/who-sees-what', as: ['nobody', 'practitioner'] },
  { what: 'the messages of a demonstration', pattern: '/demonstration/mail', as: ['nobody'] },
  { what: 'a page that is not there', pattern: '/nowhere', as: ['nobody', 'practitioner'], status: 404 },
];

const ones: Place[] = [
  { what: 'Today', pattern: '/today', as: everybody, hasAudience: true },
  { what: 'the menu', pattern: '/menu', as: ['practitioner', 'supervisor', 'coordinator'] },
  { what: 'news of which there are none', pattern: '/news', as: ['authority lead'], hasAudience: true },
  { what: 'one’s news', pattern: '/news', as: ['practitioner'], find: newsOfAPlace, hasAudience: true },
  { what: 'searching', pattern: '/search', as: ['practitioner'], hasAudience: true },
  { what: 'what was found', pattern: '/search', as: [...inGroups, 'coordinator'], then: search('aire'), hasAudience: true },
  { what: 'posts that were found by another word', pattern: '/search', as: ['practitioner'], then: search('attunment'), hasAudience: true },
  { what: 'searching in a space', pattern: '/search', as: ['supervisor'], find: '/search?space=endings', hasAudience: true },
  { what: 'nothing found', pattern: '/search', as: ['administrator'], then: search('nowhere at all'), hasAudience: true },
  { what: 'one’s own supervision', pattern: '/me/supervision', as: inGroups, hasAudience: true },
  { what: 'one’s own hours', pattern: '/me/hours', as: inGroups, hasAudience: true },
  { what: 'one’s own hours of this month', pattern: '/me/hours', as: ['practitioner'], find: '/me/hours?period=month', hasAudience: true },
  { what: 'one’s own hours as they are printed', pattern: '/me/hours', as: ['practitioner'], find: '/me/hours?print', hasAudience: true },
  { what: 'logging hours', pattern: '/me/hours/new', as: ['practitioner'], hasAudience: true },
  { what: 'hours that were refused', pattern: '/me/hours/new', as: ['practitioner'], then: press('Log these hours'), hasAudience: true },
  { what: 'changing hours', pattern: '/me/hours/{code}', as: ['practitioner'], find: hoursThatWereLogged, hasAudience: true },
  { what: 'one’s reflective log', pattern: '/me/reflections', as: inGroups, hasAudience: true },
  { what: 'writing for oneself', pattern: '/me/reflections/new', as: ['practitioner'], hasAudience: true },
  { what: 'writing about a session', pattern: '/me/reflections/new?session={session}', as: ['practitioner'], find: writingAboutASession, hasAudience: true },
  { what: 'writing nothing for oneself', pattern: '/me/reflections/new', as: ['supervisor'], then: press('Keep it'), hasAudience: true },
  { what: 'an entry of one’s log', pattern: '/me/reflections/{code}', as: ['practitioner'], find: entryOfOnesLog(0), hasAudience: true },
  { what: 'an entry that one has shared', pattern: '/me/reflections/{code}', as: ['practitioner'], find: entryOfOnesLog(1), hasAudience: true },
  { what: 'what is shared with a supervisor', pattern: '/me/shared', as: ['supervisor'], hasAudience: true },
  { what: 'an entry that is shared with a supervisor', pattern: '/me/shared/{code}', as: ['supervisor'], find: entryThatIsShared, hasAudience: true },
  { what: 'learning', pattern: '/learning', as: [...inGroups, ...atTheCentre], hasAudience: true },
  { what: 'a learning page', pattern: '/learning/{slug}', as: ['practitioner'], find: '/learning/noticing', hasAudience: true },
  { what: 'answers that were refused', pattern: '/learning/{slug}', as: ['supervisor'], find: '/learning/writing-without-identifying', then: press('Check my answers'), hasAudience: true },
  { what: 'a learning page that is finished', pattern: '/learning/{slug}', as: ['practitioner'], find: '/learning/what-supervision-is-for', hasAudience: true },
  { what: 'one’s own CPD log', pattern: '/me/log', as: ['practitioner', 'clinical lead'], hasAudience: true },
  { what: 'one’s own CPD log as the BACP counts', pattern: '/me/log', as: ['supervisor'], find: '/me/log?period=everything&body=bacp', hasAudience: true },
  { what: 'a note in the CPD log', pattern: '/me/log/{entry}', as: ['practitioner'], find: noteInTheLog, hasAudience: true },
  { what: 'one’s own certificates', pattern: '/me/certificates', as: ['practitioner', 'clinical lead'], hasAudience: true },
  { what: 'a certificate', pattern: '/verify/{code}', as: ['practitioner'], find: certificateThatWasIssued, hasAudience: true },
  { what: 'a certificate that is not there', pattern: '/verify/{code}', as: ['nobody'], find: '/verify/nowhere', status: 404 },
  { what: 'revoking a certificate', pattern: '/certificates', as: ['clinical lead'], hasAudience: true },
  { what: 'a certificate that was found', pattern: '/certificates?code={code}', as: ['clinical lead'], find: certificateToRevoke, hasAudience: true },
  { what: 'the library', pattern: '/library', as: ['practitioner', 'clinical lead'] },
  { what: 'an empty list of one’s own', pattern: '/library', as: ['supervisor'], find: '/library?only=saved' },
  { what: 'items of which there are none', pattern: '/library', as: ['practitioner'], find: '/library?words=nowhere' },
  { what: 'an item of the library', pattern: '/library/{slug}', as: ['practitioner', 'clinical lead'], find: '/library/ghosts-in-the-nursery', hasAudience: true },
  { what: 'a new item of the library', pattern: '/library/new', as: ['coordinator'], hasAudience: true },
  { what: 'a new item that was refused', pattern: '/library/new', as: ['coordinator'], then: press('Add it to the library'), hasAudience: true },
  { what: 'changing an item', pattern: '/library/{slug}/change', as: ['clinical lead'], find: '/library/still-face/change', hasAudience: true },
  { what: 'a reading list', pattern: '/reading-lists/{slug}', as: ['supervisor', 'coordinator'], find: '/reading-lists/first-steps' },
  { what: 'a new reading list', pattern: '/reading-lists/new', as: ['coordinator'], hasAudience: true },
  { what: 'changing a reading list', pattern: '/reading-lists/{slug}/change', as: ['clinical lead'], find: '/reading-lists/first-steps/change', hasAudience: true },
  { what: 'one’s own account', pattern: '/me', as: ['practitioner', 'coordinator'], hasAudience: true },
  { what: 'a calendar link that is not made yet', pattern: '/me/feeds', as: ['practitioner', 'coordinator'], hasAudience: true },
  { what: 'a calendar link that is shown once', pattern: '/me/feeds', as: ['supervisor'], then: makeCalendarLink, hasAudience: true },
  { what: 'a calendar link', pattern: '/me/feeds', as: ['clinical lead'], find: withCalendarLink, hasAudience: true },
  { what: 'who has opened one’s records, while nobody has', pattern: '/me/access', as: ['evaluator'], hasAudience: true },
  { what: 'who has opened one’s records', pattern: '/me/access', as: ['practitioner'], find: recordThatWasOpened, hasAudience: true },
  { what: 'what is held about one', pattern: '/me/data', as: ['practitioner', 'supervisor', 'administrator'], hasAudience: true },
  { what: 'light or dark', pattern: '/me/appearance', as: ['nobody', 'practitioner'] },
  { what: 'one’s reminders', pattern: '/me/notifications', as: ['practitioner'], hasAudience: true },
  { what: 'one’s devices', pattern: '/me/devices', as: ['practitioner'], hasAudience: true },
  { what: 'another password', pattern: '/me/password', as: ['practitioner'] },
  { what: 'another password that was refused', pattern: '/me/password', as: ['practitioner'], then: press('Change password') },
  { what: 'one-time codes of a role that may do without', pattern: '/me/one-time-code', as: ['practitioner'], hasAudience: true },
  { what: 'one-time codes', pattern: '/me/one-time-code', as: ['supervisor'], hasAudience: true },
];

const calendar: Place[] = [
  { what: 'the calendar', pattern: '/calendar', as: ['practitioner'] },
  { what: 'a month', pattern: '/calendar/month/{month}', as: inGroups, find: '/calendar/month/2026-10', hasAudience: true },
  { what: 'a week', pattern: '/calendar/week/{monday}', as: inGroups, find: '/calendar/week/2026-10-19', hasAudience: true },
  { what: 'a week without sessions', pattern: '/calendar/week/{monday}', as: ['coordinator'], find: '/calendar/week/2026-10-19', hasAudience: true },
  { what: 'a week with a closure', pattern: '/calendar/week/{monday}', as: ['practitioner'], find: '/calendar/week/2026-12-28', hasAudience: true },
  { what: 'a day', pattern: '/calendar/day/{date}', as: ['supervisor'], find: '/calendar/day/2026-10-22', hasAudience: true },
  { what: 'which group a session is planned for', pattern: '/calendar/plan', as: ['supervisor', 'coordinator'], find: '/calendar/plan?day=2026-10-29&from=14:00&length=60', hasAudience: true },
  { what: 'a week for paper', pattern: '/calendar/week/{monday}', as: ['supervisor'], find: '/calendar/week/2026-10-19?print', hasAudience: true },
  { what: 'the agenda', pattern: '/calendar/agenda/{from}', as: inGroups, find: '/calendar/agenda/2026-10-22', hasAudience: true },
];

const board: Place[] = [
  { what: 'the board, which opens at this week', pattern: '/board', as: ['coordinator'], hasAudience: true },
  { what: 'a week of the board', pattern: '/board/{monday}', as: atTheCentre, find: '/board/2026-10-19', hasAudience: true },
  { what: 'a week of the board without sessions', pattern: '/board/{monday}', as: ['coordinator'], find: '/board/2026-12-28?kind=vig', hasAudience: true },
];

const groups: Place[] = [
  { what: 'the groups', pattern: '/groups', as: [...inGroups, 'coordinator'], hasAudience: true },
  { what: 'groups of which there are none', pattern: '/groups', as: ['clinical lead'], find: '/groups?name=nowhere', hasAudience: true },
  { what: 'a group', pattern: '/groups/{slug}', as: [...inGroups, ...atTheCentre], find: '/groups/aire', hasAudience: true },
  { what: 'a new group', pattern: '/groups/new', as: ['coordinator'], hasAudience: true },
  { what: 'a new group that was refused', pattern: '/groups/new', as: ['coordinator'], then: press('Make the group'), hasAudience: true },
  { what: 'changing a group', pattern: '/groups/{slug}/change', as: ['coordinator'], find: '/groups/aire/change', hasAudience: true },
  { what: 'the members of a group', pattern: '/groups/{slug}/members', as: ['coordinator'], find: '/groups/aire/members', hasAudience: true },
  { what: 'ending a group', pattern: '/groups/{slug}/end', as: ['coordinator'], find: '/groups/aire/end', hasAudience: true },
  { what: 'what was agreed at the sessions of a group', pattern: '/groups/{slug}/actions', as: inGroups, find: '/groups/aire/actions', hasAudience: true },
  { what: 'an agreement', pattern: '/groups/{slug}/agreement', as: [...inGroups, 'clinical lead'], find: '/groups/aire/agreement', hasAudience: true },
  { what: 'a version of an agreement', pattern: '/groups/{slug}/agreement/v{version}', as: ['practitioner'], find: '/groups/aire/agreement/v1', hasAudience: true },
  { what: 'an agreement as it is printed', pattern: '/groups/{slug}/agreement', as: ['practitioner'], find: '/groups/aire/agreement?print', hasAudience: true },
  { what: 'proposing a text', pattern: '/groups/{slug}/agreement/propose', as: ['supervisor'], find: '/groups/cober/agreement/propose', hasAudience: true },
  { what: 'a new series', pattern: '/groups/{slug}/series/new', as: ['supervisor'], find: '/groups/cober/series/new', hasAudience: true },
  {
    what: 'the dates of a new series',
    pattern: '/groups/{slug}/series/new',
    as: ['coordinator'],
    find: '/groups/cober/series/new?starts_on=2026-12-10&starts_time=15:00&length_minutes=60&repeats=weeks&every=1&ending=times&times=6',
    hasAudience: true,
  },
  {
    what: 'a new series that was refused',
    pattern: '/groups/{slug}/series/new',
    as: ['supervisor'],
    find: '/groups/cober/series/new?starts_on=2027-03-28&starts_time=01:30&length_minutes=0&repeats=weeks&every=1&ending=until',
    hasAudience: true,
    status: 422,
  },
  { what: 'the drafts', pattern: '/drafts', as: ['supervisor', 'coordinator'], hasAudience: true },
  { what: 'what publishing drafts together does', pattern: '/drafts', as: ['coordinator'], then: chooseEveryDraft, hasAudience: true },
  { what: 'what comes after a group’s last session', pattern: '/groups/{slug}/renewal', as: ['coordinator'], find: groupThatRunsOut, hasAudience: true },
  {
    what: 'a decision that was refused',
    pattern: '/groups/{slug}/renewal',
    as: ['coordinator'],
    find: groupThatRunsOut,
    then: press('Save decision'),
    hasAudience: true,
  },
  { what: 'a series', pattern: '/groups/{slug}/series/{number}', as: ['practitioner', 'coordinator'], find: '/groups/aire/series/1', hasAudience: true },
  { what: 'changing a series', pattern: '/groups/{slug}/series/{number}/change', as: ['coordinator'], find: draftOfASeries, hasAudience: true },
];

const sessions: Place[] = [
  { what: 'a session that is open', pattern: '/sessions/{code}', as: [...inGroups, 'coordinator'], find: sessionOn('22 October'), hasAudience: true },
  { what: 'a session to come', pattern: '/sessions/{code}', as: ['practitioner'], find: sessionOn('29 October'), hasAudience: true },
  { what: 'a session that is over', pattern: '/sessions/{code}', as: [...inGroups, 'coordinator'], find: sessionOn('8 October'), hasAudience: true },
  { what: 'the session of a group on a day', pattern: '/groups/{slug}/{day}', as: ['practitioner'], find: '/groups/aire/2026-10-29', hasAudience: true },
  { what: 'sending apologies', pattern: '/sessions/{code}/apologies', as: ['practitioner'], find: sessionOn('29 October', '/apologies'), hasAudience: true },
  { what: 'the door of a room that is not open', pattern: '/sessions/{code}/join', as: ['practitioner'], find: sessionOn('29 October', '/join'), status: 409 },
  { what: 'what happened to a session', pattern: '/sessions/{code}/history', as: [...inGroups, 'coordinator'], find: sessionOn('8 October', '/history'), hasAudience: true },
  { what: 'an attendance to mark', pattern: '/sessions/{code}/record', as: ['supervisor'], find: sessionOn('15 October', '/record'), hasAudience: true },
  {
    what: 'an attendance that was refused',
    pattern: '/sessions/{code}/record',
    as: ['supervisor'],
    find: sessionOn('15 October', '/record'),
    then: press('Save and finish'),
    hasAudience: true,
  },
  { what: 'a finished attendance', pattern: '/sessions/{code}/record', as: ['supervisor', 'coordinator'], find: sessionOn('8 October', '/record'), hasAudience: true },
  { what: 'a finished attendance as it is printed', pattern: '/sessions/{code}/record', as: ['supervisor'], find: sessionOn('8 October', '/record?print'), hasAudience: true },
  { what: 'cancelling a session', pattern: '/sessions/{code}/cancel', as: ['supervisor'], find: sessionOn('29 October', '/cancel'), hasAudience: true },
  { what: 'the statement of this month', pattern: '/statement', as: ['supervisor'], hasAudience: true },
  { what: 'the statement of a month', pattern: '/statement/{month}', as: ['supervisor'], find: '/statement/2026-09', hasAudience: true },
  { what: 'the statement of a month as it is printed', pattern: '/statement/{month}', as: ['supervisor'], find: '/statement/2026-09?print', hasAudience: true },
  { what: 'a supervisor’s statement', pattern: '/people/{code}/statement/{month}', as: ['coordinator'], find: personCalled('Sowerby, Marianne', '/statement/2026-09'), hasAudience: true },
  { what: 'one’s own availability', pattern: '/availability', as: ['supervisor'], hasAudience: true },
  { what: 'one’s own availability that was refused', pattern: '/availability', as: ['supervisor'], then: addNothing, hasAudience: true },
  { what: 'an address of another calendar that was refused', pattern: '/availability', as: ['supervisor'], then: pasteNothing, hasAudience: true },
  { what: 'another calendar that waits to be read', pattern: '/availability', as: ['supervisor'], then: addCalendar, hasAudience: true },
  { what: 'a supervisor’s availability', pattern: '/people/{code}/availability', as: ['coordinator'], find: personCalled('Sowerby, Marianne', '/availability'), hasAudience: true },
  { what: 'what does not fit', pattern: '/conflicts', as: ['supervisor', 'coordinator'], hasAudience: true },
  { what: 'how conflicts are treated', pattern: '/settings/conflicts', as: ['coordinator'], hasAudience: true },
  { what: 'the closures of a year', pattern: '/closures', as: ['coordinator'], hasAudience: true },
  { what: 'closing days', pattern: '/closures/new', as: ['coordinator'], hasAudience: true },
  { what: 'days that were not closed, since sessions fall into them', pattern: '/closures/new', as: ['coordinator'], then: closeNextThursday, hasAudience: true },
  { what: 'changing a closure', pattern: '/closures/{code}', as: ['coordinator'], find: closureAtChristmas, hasAudience: true },
  { what: 'whose sessions need cover', pattern: '/cover', as: ['coordinator'], hasAudience: true },
  { what: 'the sessions of somebody who is away', pattern: '/cover/{code}', as: ['coordinator'], find: somebodyAway, hasAudience: true },
  { what: 'changing a session', pattern: '/sessions/{code}/move', as: ['supervisor'], find: sessionOn('29 October', '/move'), hasAudience: true },
  {
    what: 'what a change comes to',
    pattern: '/sessions/{code}/move',
    as: ['coordinator'],
    find: sessionOn('29 October', '/move?scope=following&starts_on=2026-10-30&starts_time=09:00&length_minutes=60'),
    hasAudience: true,
  },
  {
    what: 'what another title comes to',
    pattern: '/sessions/{code}/move',
    as: ['supervisor'],
    find: sessionOn('29 October', '/move'),
    then: showAnotherTitle,
    hasAudience: true,
  },
  {
    what: 'a change that cannot be',
    pattern: '/sessions/{code}/move',
    as: ['supervisor'],
    find: sessionOn('29 October', '/move?scope=all&starts_on=2026-10-01&starts_time=09:00&length_minutes=60'),
    hasAudience: true,
    status: 422,
  },
  { what: 'cancelling several sessions', pattern: '/sessions/{code}/cancel/series', as: ['supervisor'], find: sessionOn('29 October', '/cancel/series'), hasAudience: true },
  { what: 'adding somebody beside the supervisor', pattern: '/sessions/{code}/hosts', as: ['supervisor'], find: sessionOn('29 October', '/hosts'), hasAudience: true },
  { what: 'the sessions to mark', pattern: '/to-mark', as: ['supervisor', 'coordinator'], hasAudience: true },
];

const peopleAndAuthorities: Place[] = [
  { what: 'everybody', pattern: '/people', as: ['coordinator', 'administrator'], hasAudience: true },
  { what: 'people who are suspended', pattern: '/people', as: ['coordinator'], find: '/people?standing=suspended', hasAudience: true },
  { what: 'adding somebody', pattern: '/people/new', as: ['coordinator'], hasAudience: true },
  { what: 'somebody who was not added', pattern: '/people/new', as: ['coordinator'], then: press('Add'), hasAudience: true },
  { what: 'bringing people from a spreadsheet', pattern: '/people/import', as: ['coordinator'], hasAudience: true },
  { what: 'a file that was refused', pattern: '/people/import', as: ['coordinator'], then: press('Read the file'), hasAudience: true },
  { what: 'people who would be brought', pattern: '/people/import/{code}', as: ['coordinator'], find: peopleWhoWereBrought, hasAudience: true },
  { what: 'people who were brought', pattern: '/people/import/{code}', as: ['coordinator'], find: peopleWhoWereBrought, then: press(/^Add/), hasAudience: true },
  { what: 'a person', pattern: '/people/{code}', as: ['coordinator', 'administrator'], find: personCalled('Rahman, Amina'), hasAudience: true },
  { what: 'somebody who waits for their authority', pattern: '/people/{code}', as: ['coordinator'], find: personWhoWaitsForTheirAuthority, hasAudience: true },
  { what: 'people who wait for their authority', pattern: '/people', as: ['coordinator'], find: '/people?works_there=waits', hasAudience: true },
  { what: 'who works here', pattern: '/colleagues', as: ['authority lead'], hasAudience: true },
  { what: 'an administrator', pattern: '/people/{code}', as: ['coordinator'], find: personCalled('Barrowclough, Tom'), hasAudience: true },
  { what: 'changing a person', pattern: '/people/{code}/change', as: ['coordinator'], find: personCalled('Rahman, Amina', '/change'), hasAudience: true },
  { what: 'the log', pattern: '/audit', as: ['administrator'], hasAudience: true },
  { what: 'a part of the log', pattern: '/audit', as: ['administrator'], find: '/audit?kind=sign_in&from=2026-10-01', hasAudience: true },
  { what: 'the register of authorities', pattern: '/authorities', as: atTheCentre, hasAudience: true },
  { what: 'the map of authorities', pattern: '/authorities', as: ['coordinator'], find: '/authorities?view=map', hasAudience: true },
  { what: 'the register as it is printed', pattern: '/authorities', as: ['coordinator'], find: '/authorities?overdue=lapsed&print', hasAudience: true },
  { what: 'an authority', pattern: '/authorities/{slug}', as: atTheCentre, find: '/authorities/bradford', hasAudience: true },
];

const lapsing: Place[] = [
  { what: 'the open clinics', pattern: '/clinics', as: ['practitioner'], hasAudience: true },
  { what: 'what one waits for at open clinics', pattern: '/clinics/waiting', as: ['practitioner'], find: waitingAtAClinic, hasAudience: true },
  { what: 'nothing for which one waits at open clinics', pattern: '/clinics/waiting', as: ['evaluator'], hasAudience: true },
  { what: 'the groups that run out', pattern: '/renewals', as: ['supervisor', 'coordinator'], hasAudience: true },
  { what: 'the people whose supervision is overdue', pattern: '/overdue', as: atTheCentre, hasAudience: true },
  { what: 'the polls', pattern: '/polls', as: ['supervisor', 'coordinator'], hasAudience: true },
  { what: 'offering times of a week', pattern: '/polls/new', as: ['supervisor'], find: '/polls/new?group=aire', hasAudience: true },
  { what: 'offering dates to people by name', pattern: '/polls/new', as: ['coordinator'], find: '/polls/new?kind=dates', hasAudience: true },
  {
    what: 'times that were refused',
    pattern: '/polls/new',
    as: ['supervisor'],
    find: '/polls/new?group=aire',
    then: press('Send the links'),
    hasAudience: true,
  },
  { what: 'a poll', pattern: '/polls/{code}', as: ['supervisor', 'coordinator'], find: pollThatIsOpen, hasAudience: true },
  { what: 'answering a poll by its link', pattern: '/q/{code}', as: ['nobody'], find: linkToAPoll, hasAudience: true },
  { what: 'answers that were refused', pattern: '/q/{code}', as: ['nobody'], find: linkToAPoll, then: press('Send my answers'), hasAudience: true },
  { what: 'a link to a poll that does not work', pattern: '/q/{code}', as: ['nobody'], find: '/q/abcdefghjkmn', status: 410 },
  { what: 'a link in a digest that is too old', pattern: '/digest/{token}', as: ['nobody'], find: '/digest/abcdefghjkmn', status: 410, hasAudience: true },
];

const community: Place[] = [
  { what: 'the community', pattern: '/community', as: [...inGroups, ...atTheCentre, 'authority lead'], hasAudience: true },
  { what: 'a space', pattern: '/community/{slug}', as: ['practitioner', 'coordinator'], find: '/community/endings', hasAudience: true },
  { what: 'the space of a group', pattern: '/groups/{slug}/space', as: inGroups, find: '/groups/aire/space', hasAudience: true },
  { what: 'a thread', pattern: '/community/{space}/{number}', as: ['practitioner', 'authority lead'], find: '/community/endings/1', hasAudience: true },
  { what: 'a page of a thread', pattern: '/community/{space}/{number}?page={page}', as: ['supervisor'], find: '/community/endings/1?page=1', hasAudience: true },
  { what: 'a reply that was refused', pattern: '/community/{space}/{number}', as: ['practitioner'], find: '/community/endings/2', then: press('Post the reply'), hasAudience: true },
  { what: 'writing a post', pattern: '/community/new?space={space}', as: ['practitioner'], find: '/community/new?space=endings', hasAudience: true },
  { what: 'a post that was refused', pattern: '/community/new', as: ['supervisor'], find: '/community/new?space=endings', then: press('Post it'), hasAudience: true },
  { what: 'attaching a file', pattern: '/community/attach', as: ['practitioner'], find: '/community/attach?space=ask-anything&number=1', hasAudience: true },
  { what: 'a file that was refused', pattern: '/community/attach', as: ['supervisor'], find: '/community/attach?space=ask-anything&number=1', then: press('Attach it'), hasAudience: true },
  { what: 'adding a poll', pattern: '/community/{space}/{number}/poll', as: ['practitioner'], find: async (page) => `${(await ownPost(page)).split('/change/')[0]}/poll`, hasAudience: true },
  { what: 'changing a post', pattern: '/community/{space}/{number}/change/{post}', as: ['practitioner'], find: ownPost, hasAudience: true },
  { what: 'the spaces that there are', pattern: '/community/spaces', as: ['coordinator'], hasAudience: true },
  { what: 'changing a space', pattern: '/community/spaces/{slug}', as: ['coordinator'], find: '/community/spaces/endings', hasAudience: true },
  { what: 'one’s own posts', pattern: '/me/posts', as: ['practitioner', 'supervisor'], hasAudience: true },
  { what: 'no post of one’s own', pattern: '/me/posts', as: ['evaluator'], hasAudience: true },
  { what: 'saved posts', pattern: '/community/saved', as: ['practitioner'], hasAudience: true },
  { what: 'openings', pattern: '/openings', as: ['clinical lead', 'safeguarding lead'], hasAudience: true },
  { what: 'asking to open something', pattern: '/openings/new', as: ['clinical lead'], hasAudience: true },
  { what: 'a request to open that was refused', pattern: '/openings/new', as: ['safeguarding lead'], then: press('Ask'), hasAudience: true },
  { what: 'an opening that is over', pattern: '/openings/{code}', as: ['safeguarding lead'], find: openingOf(/^The space of Aire/), hasAudience: true },
  { what: 'a request to open that waits for one', pattern: '/openings/{code}', as: ['clinical lead'], find: openingOf(/^Who wrote post 3/), then: press('Answer'), hasAudience: true },
  { what: 'a request of one’s own that can be taken back', pattern: '/openings/{code}', as: ['safeguarding lead'], find: openingOf(/^Who wrote post 3/), hasAudience: true },
  { what: 'what is open', pattern: '/openings/{code}/read', as: ['clinical lead'], find: openingOf(/^Who wrote post 1/, '/read'), hasAudience: true },
  { what: 'reporting a post', pattern: '/community/{space}/{number}/report/{post}', as: ['practitioner'], find: '/community/endings/1/report/2', then: press('Report it'), hasAudience: true },
  { what: 'what of one’s own is with the moderators', pattern: '/community/reports', as: ['practitioner', 'coordinator'], hasAudience: true },
  { what: 'a post of one’s own that waits', pattern: '/community/reports/{code}', as: ['practitioner'], find: firstIn('/community/reports', 0), hasAudience: true },
  { what: 'a report of one’s own', pattern: '/community/reports/{code}', as: ['practitioner'], find: firstIn('/community/reports', 1), hasAudience: true },
  { what: 'what there is to decide', pattern: '/moderation', as: ['supervisor', 'coordinator'], hasAudience: true },
  { what: 'a case', pattern: '/moderation/{code}', as: ['coordinator'], find: firstIn('/moderation', 0), then: press('Decide'), hasAudience: true },
  { what: 'a post that waits to be seen', pattern: '/moderation/{code}', as: ['clinical lead'], find: firstIn('/moderation', 2), hasAudience: true },
];

const waiting: Place[] = [
  { what: 'asking for supervision', pattern: '/me/waiting', as: ['supervisor'], hasAudience: true },
  { what: 'asking for supervision that was refused', pattern: '/me/waiting', as: ['supervisor'], then: press('Put me on the list'), hasAudience: true },
  { what: 'changing what one asked for', pattern: '/me/waiting/{code}', as: ['practitioner'], find: entryOfAskingForSupervision, hasAudience: true },
  { what: 'a place that is held for one', pattern: '/me/waiting', as: ['practitioner'], find: placeThatIsHeld, hasAudience: true },
  { what: 'everybody who waits', pattern: '/waiting', as: ['coordinator'], hasAudience: true },
  { what: 'where somebody who waits could go', pattern: '/waiting/{code}', as: ['coordinator'], find: somebodyWhoWaits, hasAudience: true },
  { what: 'nobody who waits', pattern: '/waiting', as: ['coordinator'], find: '/waiting?kind=supervisors&offer=yes', hasAudience: true },
  { what: 'a group in which places are held', pattern: '/groups/{slug}/members', as: ['coordinator'], find: groupInWhichPlacesAreHeld, hasAudience: true },
];

const themes: Place[] = [
  { what: 'the themes that one raised', pattern: '/me/themes', as: ['supervisor'], hasAudience: true },
  { what: 'a theme that was refused', pattern: '/me/themes', as: ['supervisor'], then: press('Raise it'), hasAudience: true },
  { what: 'what was raised', pattern: '/themes', as: ['coordinator'], hasAudience: true },
  { what: 'gathering that was refused', pattern: '/themes', as: ['coordinator'], then: press('Gather them'), hasAudience: true },
  { what: 'themes that wait for a decision', pattern: '/themes/{code}', as: ['coordinator'], find: gatheredThemeCalled('Fathers and co-parents'), hasAudience: true },
  { what: 'themes that are decided', pattern: '/themes/{code}', as: ['coordinator'], find: gatheredThemeCalled('Ending well'), hasAudience: true },
  { what: 'the improvement log', pattern: '/improvements', as: ['practitioner', 'coordinator'], hasAudience: true },
];

const events: Place[] = [
  { what: 'the events', pattern: '/events', as: ['practitioner', 'supervisor', 'clinical lead', 'authority lead'], hasAudience: true },
  { what: 'an event with places', pattern: '/events/{code}', as: ['practitioner', 'clinical lead'], find: eventCalled('Still face, fifty years on'), hasAudience: true },
  { what: 'an event that one waits for', pattern: '/events/{code}', as: ['practitioner'], find: eventCalled('Fathers who work nights'), hasAudience: true },
  { what: 'an event at which one was', pattern: '/events/{code}', as: ['practitioner'], find: eventCalled('Putting a hard visit down'), hasAudience: true },
  { what: 'a draft of an event', pattern: '/events/{code}', as: ['supervisor'], find: eventCalled('What containment asks of us'), hasAudience: true },
  { what: 'making an event', pattern: '/events/new', as: ['supervisor'], hasAudience: true },
  { what: 'an event that was refused', pattern: '/events/new', as: ['coordinator'], then: press('See what it will look like'), hasAudience: true },
  { what: 'changing an event', pattern: '/events/{code}/change', as: ['clinical lead'], find: eventCalled('Still face, fifty years on', '/change'), hasAudience: true },
  { what: 'who comes to an event', pattern: '/events/{code}/record', as: ['clinical lead'], find: eventCalled('Fathers who work nights', '/record'), hasAudience: true },
  { what: 'who came to an event', pattern: '/events/{code}/record', as: ['clinical lead'], find: eventCalled('Ghosts and angels in the nursery', '/record'), hasAudience: true },
  { what: 'the door of an event that is not open', pattern: '/events/{code}/join', as: ['practitioner'], find: eventCalled('Fathers who work nights', '/join'), status: 409 },
];

/** What is no page: calendar programs fetch it, a browser saves it, or an open page listens to it. */
export const files = ['/sessions/{code}.ics', '/events/{code}.ics', '/feed/{secret}.ics', '/matching/instance.json?round={number}', '/matching/begun.json?round={number}', '/matching/board.json?round={number}', '/matching/proposal.json?round={number}', '/people/import.csv', '/people/import/left.csv?code={code}', '/community/file?code={code}', '/moderation/file?case={case}&code={code}', '/openings/file?opening={opening}&code={code}', '/listen'];


const matching: Place[] = [
  { what: 'one’s registration', pattern: '/me/registration', as: inGroups, hasAudience: true },
  { what: 'a question', pattern: '/me/registration/{step}', as: ['practitioner'], find: '/me/registration/manager', hasAudience: true },
  { what: 'a question that was refused', pattern: '/me/registration/{step}', as: ['supervisor'], find: '/me/registration/experience', then: press('Save and go on'), hasAudience: true },
  { what: 'the hours of a week', pattern: '/me/registration/{step}', as: ['practitioner'], find: '/me/registration/first-week', hasAudience: true },
  { what: 'what one offers', pattern: '/me/offering', as: ['supervisor'], hasAudience: true },
  { what: 'a practitioner’s registration', pattern: '/people/{code}/registration', as: ['coordinator'], find: personCalled('Rahman, Amina', '/registration'), hasAudience: true },
  { what: 'a supervisor’s registration', pattern: '/people/{code}/registration', as: ['coordinator'], find: personCalled('Sowerby, Marianne', '/registration'), hasAudience: true },
  { what: 'who is held', pattern: '/holds', as: ['clinical lead', 'safeguarding lead'], hasAudience: true },
  { what: 'the matching rounds', pattern: '/matching', as: ['coordinator'], hasAudience: true },
  { what: 'starting a round', pattern: '/matching/new', as: ['coordinator'], hasAudience: true },
  { what: 'a round', pattern: '/matching/{number}', as: ['coordinator'], find: '/matching/1', hasAudience: true },
  { what: 'a group of a round, explained', pattern: '/matching/{number}?group={place}', as: ['coordinator'], find: '/matching/1?group=1', hasAudience: true },
  { what: 'somebody without a place in a round', pattern: '/matching/{number}?person={code}', as: ['coordinator'], find: somebodyWithoutAPlace, hasAudience: true },
  { what: 'somebody with a place in a round', pattern: '/matching/{number}?person={code}', as: ['coordinator'], find: somebodyWithAPlace, hasAudience: true },
  { what: 'running a round again', pattern: '/matching/{number}/again', as: ['coordinator'], find: '/matching/1/again', hasAudience: true },
  { what: 'the rules of a round', pattern: '/matching/{number}/rules', as: ['coordinator'], find: '/matching/1/rules', hasAudience: true },
  { what: 'asking the people of a round', pattern: '/matching/{number}/ask', as: ['coordinator'], find: '/matching/1/ask', hasAudience: true },
  { what: 'the answers of a round', pattern: '/matching/{number}/answers', as: ['coordinator'], find: '/matching/2/answers', hasAudience: true },
  { what: 'a round whose people nobody has asked', pattern: '/matching/{number}/answers', as: ['coordinator'], find: '/matching/1/answers', hasAudience: true },
  { what: 'making a group of a round', pattern: '/matching/{number}/make/{code}', as: ['coordinator'], find: groupThatCanBeMade, hasAudience: true },
  {
    what: 'a group that was not made',
    pattern: '/matching/{number}/make/{code}',
    as: ['coordinator'],
    find: groupThatCanBeMade,
    then: press('Make the group and tell everybody'),
    hasAudience: true,
  },
  { what: 'a group that one is asked about', pattern: '/me/asked/{code}', as: ['practitioner'], find: groupThatOneIsAskedAbout, hasAudience: true },
];
export const places: Place[] = [...comingIn, ...forTheWorld, ...ones, ...calendar, ...board, ...groups, ...sessions, ...peopleAndAuthorities, ...lapsing, ...community, ...waiting, ...themes, ...matching, ...events];

/** Asks for another calendar to be read without saying which. */
async function pasteNothing(page: Page) {
  const forget = page.getByRole('button', { name: 'Forget it' });
  if (await forget.isVisible()) {
    await forget.click();
  }
  await page.getByRole('button', { name: 'Read this calendar' }).click();
}

/** Adds another calendar, which nothing can reach. */
async function addCalendar(page: Page) {
  await pasteNothing(page);
  await page.getByRole('textbox', { name: 'Private address of the calendar' }).fill('https://calendar.example/private/busy.ics');
  await page.getByRole('button', { name: 'Read this calendar' }).click();
}

/** Asks what publishing every draft would do. */
async function chooseEveryDraft(page: Page) {
  for (const draft of await page.getByRole('checkbox').all()) {
    await draft.check();
  }
  await page.getByRole('button', { name: 'Show who is told what' }).click();
}

/** Closes a day on which there are sessions, which is refused until they were seen. */
async function closeNextThursday(page: Page) {
  await page.getByLabel('First day').fill('2026-10-29');
  await page.getByLabel('Last day').fill('2026-10-29');
  await page.getByLabel('Name').fill('Staff learning day');
  await page.getByRole('button', { name: 'Close these days' }).click();
}

/** Asks what another title comes to, which stands in no address. */
async function showAnotherTitle(page: Page) {
  await page.getByRole('textbox', { name: 'Title (optional)' }).fill('Review of our agreement');
  await page.getByRole('button', { name: 'Show these changes' }).click();
  await page.getByText('Called “Review of our agreement”').first().waitFor();
}

/** Adds days away without saying which. */
async function addNothing(page: Page) {
  await page.getByText('Add days away…').click();
  await page.getByRole('button', { name: 'Add these days', exact: true }).click();
}

/** The first whose sessions need cover. */
async function somebodyAway(page: Page) {
  await page.goto('/cover');
  return (await page.getByRole('region', { name: 'Sessions that need cover' }).getByRole('link').first().getAttribute('href')) ?? '';
}

/** Searches for something. */
function search(words: string) {
  return async (page: Page) => {
    await page.getByRole('searchbox').fill(words);
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
  };
}

/** Sends a form as it stands, with a button of that name. */
function press(name: string | RegExp) {
  return (page: Page) => page.getByRole('button', { name, exact: true }).click();
}
