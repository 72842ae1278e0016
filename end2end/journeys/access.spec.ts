import { expect, test, type Role } from '../test';

// Whoever may not see a page is told that there is none.
const closed: Record<Role, string[]> = {
  practitioner: ['/people', '/people/new', '/authorities', '/groups/new', '/groups/aire/change', '/groups/aire/members', '/groups/aire/series/new', '/to-mark'],
  supervisor: ['/people', '/authorities', '/groups/new', '/groups/aire/change', '/groups/aire/end'],
  coordinator: ['/me/supervision', '/to-mark'],
  'clinical lead': ['/people/new', '/me/supervision', '/to-mark'],
  'authority lead': ['/calendar/week/2026-10-19', '/groups', '/groups/aire', '/people', '/authorities', '/authorities/bradford', '/to-mark', '/me/supervision'],
  'safeguarding lead': ['/calendar/week/2026-10-19', '/groups', '/groups/aire', '/people', '/authorities', '/to-mark'],
  'Department viewer': ['/calendar/week/2026-10-19', '/groups', '/groups/aire', '/people', '/authorities', '/to-mark'],
  evaluator: ['/calendar/week/2026-10-19', '/groups', '/groups/aire', '/people', '/authorities', '/to-mark'],
  administrator: ['/calendar/week/2026-10-19', '/groups', '/groups/aire', '/authorities', '/to-mark'],
};

for (const [role, addresses] of Object.entries(closed) as [Role, string[]][]) {
  test(`to a ${role}, pages of others are not there`, async ({ page, signInAs }) => {
    await signInAs(role);
    await page.goto('/nowhere');
    const nothing = await page.getByRole('main').innerText();
    for (const address of addresses) {
      const answer = await page.goto(address);
      expect.soft(answer?.status(), address).toBe(404);
      expect.soft(await page.getByRole('main').innerText(), address).toBe(nothing);
    }
  });

  test(`every place in the menu of a ${role} is there`, async ({ page, signInAs }) => {
    await signInAs(role);
    await page.goto('/menu');
    const places = await page.getByRole('navigation', { name: 'All pages' }).getByRole('link').all();
    const addresses = await Promise.all(places.map((place) => place.getAttribute('href')));
    expect(addresses.length).toBeGreaterThan(1);
    for (const address of addresses) {
      const answer = await page.goto(address ?? '');
      expect.soft(answer?.status(), address ?? '').toBe(200);
    }
  });
}
