// The weeks beside the one on screen are fetched before anybody asks for them.

import { expect, test } from '../../test';

for (const [role, week, before, after] of [
  ['supervisor', '/calendar/week/2026-10-19', '/calendar/week/2026-10-12', '/calendar/week/2026-10-26'],
  ['coordinator', '/board/2026-10-19', '/board/2026-10-12', '/board/2026-10-26'],
] as const) {
  test(`${week} has the weeks beside it fetched ahead, and what was fetched is what is shown`, async ({ page, signInAs }) => {
    await signInAs(role);
    const states = new Map<string, string>();
    const protocol = await page.context().newCDPSession(page);
    protocol.on('Preload.prefetchStatusUpdated', ({ prefetchUrl, status }) => states.set(new URL(prefetchUrl).pathname, status));
    await protocol.send('Preload.enable');

    await page.goto(week);
    await expect.poll(() => [states.get(before), states.get(after)]).toEqual(['Ready', 'Ready']);
    await page.getByRole('link', { name: /^(Week after|Later)/ }).first().click();
    await expect(page).toHaveURL(new RegExp(`${after}$`));
    await expect.poll(() => states.get(after)).toBe('Success');
  });
}
