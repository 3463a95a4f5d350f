const { availableParallelism } = require('node:os');
const { apiTestsFor } = require('./tests/api/together/api-tests.cjs');

/** Unit tests lie beside the code they test; API tests boot a real Strapi. Both read the TypeScript source. */
const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  // Not by the `source` condition: Strapi's packages name it too, for files that they do not ship.
  moduleNameMapper: {
    // Jest makes a `require` of our `import()`, which takes paths alone.
    '^file://(/.*)$': '$1',
    '^strapi-plugin-skills-shared/(\\w+)$': '<rootDir>/shared/$1/index.ts',
    '^strapi-provider-skills-(\\w+)$': '<rootDir>/provider-adapters/$1/src/index.ts',
    '^strapi-plugin-skills/sandbox-worker$': '<rootDir>/sandbox-worker.ts',
  },
  transform: {
    '^.+\\.(t|j)sx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          target: 'es2022',
          transform: { react: { runtime: 'automatic' } },
        },
      },
    ],
  },
  modulePathIgnorePatterns: [
    '<rootDir>/dist',
    '<rootDir>/shared/dist',
    '<rootDir>/playground/(dist|build|.cache)',
  ],
};

/** All together where all are run (see `tests/api/together`); each by itself for who names one. */
const apiFiles = process.env.TESTS_TOGETHER
  ? ['together/*.test.ts', ...apiTestsFor().flatMap(({ name, apart }) => (apart ? [name] : []))]
  : ['*.test.ts'];

module.exports = {
  testSequencer: '<rootDir>/tests/support/longest-first.cjs',
  // Jest leaves one processor out, which on a machine of two is half of it.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  workerIdleMemoryLimit: '1GB',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{server,admin}/src/**/*.test.ts?(x)',
        '<rootDir>/{shared,provider-adapters}/**/*.test.ts',
        '<rootDir>/tests/{rules,docs,support}/**/*.test.ts',
        '<rootDir>/playground/rehearsal/*.test.ts',
      ],
      setupFilesAfterEnv: ['<rootDir>/tests/support/unit-timeout.ts'],
    },
    {
      ...common,
      displayName: 'api',
      testMatch: apiFiles.map((file) => `<rootDir>/tests/api/${file}`),
      setupFilesAfterEnv: ['<rootDir>/tests/api/timeout.ts'],
    },
    {
      ...common,
      displayName: 'e2e',
      testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'],
      setupFilesAfterEnv: ['<rootDir>/tests/e2e/timeout.ts'],
    },
  ],
};
