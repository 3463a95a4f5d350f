import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** Each line breaks one rule: a file, what it imports, and the rule that must catch it. */
const violations: [file: string, imports: string, rule: string][] = [
  ['server/src/domains/versions/a.ts', '../skills/index', 'domain-order-providers-versions'],
  ['server/src/domains/skills/a.ts', '../runs/index', 'domain-order-skills'],
  ['server/src/domains/environments/a.ts', '../runs/index', 'domain-order-environments'],
  ['server/src/domains/threads/a.ts', '../runs/index', 'domain-order-threads'],
  ['server/src/domains/runs/a.ts', '../builder/index', 'domain-order-runs'],
  ['server/src/domains/test-sets/a.ts', '../search/index', 'domain-peer-test-sets'],
  ['server/src/domains/runs/b.ts', '../skills/service', 'domain-through-index'],
  ['server/src/domains/runs/c.ts', '../skills/repository', 'domain-through-index'],
  ['server/src/domains/runs/d.ts', '../../index', 'domain-knows-no-assembly'],
  ['server/src/index.ts', './domains/skills/repository', 'repository-is-private'],
  ['server/src/platform/sandbox/a.ts', '../../domains/skills/index', 'platform-knows-no-domain'],
  ['server/src/http/a.ts', '../domains/skills/index', 'platform-knows-no-domain'],
  ['server/src/a.ts', '../../admin/src/ui/index', 'server-is-not-admin'],
  ['admin/src/a.ts', '../../server/src/http/errors', 'admin-is-not-server'],
  ['admin/src/domains/runs/a.ts', '../skills/api', 'admin-domain-through-index'],
  ['admin/src/ui/a.ts', '../domains/skills/index', 'admin-parts-know-no-domain'],
  ['admin/src/b.ts', '../../shared/contracts/index', 'admin-contracts-as-types'],
  ['shared/contracts/a.ts', '../../server/src/http/errors', 'contracts-stay-light'],
  ['shared/provider/a.ts', '../contracts/index', 'provider-contract-stays-light'],
  ['shared/conformance/a.ts', '../contracts/index', 'conformance-brings-no-runner'],
  ['provider-adapters/openai/a.ts', '../../server/src/http/errors', 'adapter-knows-no-strapi'],
  ['provider-adapters/openai/b.ts', '@strapi/utils', 'adapter-knows-no-strapi'],
  ['provider-adapters/openai/c.ts', '../anthropic/index', 'adapter-knows-no-other'],
  ['server/src/domains/search/a.ts', './b', 'no-circular'],
  ['server/src/domains/search/c.ts', './nowhere', 'not-resolvable'],
  ['server/src/b.ts', 'jest', 'no-undeclared-dependency'],
];

const targets = [
  'server/src/domains/skills/index.ts',
  'server/src/domains/skills/service.ts',
  'server/src/domains/skills/repository.ts',
  'server/src/domains/runs/index.ts',
  'server/src/domains/builder/index.ts',
  'server/src/domains/search/index.ts',
  'server/src/http/errors.ts',
  'server/src/index.ts',
  'admin/src/ui/index.ts',
  'admin/src/domains/skills/index.ts',
  'admin/src/domains/skills/api.ts',
  'shared/contracts/index.ts',
  'provider-adapters/anthropic/index.ts',
];

const packages = ['@strapi/utils', 'jest'];

interface CruiseViolation {
  from: string;
  rule: { name: string };
}

function write(folder: string, file: string, content: string): void {
  mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(folder, file), content);
}

/** depcruise exits non-zero when it finds violations: its report is on stdout all the same. */
function cruise(folder: string): CruiseViolation[] {
  const command = path.join(root, 'node_modules/.bin/depcruise');
  const parameters = [
    'server',
    'admin',
    'shared',
    'provider-adapters',
    '--config',
    path.join(root, '.dependency-cruiser.cjs'),
  ];
  let report: string;
  try {
    report = execFileSync(command, [...parameters, '--output-type', 'json'], {
      cwd: folder,
      encoding: 'utf8',
    });
  } catch (error) {
    report = (error as { stdout: string }).stdout;
  }
  return (JSON.parse(report) as { summary: { violations: CruiseViolation[] } }).summary.violations;
}

describe('the rules of who may import whom', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'skills-rules-'));
  let found: CruiseViolation[];

  beforeAll(() => {
    for (const file of targets) write(folder, file, 'export const here = true;\n');
    for (const [file, imports] of violations) write(folder, file, `import '${imports}';\n`);
    // The other half of the cycle; it is reported once, at its first file.
    write(folder, 'server/src/domains/search/b.ts', "import './a';\n");
    write(folder, 'package.json', '{ "name": "fixture", "devDependencies": { "jest": "1.0.0" } }');
    for (const name of packages) {
      write(folder, `node_modules/${name}/package.json`, `{ "name": "${name}", "main": "index.js" }`);
      write(folder, `node_modules/${name}/index.js`, '');
    }
    found = cruise(folder);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(violations)('%s may not import %s', (file, _imports, rule) => {
    const rules = found
      .filter((violation) => violation.from === file)
      .map((violation) => violation.rule.name);
    expect(rules).toContain(rule);
  });
});
