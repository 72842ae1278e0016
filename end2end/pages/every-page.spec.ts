import { expectFocusToBeSeen, expectReadableByAll, expectTitled } from '../accessibility';
import { expect, test } from '../test';
import { places } from './places';

for (const { pattern, as, find, hasAudience } of places) {
  for (const role of as) {
    test(`${pattern} can be read and walked through by everyone, as ${role} sees it`, async ({ page, signInAs }) => {
      if (role !== 'nobody') {
        await signInAs(role);
      }
      const path = find ? await find(page) : pattern;
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(200);
      await expectTitled(page);
      if (hasAudience) {
        await expect.soft(page.getByText('Who can see this:').first()).toBeVisible();
      }
      await expectReadableByAll(page);
      for (const [width, height] of [[390, 640], [1440, 900]] as const) {
        await page.setViewportSize({ width, height });
        await test.step(`a walk by Tab, ${width} pixels wide`, () => expectFocusToBeSeen(page));
      }
    });
  }
}
