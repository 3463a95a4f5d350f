import { config, configSchema } from './config';

describe("the plugin's configuration", () => {
  it('has defaults for everything', () => {
    expect(configSchema.parse({})).toMatchObject({
      bundle: {
        maxBytes: 31_457_280,
        maxFiles: 500,
        maxFileBytes: 26_214_400,
        maxPathBytes: 512,
        maxDepth: 16,
      },
      run: { timeoutMs: 120_000, processes: 64, leaseMs: 30_000 },
      sandbox: { minimum: 'in-process', allowNetwork: false },
    });
    expect(() => config.validator(config.default())).not.toThrow();
  });

  it.each([
    [{ bundle: { maxFiles: 0 } }, 'bundle.maxFiles'],
    [{ run: { timeout: 5 } }, 'timeout'],
    [{ sandbox: { minimum: 'none' } }, 'sandbox.minimum'],
    [{ connections: { allowedPrivateHosts: ['localhost', '10.0.0.0/99'] } }, 'allowedPrivateHosts[1]'],
  ])('refuses %j and names the option', (value, option) => {
    expect(() => config.validator(value)).toThrow(option);
  });
});
