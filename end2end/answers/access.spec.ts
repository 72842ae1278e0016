// Whoever may not see a page is told that there is none. What the server answers is the same for every browser, so it is asked without one.

import type { Page } from '@playwright/test';
import { expect, test, type Role } from '../test';

const closed: Record<Role, string[]> = {
  practitioner: [
    '/board',
    '/board/2026-10-19',
    '/people',
    '/people/new',
    '/authorities',
    '/authorities/bradford',
    '/groups/new',
    '/groups/cober',
    '/groups/cober/actions',
    '/groups/cober/agreement',
    '/groups/cober/series/1',
    '/groups/aire/change',
    '/groups/aire/members',
    '/groups/aire/end',
    '/groups/aire/agreement/propose',
    '/groups/aire/series/new',
    '/groups/cober/2026-10-22',
    '/groups/aire/renewal',
    '/renewals',
    '/overdue',
    '/polls',
    '/polls/new?group=aire',
    '/to-mark',
    '/people.csv',
    '/authorities.csv',
    '/to-mark.csv',
    '/statement',
    '/statement/2026-10',
    '/statement.csv',
    '/people/statement.csv',
    '/me/hours/zzzzzzzz',
    '/audit',
    '/audit.csv',
    '/colleagues',
  ],
  supervisor: [
    '/colleagues',
    '/board',
    '/board/2026-10-19',
    '/people.csv',
    '/people',
    '/people/new',
    '/authorities',
    '/groups/new',
    '/groups/aire/change',
    '/groups/aire/members',
    '/groups/aire/end',
    '/groups/brue/renewal',
    '/overdue',
    '/polls/new',
    '/polls/new?group=brue',
    '/polls/zzzzzzzz',
    '/people/zzzzzzzz/statement/2026-10',
    '/people/statement.csv',
    '/statement/2026-13',
  ],
  coordinator: ['/colleagues', '/audit', '/audit.csv', '/groups/aire/actions', '/me/supervision', '/me/hours', '/me/hours.csv', '/statement', '/people/zzzzzzzz/statement/2026-10'],
  'clinical lead': ['/audit', '/groups/aire/actions', '/people', '/people/new', '/groups/aire/members', '/groups/aire/end', '/groups/aire/series/new', '/renewals', '/polls', '/me/supervision', '/to-mark', '/people.csv', '/people/statement.csv'],
  'authority lead': ['/calendar/week/2026-10-19', '/calendar/month/2026-10', '/calendar/day/2026-10-22', '/board', '/board/2026-10-19', '/groups', '/groups/aire', '/people', '/authorities', '/authorities/bradford', '/to-mark', '/me/supervision'],
  'safeguarding lead': ['/calendar/week/2026-10-19', '/groups', '/groups/aire', '/people', '/authorities', '/to-mark'],
  'Department viewer': ['/calendar/week/2026-10-19', '/groups', '/groups/aire', '/people', '/authorities', '/to-mark'],
  evaluator: ['/calendar/week/2026-10-19', '/groups', '/groups/aire', '/people', '/authorities', '/to-mark'],
  administrator: ['/colleagues', '/calendar/week/2026-10-19', '/board', '/groups', '/groups/aire', '/authorities', '/to-mark', '/groups.csv', '/authorities.csv'],
};

for (const [role, addresses] of Object.entries(closed) as [Role, string[]][]) {
  test(`the pages of others are not there for: ${role}; every place in the menu is`, async ({ page, signInAs }) => {
    await signInAs(role);
    const nothing = await ask(page, '/nowhere');
    expect(nothing.status).toBe(404);
    expect(nothing.main).toContain('Page not found');
    for (const address of addresses) {
      expect.soft(await ask(page, address), address).toEqual(nothing);
    }

    await page.goto('/menu');
    const places = await page.getByRole('navigation', { name: 'All pages' }).getByRole('link').all();
    expect(places.length).toBeGreaterThan(1);
    for (const place of places) {
      const address = (await place.getAttribute('href')) ?? '';
      expect.soft((await ask(page, address)).status, address).toBe(200);
    }
  });
}

