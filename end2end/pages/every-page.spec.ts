import { expectFocusToBeSeen, expectReadableByAll, expectTitled } from '../accessibility';
import { expect, test } from '../test';
import { places } from './places';

const windows = [
  { width: 390, height: 640 },
  { width: 1440, height: 900 },
];

for (const { what, pattern, as, find, then, hasAudience, status } of places) {
  for (const role of as) {
    test(`${what} (${pattern}) can be read by everyone and walked through by Tab, as ${role} sees it`, async ({ page, signInAs }) => {
      if (role !== 'nobody') {
        await signInAs(role);
      }
      const answer = await page.goto(find ? await find(page) : pattern);
      expect(answer?.status()).toBe(status ?? 200);
      await then?.(page);
      await expectTitled(page);
      if (hasAudience) {
        await expect.soft(page.getByText('Who can see this:').first()).toBeVisible();
      }
      await expectReadableByAll(page);
      for (const size of windows) {
        await page.setViewportSize(size);
        await test.step(`a walk by Tab, ${size.width} pixels wide`, () => expectFocusToBeSeen(page));
      }
    });
  }
}
