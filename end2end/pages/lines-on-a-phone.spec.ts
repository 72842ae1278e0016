// Tables that a phone shows as lines: nobody has to scroll sideways, and a screen reader hears a table with its heads still.

import type { Page } from '@playwright/test';
import { expect, test, type Role } from '../test';
import { peopleWhoWereBrought, pollThatIsOpen } from './ways';

const tables: { role: Role; find: string | ((page: Page) => Promise<string>); name: string; heads: (string | RegExp)[] }[] = [
  { role: 'coordinator', find: peopleWhoWereBrought, name: 'Would be added', heads: ['Name', 'Role and authority', 'Answers for the forming of groups', 'Row'] },
  { role: 'supervisor', find: pollThatIsOpen, name: 'Who answered what', heads: ['Person'] },
  { role: 'coordinator', find: '/matching/1/rules', name: 'Weights', heads: ['What', 'Points', 'Beside usual'] },
  { role: 'coordinator', find: '/matching/1/ask', name: 'By authority', heads: ['Who', 'Ask', 'Placed', 'Not placed', 'Longest wait'] },
];

for (const { role, find, name, heads } of tables) {
  test(`“${name}” is read as lines on a phone, and keeps its heads`, async ({ page, signInAs }) => {
    await signInAs(role);
    await page.goto(typeof find === 'string' ? find : await find(page));
    await page.setViewportSize({ width: 320, height: 800 });
    const region = page.getByRole('region', { name: `${name}, table` });
    expect(await region.evaluate((region) => region.scrollWidth - region.clientWidth)).toBe(0);
    const columns = region.getByRole('columnheader');
    await expect(columns.first()).toHaveText(heads[0] ?? '');
    if (heads.length > 1) {
      await expect(columns).toHaveText(heads);
    }
    const rows = region.getByRole('row');
    await expect(rows.nth(1).getByRole('rowheader')).toHaveCount(1);
    await expect(rows.nth(1).getByRole('cell')).toHaveCount((await columns.count()) - 1);
  });
}
