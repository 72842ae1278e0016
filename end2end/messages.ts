import type { Page } from '@playwright/test';

/** The link in a message, as the demonstration shows what it would have sent. */
export async function linkSentTo(page: Page, address: string, subject: string): Promise<string> {
  const href = await lettersTo(page, address, subject).first().getByRole('link').getAttribute('href');
  if (!href) {
    throw new Error(`The message “${subject}” to ${address} holds no link.`);
  }
  return href;
}

/** The messages to an address, on the page that shows them. */
export function lettersTo(page: Page, address: string, subject: string | RegExp) {
  return page
    .getByRole('article')
    .filter({ hasText: `To ${address}` })
    .filter({ has: page.getByRole('heading', { name: subject }) });
}
