import path from 'node:path';
import { apiTestsFor } from './api-tests.cjs';

const SHARES = 4;

/**
 * A share of the API tests in one test file. Jest loads all of Strapi anew for each test file, which takes longer than most of them need
 * for their tests: where all are run, a few files hold the many. Each still boots a Strapi of its own, as it does when it is run alone.
 */
export function shareOfTests(share: number): void {
  const together = apiTestsFor(process.env.DATABASE_CLIENT).filter(({ apart }) => !apart);
  for (const { name } of together.filter((_, index) => index % SHARES === share)) {
    describe(name, () => {
      jest.requireActual(path.resolve(__dirname, '..', name));
    });
  }
}
