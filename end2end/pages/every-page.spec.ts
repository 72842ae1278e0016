import { expectReadableByAll } from '../accessibility';
import { expect, test } from '../test';

const publicPages = [{ path: '/sign-in', heading: 'Sign in' }];

for (const { path, heading } of publicPages) {
  test(`${path} can be read by everyone`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    await expectReadableByAll(page);
  });
}
