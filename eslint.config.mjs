import reactHooks from 'eslint-plugin-react-hooks';
import typescript from 'typescript-eslint';

/** Loaders and build tools look for a default export in these files; everywhere else names are exported. */
const defaultExports = [
  'strapi-server.ts',
  'strapi-admin.ts',
  'server/src/index.ts',
  'admin/src/index.ts',
  'provider-adapters/*/src/index.ts',
  'playground/**',
  'tests/support/app/**',
  '**/*.config.{js,mjs,cjs,ts}',
];

export default typescript.config(
  {
    ignores: [
      '**/node_modules',
      '**/dist',
      '**/build',
      '**/.cache',
      '**/.strapi',
      'playground/types',
      'playground/samples',
      'tests/**/fixtures',
    ],
  },
  ...typescript.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: [
      '{server,admin}/src/**/*.{ts,tsx}',
      'shared/{contracts,client,provider}/**/*.ts',
      'tests/**/*.ts',
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    files: ['admin/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      // A component's JSX is a description, not a procedure: it may be somewhat longer than a function.
      'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'tests/**/*.ts', '**/*conformance.ts', '**/conformance/**'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // The suite listens to what an adapter writes to the console.
    files: ['shared/conformance/requirements/secrets.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: [
      'tests/bench/**',
      'tests/pack/**',
      'bin/**',
      'scripts/**',
      'server/src/cli/**',
      'tests/support/**',
      'playground/**',
    ],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.{js,cjs}'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  { files: defaultExports, rules: { 'no-restricted-exports': 'off' } },
);
