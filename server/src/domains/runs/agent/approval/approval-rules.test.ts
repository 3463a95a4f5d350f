import { createApprovalRules } from './approval-rules';

const waits = (approval: string[], allowed: string[], name: string, input: unknown): boolean =>
  createApprovalRules({ approval, allowed }).waits(name, input);
const bash = (command: string) => ({ command });

it('waits for nothing unless told', () => {
  expect(waits([], [], 'bash', bash('rm -rf /'))).toBe(false);
  expect(waits([], ['Read'], 'bash', bash('rm -rf /'))).toBe(false);
});

it.each<[string, string, unknown, boolean]>([
  ['bash', 'bash', bash('ls'), true],
  ['Bash', 'bash', bash('ls'), true],
  ['Bash(*)', 'bash', bash('ls'), true],
  ['Bash()', 'bash', bash('ls'), true],
  ['bash', 'read_file', { path: 'a' }, false],
  ['*', 'read_file', { path: 'a' }, true],
  ['Read', 'read_file', { path: 'a' }, true],
  ['Write', 'write_file', { path: 'a' }, true],
  ['Edit', 'edit_file', { path: 'a' }, true],
  ['MultiEdit', 'edit_file', { path: 'a' }, true],
  ['Glob', 'list_files', {}, true],
  ['LS', 'list_files', {}, true],
  ['Skill', 'skill_call', { skill: 'a' }, true],
  ['Skill', 'load_skill', { name: 'a' }, true],
  ['skill_call', 'load_skill', { name: 'a' }, false],
  ['Skill(other)', 'skill_call', { skill: 'a' }, false],
  ['Skill(a)', 'skill_call', { skill: 'a' }, true],
  ['write_file', 'write_file', { path: 'a' }, true],
  ['Edit(src/**)', 'edit_file', { path: 'src/a/b.ts' }, true],
  ['Edit(src/**)', 'edit_file', { path: 'docs/a.md' }, false],
  ['Edit(src/**)', 'edit_file', { path: 'docs/../src/a.md' }, true],
  ['Edit(*.md)', 'edit_file', { path: 'docs/deep/a.md' }, true],
  ['Edit(/work/output/**)', 'edit_file', { path: '/work/output/a' }, true],
  ['WebFetch', 'bash', bash('curl x'), false],
  ['toString', 'bash', bash('ls'), false],
  ['__proto__', 'bash', bash('ls'), false],
  ['Bash(git push:*)', 'bash', bash('git push origin'), true],
  ['Bash(git push:*)', 'bash', bash('git status'), false],
  ['Bash(git push *)', 'bash', bash('cd x && git push'), true],
  ['Bash(npm run test)', 'bash', bash('npm run test -- --all'), true],
  ['Bash(git:*)', 'bash', {}, false],
  ['Grep', 'bash', bash('grep x y'), true],
])('with %s, a call of %s with %j waits: %s', (pattern, name, input, expected) => {
  expect(waits([pattern], [], name, input)).toBe(expected);
});

it.each(['Bash(git:*', '(ls)', '', 'a(b)c'])('waits for everything by what is no pattern: %j', (pattern) => {
  expect(waits([pattern], [], 'read_file', { path: 'a' })).toBe(true);
});

describe('what a skill allows waits for nobody', () => {
  it.each<[string, string, unknown]>([
    ['Bash', 'bash', bash('anything | goes')],
    ['*', 'bash', bash('anything | goes')],
    ['Bash(git:*)', 'bash', bash('git status --short')],
    ['Bash(git status:*)', 'bash', bash('git status')],
    ['Bash(npm run test)', 'bash', bash('npm run test')],
    ['Grep', 'bash', bash("grep -rn 'a b' src")],
    ['Read', 'read_file', { path: 'a' }],
    ['Write(out/**)', 'write_file', { path: 'out/a/b' }],
    ['Write(out/**)', 'write_file', { path: '/work/skill/out/a' }],
    ['Skill(a)', 'skill_call', { skill: 'A' }],
  ])('%s allows %s %j', (pattern, name, input) => {
    expect(waits(['*'], [pattern], name, input)).toBe(false);
  });

  it.each<[string, string, unknown]>([
    ['Bash(git:*)', 'bash', bash('git status; rm -rf /')],
    ['Bash(git:*)', 'bash', bash('git status && rm -rf /')],
    ['Bash(git:*)', 'bash', bash('git status | sh')],
    ['Bash(git:*)', 'bash', bash('git log $(rm -rf /)')],
    ['Bash(git:*)', 'bash', bash('git log `rm -rf /`')],
    ['Bash(git:*)', 'bash', bash('git log > x')],
    ['Bash(git:*)', 'bash', bash('git\nrm -rf /')],
    ['Bash(git:*)', 'bash', bash('git status\nrm -rf /')],
    ['Bash(git:*)', 'bash', bash('A=1 git status')],
    ['Bash(git:*)', 'bash', bash('github')],
    ['Bash(git:*)', 'bash', bash('gitk')],
    ['Bash(git:*)', 'bash', bash('./git status')],
    ['Bash(git:*)', 'bash', bash('/tmp/git status')],
    ['Bash(git:*)', 'bash', bash('env git status')],
    ['Bash(git status:*)', 'bash', bash('git statusx')],
    ['Bash(git status:*)', 'bash', bash('git -c alias.status=!rm status')],
    ['Bash(npm run test)', 'bash', bash('npm run test && rm x')],
    ['Bash(npm run test)', 'bash', bash('npm run test --more')],
    ['Bash(npm * test)', 'bash', bash('npm run test')],
    ['Bash(:*)', 'bash', bash('ls')],
    ['Grep', 'bash', bash('rg --pre=sh x')],
    ['Grep', 'bash', bash('grep x y; rm z')],
    ['Read', 'bash', bash('cat a')],
    ['Write(out/**)', 'write_file', { path: 'out/../SKILL.md' }],
    ['Write(out/**)', 'write_file', { path: '/work/input/out/a' }],
    ['Write(out/**)', 'write_file', { path: '../../etc/passwd' }],
    ['Skill(a)', 'skill_call', { skill: 'b' }],
    ['Skill(a)', 'skill_call', {}],
    ['bash) (', 'bash', bash('ls')],
    ['Bash(git:*', 'bash', bash('git status')],
    ['', 'bash', bash('ls')],
    ['constructor', 'bash', bash('ls')],
  ])('%s does not allow %s %j', (pattern, name, input) => {
    expect(waits(['*'], [pattern], name, input)).toBe(true);
  });
});
