import type { RunTarget, TargetRequest } from '../kind';
import { bundleTarget } from './run-target';

/** Where a run works; the code of the refusal when it works nowhere. */
function targetOf(request: Partial<TargetRequest>): RunTarget | string {
  const whole = { execution: undefined, connectionId: undefined, model: undefined, prompted: false };
  try {
    return bundleTarget({ metadata: {}, ...whole, ...request });
  } catch (error) {
    return (error as { details: { code: string } }).details.code;
  }
}

const script = { metadata: { entrypoint: 'run.py' } };
const alone: RunTarget = { execution: 'sandbox', connectionId: null, model: null };
const agent: RunTarget = { execution: 'agent', connectionId: null, model: null };

it.each<[string, Partial<TargetRequest>, RunTarget | string]>([
  ['an entrypoint without a prompt runs alone', script, alone],
  ['a prompt has an agent work', { ...script, prompted: true }, agent],
  ['so has a bundle without an entrypoint', {}, agent],
  ['whoever asks for the sandbox gets it', { ...script, prompted: true, execution: 'sandbox' }, alone],
  ['and an agent', { ...script, execution: 'agent' }, agent],
  ['an agent takes a connection', { connectionId: 'c' }, { ...agent, connectionId: 'c' }],
  ['and a model', { prompted: true, model: 'm' }, { ...agent, model: 'm' }],
  ['a script has no use for a connection', { ...script, connectionId: 'c' }, 'connection-unused'],
  ['nor for a model', { ...script, model: 'm' }, 'model-unused'],
  ['hosted runs are where they were', { execution: 'hosted' }, { ...agent, execution: 'hosted' }],
])('%s', (_what, request, expected) => {
  expect(targetOf(request)).toEqual(expected);
});
