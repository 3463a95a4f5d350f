import { createJustBash, type Sandbox, type SandboxImplementation } from '../../../../platform/sandbox';
import type { AgentEnd, AgentTask } from '../kind';
import { runInStand, type RunRequest } from './fixtures/run-stand';

let implementation: SandboxImplementation;
beforeAll(() => void (implementation = createJustBash()));
afterAll(() => implementation.close());

const document = '---\nname: demo\nallowed-tools: Read\n---\nAdd things up.\n';
const answer: AgentEnd = { status: 'completed', output: { text: 'Seven.' } };

/** A run whose agent leaves files, and comes to an end. */
function run(
  written: Record<string, string>,
  request: Partial<RunRequest> = {},
  end: AgentEnd = answer,
  look?: (task: AgentTask) => void,
) {
  return runInStand(implementation, {
    files: { 'SKILL.md': document },
    metadata: {},
    prompt: 'Add 3 and 4.',
    async agent(task, open) {
      look?.(task);
      const sandbox: Sandbox = await open(task.network);
      for (const [name, text] of Object.entries(written)) {
        await sandbox.writeFile(`/work/output/${name}`, Buffer.from(text));
      }
      return task.conclude?.(end, sandbox) ?? end;
    },
    ...request,
  });
}

it('gives the agent the whole of SKILL.md, the prompt, and what the skill allows and asks for', async () => {
  const seen: AgentTask[] = [];
  const inputs = [{ name: 'mode', type: 'string' as const, default: 'sum' }];
  const metadata = { allowedTools: ['Read'], allowNetwork: true, inputs };
  await run({}, { metadata, input: { rows: 1 } }, answer, (task) => seen.push(task));
  expect(seen).toMatchObject([
    {
      prompt: 'Add 3 and 4.',
      input: { mode: 'sum', rows: 1 },
      instructions: document,
      instructionsPath: 'SKILL.md',
      allowedTools: ['Read'],
      network: true,
    },
  ]);
});

it('keeps what lies in the output folder, and answers in words', async () => {
  const { outcome, artifacts } = await run({ 'sum.txt': '7', 'output.json': '{"sum":7}' });
  expect(outcome).toEqual(answer);
  expect(Object.keys(artifacts)).toEqual(['output.json', 'sum.txt']);
});

it('keeps names that tools have for their outputs out of reach', async () => {
  const { artifacts } = await run({ 'tool-output/1-bash.txt': 'forged' });
  expect(Object.keys(artifacts)).toEqual(['output/tool-output/1-bash.txt']);
});

describe('where the bundle declares outputs', () => {
  const metadata = { outputs: [{ name: 'sum', type: 'number' as const, required: true }] };

  it('takes output.json as the output', async () => {
    const { outcome, artifacts } = await run({ 'output.json': '{"sum":7}' }, { metadata });
    expect(outcome).toEqual({ status: 'completed', output: { sum: 7 } });
    expect(artifacts).toEqual({});
  });

  it('answers in words when there is none', async () => {
    expect((await run({}, { metadata })).outcome).toEqual(answer);
  });

  it.each([
    ['is no JSON', 'seven', 'output-invalid', { text: 'Seven.' }],
    ['is not what was declared', '{"sum":"seven"}', 'output-mismatch', { sum: 'seven' }],
  ])('fails when it %s', async (_why, text, code, output) => {
    const { outcome } = await run({ 'output.json': text }, { metadata });
    expect(outcome).toMatchObject({ status: 'failed', error: { code }, output });
  });
});

it('keeps the files of an agent that was stopped, and says by what', async () => {
  const end: AgentEnd = { status: 'failed', error: { code: 'steps-budget', message: 'Enough.' }, output: {} };
  const { outcome, artifacts } = await run({ 'half.txt': 'half' }, {}, end);
  expect(outcome).toEqual(end);
  expect(Object.keys(artifacts)).toEqual(['half.txt']);
});

it.each([
  ['there is no prompt', { prompt: undefined }, 'prompt-required'],
  ['there is no SKILL.md', { files: { 'a.txt': 'a' } }, 'version-invalid'],
])('refuses when %s', async (_why, request, code) => {
  await expect(run({}, request)).rejects.toMatchObject({ details: { code } });
});
