import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectFocusToBeSeen, expectReadableByAll, expectTitled, expectToHoldInForcedColours, expectToHoldWhenTextGrows } from '../accessibility';
import { expect, test } from '../test';
import { files, places } from './places';

const windows = [
  { width: 390, height: 640 },
  { width: 1440, height: 900 },
];

for (const { what, pattern, as, find, then, hasAudience, status } of places) {
  for (const role of as) {
    test(`${what} (${pattern}) can be read by everyone, down to 320 pixels (1280 at 400%), and walked through by Tab, as ${role} sees it`, async ({
      page,
      signInAs,
      now,
    }) => {
      if (role !== 'nobody') {
        await signInAs(role);
      }
      const answer = await page.goto(typeof find === 'function' ? await find(page, now) : (find ?? pattern));
      expect(answer?.status()).toBe(status ?? 200);
      await then?.(page);
      await expectTitled(page);
      if (hasAudience) {
        await expect.soft(page.getByText('Who can see this:').first()).toBeVisible();
      }
      await expectReadableByAll(page);
      await test.step('text spacing and larger letters', () => expectToHoldWhenTextGrows(page));
      for (const size of windows) {
        await page.setViewportSize(size);
        await test.step(`a walk by Tab, ${size.width} pixels wide`, () => expectFocusToBeSeen(page));
        await test.step(`forced colours, ${size.width} pixels wide`, () => expectToHoldInForcedColours(page));
      }
    });
  }
}

test('no address of the product is missing here, and none here is missing in the product', () => {
  const source = readFileSync(join(__dirname, '../../app/src/paths.rs'), 'utf8');
  const constants = [...source.matchAll(/^pub const \w+: &str = "(.*)";$/gm)];
  const functions = [...source.matchAll(/^ {4}format!\("(.*)"\)$/gm)];
  const declared = source.match(/^pub (const|fn)/gm)?.length ?? 0;
  const addresses = [...constants, ...functions].map(([, address]) => address ?? '');
  expect(addresses).toHaveLength(declared);
  const looked = places.map(({ pattern }) => pattern).filter((pattern) => pattern !== '/nowhere');
  expect([...new Set([...looked, ...files])].sort()).toEqual([...new Set(addresses)].sort());
});
