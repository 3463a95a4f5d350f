import { setTimeout as sleep } from 'node:timers/promises';
import { openAgentStand, type AgentStand } from '../support/agents';
import { call, prompt } from '../support/peers/conversation';

// @any-database: It is about what is masked, and what a sandbox gets.

const SECRET = "s3cr3t/'ünï'+x9";
const PIECES = ['s3cr3t', 'ünï', Buffer.from(SECRET).toString('base64').slice(0, 12)];

describe('an agent in an environment', () => {
  let stand: AgentStand;
  let skillId: string;
  /** What the model was told of its tools. */
  const told: string[] = [];
  const tell = ({ results }: { results: readonly string[] }) => {
    told.push(...results);
    return { text: `It said: ${results.join('\n')}` };
  };

  beforeAll(async () => {
    const leak = [
      'cat "$HOME/made"',
      'echo "plain $API_KEY"',
      'printf "%s" "$API_KEY" | base64',
      'printf "%s" "$API_KEY" > leaked.txt',
      'mkdir -p /work/output && printf "%s" "$API_KEY" > /work/output/leaked.txt',
    ].join('; ');
    stand = await openAgentStand({
      scripts: {
        leak: [
          { toolCalls: [call('bash', { command: leak })] },
          { toolCalls: [call('read_file', { path: 'leaked.txt' })] },
          { toolCalls: [call('bash', { command: 'for i in $(seq 1 9000); do echo "$i $API_KEY"; done' })] },
          tell,
        ],
      },
    });
    skillId = await stand.createSkill({ alias: 'leaky' });
    await stand.ada.agent
      .put(`/skills/skills/${skillId}/environment`)
      .send({
        revision: 0,
        variables: [],
        secrets: [{ name: 'API_KEY', value: SECRET }],
        setup: 'echo from the image > "$HOME/made"',
      })
      .expect(200);
    const builds = `/skills/skills/${skillId}/environment/builds`;
    const { id } = (await stand.ada.agent.post(builds).expect(202)).body.data;
    for (let status = 'queued'; status === 'queued' || status === 'running'; await sleep(100))
      ({ status } = (await stand.ada.agent.get(`/skills/environment-builds/${id}`).expect(200)).body.data);
  });
  afterAll(() => stand?.close());

  it('finds its image, and tells no secret to its model, in its trajectory, in its artifacts and changes', async () => {
    const { id } = await stand.start('leaky', { prompt: prompt('leak') });
    const run = await stand.ended(id);
    const { image } = (await stand.ada.agent.get(`/skills/skills/${skillId}/environment`).expect(200)).body
      .data;
    expect(run).toMatchObject({ status: 'completed', image: image.digest });
    expect(told.join('\n')).toContain('from the image');
    expect(told.join('\n')).toContain('plain •••');
    const artifacts = await Promise.all(
      run.artifacts.map(async ({ name }) => {
        const path = `/skills/runs/${id}/artifacts/${name}`;
        return Buffer.from((await stand.ada.agent.get(path).buffer(true).expect(200)).text ?? '').toString();
      }),
    );
    expect(run.artifacts.length).toBeGreaterThan(1);
    const changed = await stand.ada.agent.get(`/skills/runs/${id}/changes/after/leaked.txt`).expect(200);
    expect(changed.text).toBe('*'.repeat(Buffer.byteLength(SECRET)));
    const everything = [told, artifacts, run, await stand.events(id)].map((part) => JSON.stringify(part));
    for (const piece of PIECES) for (const part of everything) expect(part).not.toContain(piece);
  });
});
