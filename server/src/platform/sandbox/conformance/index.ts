import { describeArchives } from './archives';
import { describeCommands } from './commands';
import { describeEscapes } from './escapes';
import { describeFiles } from './files';
import { describeLimits } from './limits';
import { createStand, type Subject } from './stand';
import { describeTerminals } from './terminals';

export type { Subject } from './stand';

/** The one suite that every implementation of the sandbox port passes, attempts to break out included. */
export function describeSandbox(name: string, open: () => Subject): void {
  describe(name, () => {
    jest.setTimeout(60_000);
    let subject: Subject;
    beforeAll(async () => {
      subject = open();
      expect(await subject.implementation.probe()).toMatchObject({ available: true });
    });
    afterAll(() => subject.implementation.close());

    const stand = createStand(() => subject);
    describeCommands(stand);
    describeFiles(stand);
    describeArchives(stand);
    describeLimits(stand, () => subject);
    describeEscapes(stand);
    describeTerminals(stand, () => subject);
  });
}
