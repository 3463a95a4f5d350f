import type { SandboxImplementation, SandboxOptions, Sandbox, Isolation } from './sandbox';
import { SandboxUnavailableError } from './sandbox-error';

export type SandboxProbe =
  | { name: string; available: true; isolation: Isolation }
  | { name: string; available: false; reason: string };

/** The host's sandbox: the strongest of those it can hold, and nothing weaker than what is configured. */
export interface HostSandbox {
  /** What each implementation says about this host, the strongest first. */
  readonly probes: readonly SandboxProbe[];
  /** The one that runs get; null when all that are available are weaker than the minimum. */
  readonly isolation: Isolation | null;
  /** Rejects with `SandboxUnavailableError` (`sandbox-unavailable`), which names what was tried and why it will not do. */
  create(options: SandboxOptions): Promise<Sandbox>;
  /** Disposes of what is open, removes what crashed processes left behind, stops warm workers. */
  close(): Promise<void>;
}

/** The words of the configuration's `sandbox.minimum`. */
export const sandboxStrengths = { 'in-process': 1, bubblewrap: 2 } as const;

/**
 * Tries all implementations once. The choice then stands: a host that loses the chosen one makes runs fail with the reason,
 * never weaker. Choosing removes what crashed servers left behind.
 */
export async function chooseSandbox(
  implementations: readonly SandboxImplementation[],
  minimum: keyof typeof sandboxStrengths,
): Promise<HostSandbox> {
  const tried = await Promise.all(
    implementations.map(async (implementation) => ({ implementation, result: await implementation.probe() })),
  );
  const strength = (entry: (typeof tried)[number]) =>
    entry.result.available ? entry.result.isolation.strength : 0;
  tried.sort((a, b) => strength(b) - strength(a));
  const probes = tried.map(({ implementation, result }) => ({ name: implementation.name, ...result }));
  const best = tried.find((entry) => strength(entry) >= sandboxStrengths[minimum]);

  return {
    probes,
    isolation: best?.result.available ? best.result.isolation : null,
    async create(options) {
      if (!best) throw new SandboxUnavailableError(refusal(probes, minimum));
      return best.implementation.create(options);
    },
    async close() {
      await Promise.all(implementations.map((implementation) => implementation.close()));
    },
  };
}

function refusal(probes: readonly SandboxProbe[], minimum: string): string {
  const reasons = probes.map((probe) =>
    probe.available ? `${probe.name} is weaker than that` : `${probe.name}: ${probe.reason}`,
  );
  return `Runs need a sandbox of at least "${minimum}", and this host has none. Tried: ${reasons.join('; ')}`;
}
