/**
 * Who may import whom: docs and reasons in ARCHITECTURE's table "The house". A rule here is a rule of the design, so a
 * violation is mended in the code, not by an exception.
 */

/** Server domains in the order in which they may build on one another: a domain imports only those before it. */
const order = [
  ['audit'],
  ['providers', 'versions'],
  ['connections'],
  ['skills'],
  ['environments'],
  ['threads'],
  ['runs'],
  ['test-sets', 'analysis-sets', 'search'],
  ['builder', 'tasks'],
];

const domain = (names) => `^server/src/domains/(${names.join('|')})/`;

const onlyEarlierDomains = order.map((names, index) => ({
  name: `domain-order-${names.join('-')}`,
  comment:
    'A domain builds only on domains before it in the order, so that there are no cycles between ideas.',
  severity: 'error',
  from: { path: domain(names) },
  to: {
    path: domain(order.slice(index).flat()),
    pathNot: names.map((name) => `^server/src/domains/${name}/`).join('|'),
  },
}));

/** Peers of one rank do not know each other. */
const noPeers = order
  .filter((names) => names.length > 1)
  .flatMap((names) =>
    names.map((name) => ({
      name: `domain-peer-${name}`,
      severity: 'error',
      from: { path: domain([name]) },
      to: { path: domain(names.filter((other) => other !== name)) },
    })),
  );

const tests = '\\.test\\.tsx?$|/(conformance|fixtures)[./]';

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'not-resolvable',
      comment: "Strapi's admin export names a source file that its package does not hold.",
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@strapi/strapi/admin$' },
    },
    {
      name: 'no-undeclared-dependency',
      comment:
        'A workspace hides a missing dependency: the packed plugin would break in the app that installs it.',
      severity: 'error',
      from: { path: '^(server|admin|shared)/', pathNot: tests },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'],
        dependencyTypesNot: ['type-only', 'npm-peer'],
      },
    },
    {
      name: 'contracts-stay-light',
      comment: 'Contracts are loaded by clients and browsers: zod and themselves, nothing more.',
      severity: 'error',
      from: { path: '^shared/(contracts|client)/', pathNot: tests },
      to: { pathNot: '^shared/(contracts|client|provider)/|node_modules/zod/' },
    },
    {
      name: 'provider-contract-stays-light',
      comment: 'Adapters build on it alone: it needs zod, and nothing of the plugin.',
      severity: 'error',
      from: { path: '^shared/provider/', pathNot: tests },
      to: { pathNot: '^shared/provider/|node_modules/zod/' },
    },
    {
      name: 'conformance-brings-no-runner',
      comment: 'It is handed describe, it and expect: an adapter may test with what it likes.',
      severity: 'error',
      from: { path: '^shared/conformance/' },
      to: { pathNot: '^shared/(conformance|provider)/' },
    },
    {
      name: 'adapter-knows-no-strapi',
      comment:
        'An adapter is installed beside the plugin, perhaps in another version: the contract is all they share. Its tests may use the local peers.',
      severity: 'error',
      from: { path: '^provider-adapters/', pathNot: tests },
      to: {
        path: '^(server|admin|playground|tests)/|^shared/(contracts|client)/|node_modules/@strapi/|node_modules/strapi-plugin-skills/',
      },
    },
    {
      name: 'adapter-knows-no-other',
      severity: 'error',
      from: { path: '^provider-adapters/([^/]+)/' },
      to: { path: '^provider-adapters/', pathNot: '^provider-adapters/$1/' },
    },
    {
      name: 'server-is-not-admin',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^admin/' },
    },
    {
      name: 'admin-is-not-server',
      severity: 'error',
      from: { path: '^admin/' },
      to: { path: '^server/' },
    },
    {
      name: 'admin-contracts-as-types',
      comment: 'zod itself does not belong in the panel: its eval probe reports CSP violations.',
      severity: 'error',
      from: { path: '^admin/', pathNot: tests },
      to: { path: '^shared/|node_modules/zod/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'admin-domain-through-index',
      severity: 'error',
      from: { path: '^admin/src/domains/([^/]+)/' },
      to: { path: '^admin/src/domains/', pathNot: '^admin/src/domains/$1/|/index\\.tsx?$' },
    },
    {
      name: 'admin-parts-know-no-domain',
      severity: 'error',
      from: { path: '^admin/src/(forms|ui)/' },
      to: { path: '^admin/src/(domains|app)/' },
    },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^server/src/(platform|http|mcp)/', pathNot: tests },
      to: { path: '^server/src/(domains/|[^/]+\\.ts$)' },
    },
    {
      name: 'domain-through-index',
      comment: 'What a domain offers stands in its index; the rest is its own.',
      severity: 'error',
      from: { path: '^server/src/domains/([^/]+)/', pathNot: tests },
      to: {
        path: '^server/src/domains/',
        pathNot: '^server/src/domains/$1/|^server/src/domains/[^/]+/index\\.ts$',
      },
    },
    {
      name: 'domain-knows-no-assembly',
      severity: 'error',
      from: { path: '^server/src/(domains|platform|http)/', pathNot: tests },
      to: { path: '^server/src/(index|register|bootstrap|destroy)\\.ts$' },
    },
    {
      name: 'repository-is-private',
      severity: 'error',
      from: { path: '^(server|tests)/', pathNot: '^server/src/domains/([^/]+)/' },
      to: { path: '^server/src/domains/[^/]+/repository' },
    },
    ...onlyEarlierDomains,
    ...noPeers,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|build)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { conditionNames: ['source', 'types', 'import', 'require', 'default'] },
  },
};
