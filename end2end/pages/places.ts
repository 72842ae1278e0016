// Every address of the product, and who goes there. `paths.rs` is the list that this one must equal; a test sees to that.

import type { Page } from '@playwright/test';
import type { Role } from '../test';

export type Place = {
  /** The address as `paths.rs` has it. */
  pattern: string;
  /** Who goes there; nobody is somebody who has not signed in. */
  as: (Role | 'nobody')[];
  /** How to get there, where the address has something to fill in. It answers with the address. */
  find?: (page: Page) => Promise<string>;
  /** Whether the page holds words about people or their practice, so that it must say who can see them. */
  hasAudience?: true;
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

export const places: Place[] = [
  { pattern: '/sign-in', as: ['nobody'] },
  { pattern: '/demonstration/mail', as: ['nobody', 'coordinator'] },
  { pattern: '/today', as: everybody },
  { pattern: '/menu', as: everybody },
  { pattern: '/calendar/week/{monday}', as: ['practitioner', 'supervisor'], find: async () => '/calendar/week/2026-10-19' },
  { pattern: '/calendar/agenda/{from}', as: ['practitioner', 'supervisor'], find: async () => '/calendar/agenda/2026-10-22' },
  { pattern: '/me/supervision', as: ['practitioner', 'supervisor'], hasAudience: true },
];
