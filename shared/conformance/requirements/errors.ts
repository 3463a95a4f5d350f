import { providerErrorData, type ProviderErrorCode, type ProviderErrorData } from '../../provider';
import { demand, eventsOf, rejection, show } from '../assertions';
import type { Bench } from '../bench';
import { featureOf } from '../bench';
import type { Need, Requirement } from '../requirement';
import type { PeerScenario } from '../subject';

interface Failure {
  id: string;
  scenario: PeerScenario;
  codes: readonly ProviderErrorCode[];
  says: string;
  more?(error: ProviderErrorData): void;
}

const failures: readonly Failure[] = [
  {
    id: 'unauthorized',
    scenario: 'unauthorized',
    codes: ['authentication'],
    says: '401 is "authentication"',
  },
  { id: 'forbidden', scenario: 'forbidden', codes: ['permission'], says: '403 is "permission"' },
  {
    id: 'rate-limited',
    scenario: 'rate-limited',
    codes: ['rate-limited'],
    says: '429 is "rate-limited", with the time to wait',
    more: ({ retryAfterMs }) =>
      demand(retryAfterMs === 2_000, `retryAfterMs must be 2000; it was ${show(retryAfterMs)}.`),
  },
  { id: 'server-error', scenario: 'server-error', codes: ['unavailable'], says: '500 is "unavailable"' },
  { id: 'malformed', scenario: 'malformed', codes: ['protocol'], says: 'what cannot be read is "protocol"' },
  { id: 'unreachable', scenario: 'unreachable', codes: ['unavailable'], says: 'no answer is "unavailable"' },
];

function checkData(error: ProviderErrorData, what: string): void {
  demand(error.message.trim() !== '', `${what}: the error has no message.`);
  demand(!/\n\s+at /.test(error.message), `${what}: the message holds a stack trace.`);
  demand(
    JSON.stringify(JSON.parse(JSON.stringify(error))) === JSON.stringify(error),
    `${what}: the error is not plain data.`,
  );
}

/** Everything that asks the vendor and rejects, by what the adapter has. */
function rejecting(bench: Bench): [string, Need | undefined, (scenario: PeerScenario) => Promise<unknown>][] {
  const { subject, open } = bench;
  return [
    [
      'testConnection',
      undefined,
      async (scenario) => subject.provider.testConnection((await open(scenario)).context),
    ],
    ['listModels', 'chat', async (scenario) => (await open(scenario)).chat().listModels()],
    [
      'embed',
      'embedding',
      async (scenario) =>
        (await open(scenario)).embedding().embed({ model: subject.models.embedding ?? '', texts: ['one'] }),
    ],
  ];
}

const isThere = ({ subject }: Bench, need: Need | undefined) =>
  need === undefined ||
  (need === 'chat' || need === 'embedding'
    ? subject.provider.capabilities[need] !== undefined
    : featureOf(subject, need) !== undefined);

async function checkFailure(bench: Bench, { scenario, codes, more }: Failure): Promise<void> {
  if (isThere(bench, 'chat')) {
    const { ask } = await bench.open(scenario);
    const [event] = eventsOf(await ask(), 'error');
    demand(event !== undefined, `${scenario}: the answer has no error.`);
    const { code, message } = event.error;
    demand(
      codes.includes(code),
      `${scenario}: the code must be ${codes.join(' or ')}; it was ${code} (${message}).`,
    );
    checkData(event.error, 'stream');
    more?.(event.error);
  }
  for (const [what, need, call] of rejecting(bench)) {
    if (!isThere(bench, need)) continue;
    const data = providerErrorData(await rejection(what, call(scenario), codes));
    checkData(data, what);
    more?.(data);
  }
}

export const errorRequirements: readonly Requirement[] = [
  ...failures.map((failure): Requirement => ({
    id: `errors/${failure.id}`,
    says: failure.says,
    check: (bench) => checkFailure(bench, failure),
  })),
  {
    id: 'errors/broken-stream',
    says: 'an answer that breaks off keeps its text, and ends with an error that nobody may retry',
    needs: 'chat',
    async check({ open }) {
      const events = await (await open('broken-stream')).ask();
      demand(eventsOf(events, 'text-delta').length > 0, 'The text before the break was lost.');
      const [event] = eventsOf(events, 'error');
      demand(event !== undefined, 'The answer has no error.');
      const { code, retryable } = event.error;
      demand(code === 'unavailable' || code === 'protocol', `The code was ${code}.`);
      demand(retryable !== true, 'Something was answered already, so it is not retryable.');
    },
  },
  {
    id: 'errors/asked-once',
    says: 'a failed request for an answer is not repeated by the adapter: runs are executed at most once',
    needs: 'chat',
    async check({ open, expect }) {
      for (const scenario of ['unauthorized', 'rate-limited', 'server-error'] as const) {
        const { ask, peer } = await open(scenario);
        await ask();
        expect(peer.requests.length).toBe(1);
      }
    },
  },
];
