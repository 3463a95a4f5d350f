import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import plugin from '../../server/src';
import { configSchema } from '../../server/src/config';
import { bundleKind } from '../../server/src/domains/skills/kinds/bundle';

const root = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found]) => found ?? '');
}

describe.each(pages)('%s', (page) => {
  it('links to files that exist', () => {
    const targets = matches(read(page), /\]\(([^)\s]+)\)/g).filter((target) => !/^(https?:|#)/.test(target));
    const missing = targets.filter((target) => {
      const [file = ''] = target.split('#');
      return !existsSync(path.join(root, path.dirname(page), file));
    });
    expect(missing).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = matches(read(page), /\bnpm run (?:--silent )?([a-z:-]+)/g);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe('the documentation', () => {
  it('lists every option of the configuration with its default', () => {
    const readme = read('README.md');
    const options = Object.entries(configSchema.parse({})).flatMap(([group, values]) =>
      Object.entries(values as Record<string, unknown>).map(
        ([name, value]) => [`${group}.${name}`, value] as const,
      ),
    );
    const wrong = options.filter(([name, value]) => {
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
      // The number of cores is another one on each machine.
      return row === undefined || (name !== 'run.concurrency' && !row.includes(String(value)));
    });
    expect(wrong).toEqual([]);
  });

  it('shows a skill that validates without a finding', async () => {
    const skill = matches(read('README.md'), /```markdown\n(---\n[\s\S]*?)```/g)[0] ?? '';
    const script = matches(read('README.md'), /```python\n([\s\S]*?)```/g)[0] ?? '';
    const files = new Map([
      ['SKILL.md', Buffer.from(skill)],
      ['scripts/count.py', Buffer.from(script)],
    ]);
    const { findings, metadata } = await bundleKind.validate({
      paths: [...files.keys()],
      folder: 'word-count',
      read: (file) => Promise.resolve(files.get(file) ?? Buffer.alloc(0)),
    });
    expect(findings).toEqual([]);
    expect(metadata.entrypoint).toBe('scripts/count.py');
  });

  it('lists every route of the content API', () => {
    const page = read('docs/content-api.md');
    const routes = plugin.routes['content-api']?.().routes ?? [];
    expect(routes.length).toBeGreaterThan(0);
    const lines = routes.map(
      ({ method, path: route }) => `\`${method} /api${route.replace(/:(\w+)\(\.\+\)/, '*$1')}\``,
    );
    expect(lines.filter((line) => !page.includes(line))).toEqual([]);
  });
});
