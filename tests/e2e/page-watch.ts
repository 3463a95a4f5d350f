import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core';

/**
 * Strapi's own panel asks for a session before anybody has logged in, and Chromium prints every such answer as an error.
 * Nothing of this plugin is excused here.
 */
const strapisOwnNoise = [/\/admin\/(access-token|login|logout)\b/];

/** Strapi's own entry loads zod, whose probe for `eval` the policy refuses once a page load. The plugin brings no zod. */
const strapisOwnProbe = /^script-src eval \S+\/admin\/strapi-[\w-]+\.js \d+$/;

/** Runs in the page: a violation is an event there, which a page's own code never sees by itself. */
const reportViolations = `document.addEventListener('securitypolicyviolation', (event) => {
  window.recordViolation([event.violatedDirective, event.blockedURI, event.sourceFile, event.lineNumber].join(' '));
});`;

/** Records whatever a visitor would not see but a developer must: errors, CSP violations, calls to other machines. */
export interface PageWatch {
  /** What was recorded since the last call. */
  take(): string[];
}

function describe(message: ConsoleMessage): string {
  const { url } = message.location();
  return `console ${message.type()}: ${message.text()}${url === '' ? '' : ` (${url})`}`;
}

function watchPage(page: Page, record: (fault: string) => void): void {
  page.on('console', (message) => {
    const excused = strapisOwnNoise.some((pattern) => pattern.test(message.location().url));
    if (message.type() === 'error' && !excused) record(describe(message));
  });
  page.on('pageerror', (error) => record(`uncaught: ${error.stack ?? error.message}`));
  page.on('crash', () => record('the page crashed'));
}

export async function watchContext(context: BrowserContext, ownUrl: string): Promise<PageWatch> {
  let faults: string[] = [];
  const record = (fault: string): void => void faults.push(fault);
  context.on('page', (page) => watchPage(page, record));
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    const local = protocol === 'data:' || protocol === 'blob:' || origin === ownUrl;
    if (!local) record(`request to another machine: ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) record(`${response.status()} from ${response.url()}`);
  });
  await context.exposeFunction('recordViolation', (violation: string) => {
    if (!strapisOwnProbe.test(violation)) record(`CSP violation: ${violation}`);
  });
  await context.addInitScript({ content: reportViolations });
  return {
    take() {
      const taken = faults;
      faults = [];
      return taken;
    },
  };
}
