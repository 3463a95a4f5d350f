import type { Page, Request } from 'playwright-core';

/** A request of the page that is held back, so that a person can go on before its answer comes. */
export interface HeldRequest {
  /** Kept when the page has sent it. */
  sent: Promise<void>;
  letGo(): void;
}

/** Holds back the next request of the page that `matches`. */
export async function holdRequest(page: Page, matches: (request: Request) => boolean): Promise<HeldRequest> {
  let letGo = (): void => undefined;
  let tell = (): void => undefined;
  const released = new Promise<void>((resolve) => (letGo = resolve));
  const sent = new Promise<void>((resolve) => (tell = resolve));
  let held = false;
  await page.route('**/skills/**', async (route) => {
    if (!held && matches(route.request())) {
      held = true;
      tell();
      await released;
    }
    await route.fallback();
  });
  return { sent, letGo };
}