test('no page of the Centre’s groups leads a clinical lead to one that is not there for them', async ({ page, signInAs }) => {
  await signInAs('clinical lead');
  await page.goto('/groups');
  const links = await page.getByRole('main').getByRole('link').all();
  const addresses = new Set(await Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? '')));
  expect(addresses.size).toBeGreaterThan(5);
  for (const address of addresses) {
    expect.soft((await page.request.get(address)).status(), address).toBe(200);
  }
});

test('a page is open to nobody who has not signed in, and leads them back to it afterwards', async ({ page }) => {
  for (const address of ['/today', '/me', '/menu', '/groups/aire', '/groups/nowhere', '/people', '/authorities/bradford', '/sessions/zzzzzzzz']) {
    const answer = await page.request.get(address, { maxRedirects: 0 });
    expect.soft(answer.status(), address).toBe(303);
    expect.soft(new URL(answer.headers().location ?? '', 'http://here').pathname, address).toBe('/sign-in');
  }
});

test('the session, the series and the agreement of another group are answered exactly as if there were none', async ({ page, signInAs }) => {
  const theirs = await sessionOfAnotherGroup(page, signInAs);
  await signInAs('practitioner');
  for (const part of ['', '/apologies', '/record', '/history', '/join', '/cancel']) {
    const answer = await ask(page, `/sessions/${theirs}${part}`);
    expect.soft(answer, part).toEqual(await ask(page, `/sessions/zzzzzzzz${part}`));
    expect.soft(answer.status, part).toBe(404);
  }
  for (const part of ['', '/actions', '/agreement', '/agreement/v1', '/series/1']) {
    const answer = await ask(page, `/groups/cober${part}`);
    expect.soft(answer, part).toEqual(await ask(page, `/groups/nowhere${part}`));
    expect.soft(answer.status, part).toBe(404);
  }
});

test('a form that is sent for the session of another group is answered as if there were none, and does nothing', async ({ page, signInAs }) => {
  const theirs = await sessionOfAnotherGroup(page, signInAs);
  const address = page.url();
  const before = await ask(page, address);

  await signInAs('practitioner');
  const send = async (session: string, part: string, form: Record<string, string>) => {
    const answer = await page.request.post(`/sessions/${session}${part}`, { form: { ...form, 'form[session]': session }, headers: { origin: new URL(address).origin }, maxRedirects: 0 });
    return { status: answer.status(), words: wordsOf(await answer.text()).replaceAll(session, '') };
  };
  for (const [part, form] of [
    ['/apologies', { _action: '/api/send_apologies', 'form[reason]': 'None of mine' }],
    ['', { _action: '/api/withdraw_apologies' }],
    ['/cancel', { _action: '/api/cancel_session', 'form[reason]': 'supervisor_away' }],
    ['/cancel', { _action: '/api/cancel_series', 'form[scope]': 'this', 'form[reason]': 'supervisor_away' }],
    ['/record', { _action: '/api/save_record', 'form[save]': 'finish', 'form[version]': '1' }],
  ] as const) {
    const answer = await send(theirs, part, form);
    expect.soft(answer, part).toEqual(await send('zzzzzzzz', part, form));
    expect.soft(answer.status, part).toBeGreaterThanOrEqual(403);
    expect.soft(answer.status, part).toBeLessThanOrEqual(404);
  }

  await signInAs('supervisor');
  expect(await ask(page, address)).toEqual(before);
});

/** Opens a session that the demonstration's practitioner has no part in, and answers with its code. */
async function sessionOfAnotherGroup(page: Page, signInAs: (role: Role) => Promise<void>) {
  await signInAs('supervisor');
  await page.goto('/groups/cober');
  const session = page.getByRole('link', { name: /^Thursday \d+ (October|November) 2026/ }).last();
  await session.click();
  await expect(page).toHaveURL(/\/sessions\/\w{8}$/);
  return page.url().slice(-8);
}

/** The status, the title and the words of the page at an address. */
async function ask(page: Page, address: string) {
  const answer = await page.request.get(address);
  const html = await answer.text();
  return { status: answer.status(), title: /<title>(.*?)<\/title>/s.exec(html)?.[1] ?? '', main: wordsOf(html) };
}

/** What stands in the main part of a page. */
function wordsOf(html: string) {
  const main = /<main\b.*<\/main>/s.exec(html)?.[0] ?? '';
  return main.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ').trim();
}
