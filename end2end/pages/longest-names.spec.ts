import type { Page } from '@playwright/test';
import { expectNoSidewaysScroll, expectToHoldWhenTextGrows } from '../accessibility';
import { expect, test, type Role } from '../test';
import { personCalled, sessionOn } from './ways';

// A moment of its own gives this test a server of its own: names that are changed here are found nowhere else.
test.use({ now: '2026-10-22T08:50:11Z' });

/** As many letters as a name may have, in one word that nothing breaks, and in none that is narrow. */
const word = (letters: number) => 'Gwmwdh'.repeat(letters).slice(0, letters);

const givenName = word(80);
const familyName = `Ŵ${word(79)}`;

const whereTheyStand: { role: Role; pages: (string | ((page: Page) => Promise<string>))[] }[] = [
  { role: 'practitioner', pages: ['/today', '/me', '/groups/aire', '/me/supervision', '/community', '/community/endings'] },
  { role: 'supervisor', pages: ['/today', '/groups/aire', '/groups/aire/actions', sessionOn('8 October', '/record'), '/to-mark', '/calendar/agenda/2026-10-22'] },
  { role: 'coordinator', pages: ['/people', personCalled(`${familyName}, ${givenName}`), '/groups', '/groups/aire', '/groups/aire/members', '/board/2026-10-19', '/waiting', '/matching/1'] },
];

test('the longest names that are allowed are written out in full, and move nothing out of its place', async ({ page, signInAs }) => {
  test.slow();
  await signInAs('coordinator');
  await page.goto(await personCalled('Rahman, Amina', '/change')(page));
  await page.getByRole('textbox', { name: 'Title (optional)' }).fill(word(20));
  await page.getByRole('textbox', { name: 'First name' }).fill(givenName);
  await page.getByRole('textbox', { name: 'Family name' }).fill(familyName);
  await page.getByRole('textbox', { name: 'Profession (optional)' }).fill(word(80));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(familyName);
  await page.goto('/groups/aire/change');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(word(60));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(word(60));

  for (const { role, pages } of whereTheyStand) {
    await signInAs(role);
    for (const find of pages) {
      const address = typeof find === 'string' ? find : await find(page);
      await test.step(`${address}, as ${role}`, async () => {
        expect((await page.goto(address))?.status()).toBe(200);
        for (const width of [320, 390, 1440]) {
          await page.setViewportSize({ width, height: 800 });
          await expectNoSidewaysScroll(page);
        }
        await expectToHoldWhenTextGrows(page);
      });
    }
  }
});
