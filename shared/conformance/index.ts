import { createBench, featureOf } from './bench';
import type { Need, Requirement } from './requirement';
import { chatRequirements } from './requirements/chat';
import { chatEndingRequirements } from './requirements/chat-endings';
import { conversationRequirements } from './requirements/conversations';
import { definitionRequirements } from './requirements/definition';
import { embeddingRequirements } from './requirements/embedding';
import { errorRequirements } from './requirements/errors';
import { hostedSkillRequirements } from './requirements/hosted-skills';
import { isolationRequirements } from './requirements/isolation';
import { secretRequirements } from './requirements/secrets';
import { settingsRequirements } from './requirements/settings';
import { skillRequirements } from './requirements/skills';
import type { ConformanceSubject } from './subject';
import type { TestFunctions } from './test-functions';

export type { ConformanceSubject, Peer, PeerRequest, PeerScenario } from './subject';
export type { Expect, TestFunctions } from './test-functions';

const requirements: readonly Requirement[] = [
  ...definitionRequirements,
  ...settingsRequirements,
  ...chatRequirements,
  ...conversationRequirements,
  ...chatEndingRequirements,
  ...embeddingRequirements,
  ...errorRequirements,
  ...skillRequirements,
  ...hostedSkillRequirements,
  ...secretRequirements,
  ...isolationRequirements,
];

/** Ids of all requirements, in the order in which they are checked. */
export const requirementIds: readonly string[] = requirements.map(({ id }) => id);

/**
 * Defines one test for each requirement of the contract that concerns this adapter: those of capabilities and features that it does not
 * have are left out. There is no switch that leaves out another one; what does not hold yet is a gap, with its reason.
 *
 * Each test opens a peer of its own. Hand it the functions of any runner that knows `describe` and `it`.
 */
export function describeProviderConformance<Settings>(
  functions: TestFunctions,
  subject: ConformanceSubject<Settings>,
): void {
  const { describe, it, expect, beforeEach, afterEach } = functions;
  const untyped = subject as unknown as ConformanceSubject;
  const gaps = untyped.gaps ?? {};
  const applying = requirements.filter(({ needs }) => needs === undefined || has(untyped, needs));
  describe(`provider ${subject.provider.id}`, () => {
    const nothing = () => Promise.resolve();
    let close = nothing;
    beforeEach(() => void (close = nothing));
    afterEach(async () => close());

    it('gaps/known: every gap names a requirement of this adapter, and a reason', async () => {
      for (const [id, reason] of Object.entries(gaps)) {
        if (!applying.some((requirement) => requirement.id === id))
          throw new Error(`The gap "${id}" names no requirement of this adapter.`);
        if (reason.trim() === '') throw new Error(`The gap "${id}" has no reason.`);
      }
    });

    for (const requirement of applying) {
      const reason = gaps[requirement.id];
      it(`${requirement.id}: ${requirement.says}${reason === undefined ? '' : ` (gap: ${reason})`}`, async () => {
        const stand = createBench(untyped, expect);
        close = stand.close;
        await (reason === undefined ? requirement.check(stand.bench) : failing(requirement, stand.bench));
      });
    }
  });
}

/** A gap that is none any more must go, or it would hide the next one. */
async function failing(requirement: Requirement, bench: Parameters<Requirement['check']>[0]): Promise<void> {
  const holds = await requirement.check(bench).then(
    () => true,
    () => false,
  );
  if (holds) throw new Error(`"${requirement.id}" holds: remove it from the gaps.`);
}

function has(subject: ConformanceSubject, need: Need): boolean {
  if (need === 'chat' || need === 'embedding') return subject.provider.capabilities[need] !== undefined;
  return featureOf(subject, need) !== undefined;
}
