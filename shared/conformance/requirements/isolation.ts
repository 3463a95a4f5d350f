import { demand } from '../assertions';
import type { Requirement } from '../requirement';
import { tour, tourScenarios } from '../tour';
import { watchTraffic } from '../traffic';

type Environment = Record<string, string | undefined>;

/** Names that adapters and their SDKs take settings from. Others stay unset, so that Node and the runner work as ever. */
const tempting = /key|token|secret|auth|org|project|base|url|host|endpoint|region|header|proxy/i;
const poison = 'http://127.0.0.1:9/poison-from-the-environment';

/** Every unset variable with a tempting name is there, with a value that is recognised where it turns up. */
function poisoned(environment: Environment): Environment {
  return new Proxy(environment, {
    get: (target, name) =>
      typeof name === 'string' && target[name] === undefined && tempting.test(name)
        ? poison
        : Reflect.get(target, name),
  });
}

export const isolationRequirements: readonly Requirement[] = [
  {
    id: 'network/only-context-fetch',
    says: 'every request goes through the `fetch` of the context',
    async check(bench) {
      for (const scenario of tourScenarios) {
        const watch = watchTraffic();
        try {
          await tour(bench, await bench.open(scenario, { around: watch.around }));
        } finally {
          watch.stop();
        }
        demand(watch.strays.length === 0, `${scenario}: it used ${[...new Set(watch.strays)].join(', ')}.`);
      }
    },
  },
  {
    id: 'environment/not-used',
    says: 'no variable of the environment finds its way into a request',
    async check(bench) {
      const { process } = globalThis as unknown as { process: { env: Environment } };
      const stand = await bench.open('answer');
      const original = process.env;
      process.env = poisoned(original);
      try {
        await tour(bench, stand);
      } finally {
        process.env = original;
      }
      const sent = JSON.stringify([stand.calls, stand.peer.requests]);
      demand(stand.peer.requests.length > 0, 'No request came to the peer.');
      demand(!sent.includes(poison), 'A request holds what stood in a variable of the environment.');
    },
  },
];
