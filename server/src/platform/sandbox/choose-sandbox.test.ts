import { chooseSandbox } from './choose-sandbox';
import type { Isolation, Sandbox, SandboxImplementation, SandboxOptions } from './sandbox';

const options: SandboxOptions = {
  files: [],
  network: false,
  env: {},
  limits: { timeMs: 1, memoryBytes: 1, processes: 1, diskBytes: 1, outputBytes: 1 },
};

function fake(name: string, strength: number | string): SandboxImplementation & { closed: number } {
  const isolation: Isolation = { name, strength: Number(strength), notes: [] };
  return {
    name,
    closed: 0,
    probe: async () =>
      typeof strength === 'number' ? { available: true, isolation } : { available: false, reason: strength },
    create: async () => ({ isolation }) as Sandbox,
    async close() {
      this.closed += 1;
    },
  };
}

describe("choosing a host's sandbox", () => {
  it('takes the strongest, in whatever order they are tried', async () => {
    const chosen = await chooseSandbox([fake('weak', 1), fake('strong', 2)], 'in-process');
    expect(chosen.isolation?.name).toBe('strong');
    expect((await chosen.create(options)).isolation.name).toBe('strong');
    expect(chosen.probes.map(({ name }) => name)).toEqual(['strong', 'weak']);
  });

  it('takes a weaker one down to the minimum when the strong one cannot be had', async () => {
    const chosen = await chooseSandbox([fake('strong', 'No namespaces.'), fake('weak', 1)], 'in-process');
    expect((await chosen.create(options)).isolation.name).toBe('weak');
  });

  it('refuses below the minimum, and says what was tried and why it will not do', async () => {
    const chosen = await chooseSandbox([fake('strong', 'No namespaces.'), fake('weak', 1)], 'bubblewrap');
    expect(chosen.isolation).toBeNull();
    await expect(chosen.create(options)).rejects.toMatchObject({
      details: { code: 'sandbox-unavailable' },
      message:
        'Runs need a sandbox of at least "bubblewrap", and this host has none. Tried: weak is weaker than that; strong: No namespaces.',
    });
  });

  it('closes all of them', async () => {
    const implementations = [fake('strong', 2), fake('weak', 1), fake('none', 'No.')];
    await (await chooseSandbox(implementations, 'in-process')).close();
    expect(implementations.map(({ closed }) => closed)).toEqual([1, 1, 1]);
  });
});
