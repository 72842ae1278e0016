// Every address of the product, and who goes there. A test holds this list against `app/src/paths.rs`.

import type { Page } from '@playwright/test';
import type { Role } from '../test';

export type Place = {
  /** What is there. */
  what: string;
  /** The address as `paths.rs` has it. */
  pattern: string;
  /** Who goes there; nobody is somebody who has not signed in. */
  as: readonly (Role | 'nobody')[];
  /** How to find the address, where it has something to fill in. */
  find?: (page: Page) => Promise<string>;
  /** What is done there before the page is looked at. */
  then?: (page: Page) => Promise<void>;
  /** The page holds words about people or their practice, so it must say who can see them. */
  hasAudience?: true;
  /** What the page answers with, where it is not found or refused. */
  status?: number;
};

const everybody: Role[] = [
  'practitioner',
  'supervisor',
  'coordinator',
  'clinical lead',
  'authority lead',
  'safeguarding lead',
  'Department viewer',
  'evaluator',
  'administrator',
];
const inGroups = ['practitioner', 'supervisor'] as const;
const atTheCentre = ['coordinator', 'clinical lead'] as const;

export const places: Place[] = [
  // Coming in.
  { what: 'signing in', pattern: '/sign-in', as: ['nobody'] },

  // What everybody has.
  { what: 'Today', pattern: '/today', as: everybody },
  { what: 'the menu', pattern: '/menu', as: everybody },
  { what: 'the messages of a demonstration', pattern: '/demonstration/mail', as: ['nobody'] },
  { what: 'a page that is not there', pattern: '/nowhere', as: ['nobody', 'practitioner'], status: 404 },

  // The calendar, and one's own supervision.
  { what: 'a week', pattern: '/calendar/week/{monday}', as: inGroups, find: async () => '/calendar/week/2026-10-19' },
  { what: 'a week without sessions', pattern: '/calendar/week/{monday}', as: ['coordinator'], find: async () => '/calendar/week/2026-10-19' },
  { what: 'a week with a closure', pattern: '/calendar/week/{monday}', as: ['practitioner'], find: async () => '/calendar/week/2026-12-28' },
  { what: 'the agenda', pattern: '/calendar/agenda/{from}', as: inGroups, find: async () => '/calendar/agenda/2026-10-22' },
  { what: 'one’s own supervision', pattern: '/me/supervision', as: inGroups, hasAudience: true },

  // Groups.
  { what: 'the groups', pattern: '/groups', as: [...inGroups, ...atTheCentre], hasAudience: true },
  { what: 'a group', pattern: '/groups/{slug}', as: [...inGroups, ...atTheCentre], find: async () => '/groups/aire', hasAudience: true },
  { what: 'a new group', pattern: '/groups/new', as: atTheCentre, hasAudience: true },
  { what: 'changing a group', pattern: '/groups/{slug}/change', as: ['coordinator'], find: async () => '/groups/aire/change', hasAudience: true },
  { what: 'the members of a group', pattern: '/groups/{slug}/members', as: ['coordinator'], find: async () => '/groups/aire/members', hasAudience: true },
  { what: 'ending a group', pattern: '/groups/{slug}/end', as: ['coordinator'], find: async () => '/groups/aire/end', hasAudience: true },
  {
    what: 'a new group that was refused',
    pattern: '/groups/new',
    as: ['coordinator'],
    then: (page) => page.getByRole('button', { name: 'Make the group' }).click(),
    hasAudience: true,
  },

  // Sessions.
  { what: 'a session that is open', pattern: '/sessions/{code}', as: [...inGroups, 'coordinator'], find: sessionOn('22 October'), hasAudience: true },
  { what: 'a session to come', pattern: '/sessions/{code}', as: ['practitioner'], find: sessionOn('29 October'), hasAudience: true },
  { what: 'a session that is over', pattern: '/sessions/{code}', as: [...inGroups, 'coordinator'], find: sessionOn('8 October'), hasAudience: true },
  { what: 'sending apologies', pattern: '/sessions/{code}/apologies', as: ['practitioner'], find: sessionOn('29 October', '/apologies'), hasAudience: true },
  { what: 'the door of a room that is not open', pattern: '/sessions/{code}/join', as: ['practitioner'], find: sessionOn('29 October', '/join'), status: 409 },
  { what: 'an attendance to mark', pattern: '/sessions/{code}/record', as: ['supervisor'], find: sessionOn('15 October', '/record'), hasAudience: true },
  {
    what: 'an attendance that was refused',
    pattern: '/sessions/{code}/record',
    as: ['supervisor'],
    find: sessionOn('15 October', '/record'),
    then: (page) => page.getByRole('button', { name: 'Save and finish' }).click(),
    hasAudience: true,
  },
  { what: 'a finished attendance', pattern: '/sessions/{code}/record', as: ['supervisor', ...atTheCentre], find: sessionOn('8 October', '/record'), hasAudience: true },
  { what: 'cancelling a session', pattern: '/sessions/{code}/cancel', as: ['supervisor'], find: sessionOn('29 October', '/cancel') },
  { what: 'the sessions to mark', pattern: '/to-mark', as: ['supervisor'] },
];

/** A session of the Aire group, or a page below it. */
function sessionOn(day: string, part = '') {
  return async (page: Page) => {
    await page.goto('/groups/aire');
    const address = await page.getByRole('link', { name: `Thursday ${day} 2026` }).getAttribute('href');
    return `${address}${part}`;
  };
}
