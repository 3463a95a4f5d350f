import type { HostedBundle } from '../provider';
import { drain } from './assertions';
import { featureOf, type Bench, type Stand } from './bench';
import type { PeerScenario } from './subject';

/** What a tour has seen: all that an adapter gave to others than its vendor. */
export type Sights = unknown[];

const bundle: HostedBundle = {
  name: 'conformance',
  description: 'Is taken on a tour.',
  files: [
    {
      path: 'SKILL.md',
      size: 60,
      open: async () =>
        (async function* () {
          const text = '---\nname: conformance\ndescription: Is taken on a tour.\n---\n';
          yield new TextEncoder().encode(text.padEnd(60));
        })(),
    },
  ],
};

/** Uses everything that the adapter has, once, and takes failures as they come. */
export async function tour({ subject }: Bench, stand: Stand): Promise<Sights> {
  const sights: Sights = [];
  const { capabilities } = subject.provider;
  const see = async (look: () => Promise<unknown>) => {
    try {
      sights.push(await look());
    } catch (error) {
      sights.push(error);
    }
  };
  await see(() => subject.provider.testConnection(stand.context));
  if (capabilities.chat) {
    await see(() => stand.chat().listModels());
    await see(() => drain(stand.chat().stream(stand.request())));
  }
  if (capabilities.embedding) {
    await see(() => stand.embedding().listModels());
    await see(() => stand.embedding().embed({ model: subject.models.embedding ?? '', texts: ['one'] }));
  }
  if (featureOf(subject, 'skills')) await see(() => visitSkills(stand));
  if (featureOf(subject, 'hosted-skills')) await see(() => visitHosted(stand));
  return sights;
}

async function visitSkills(stand: Stand): Promise<unknown> {
  const { context } = stand;
  const types = await stand.skills().listSkillTypes(context);
  const tools = types.map(({ skillTypeId }) => stand.skills().toTool(context, skillTypeId, {}));
  return [types, tools];
}

async function visitHosted(stand: Stand): Promise<unknown> {
  const { context } = stand;
  const reference = await stand.hosted().publish(context, bundle);
  const there = await stand.hosted().exists(context, reference);
  await stand.hosted().withdraw(context, reference);
  return [reference, there];
}

/** Both an answer and every sort of failure. */
export const tourScenarios: readonly PeerScenario[] = [
  'answer',
  'unauthorized',
  'server-error',
  'malformed',
  'broken-stream',
  'unreachable',
];
