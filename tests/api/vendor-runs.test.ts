import type { Run, RunEvent, Skill } from 'strapi-plugin-skills-shared/contracts';
import type { Caller } from '../support/callers';
import { createConnection } from '../support/connections';
import { startAnthropicPeer, type AnthropicPeer } from '../support/peers/anthropic';
import { startOpenAIPeer, type OpenAIPeer } from '../support/peers/openai';
import { eventually } from '../support/runs';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { vendorProviders } from '../support/vendor-providers';

// @any-database: What vendors send passes through rows that other tests try on every database.

const PATIENCE_MS = 120_000;

/** The adapters of this repository, through everything that a run goes through: over local peers, and live where there is a key. */
describe('runs at vendors', () => {
  let app: BootedStrapi;
  let ada: Caller;
  let openai: OpenAIPeer;
  let anthropic: AnthropicPeer;
  let serial = 0;

  beforeAll(async () => {
    openai = await startOpenAIPeer({ apiKey: 'sk-local-openai' });
    anthropic = await startAnthropicPeer({ apiKey: 'sk-local-anthropic' });
    app = await bootStrapi({
      config: { providers: vendorProviders, connections: { allowedPrivateHosts: ['127.0.0.1'] } },
    });
    ada = await app.admin();
  });

  afterAll(async () => {
    await app?.destroy();
    await openai?.close();
    await anthropic?.close();
  });

  async function createSkill(provider: string, settings: object, skillType: string): Promise<Skill> {
    const connection = await createConnection(app.strapi, {
      provider,
      settings: settings as Record<string, unknown>,
    });
    serial += 1;
    const response = await ada.agent.post('/skills/skills').send({
      kind: 'provider',
      name: `Skill ${serial}`,
      description: 'Of the tests.',
      connection: connection.id,
      skillType,
    });
    expect(response.body).toMatchObject({ data: { kind: 'provider' } });
    return response.body.data;
  }

  async function runOf(skill: Skill, body: object): Promise<{ run: Run; events: RunEvent['payload'][] }> {
    const started = await ada.agent.post(`/skills/skills/${skill.id}/runs`).send(body);
    expect(started.body).toMatchObject({ data: { status: expect.any(String) } });
    const { id } = started.body.data;
    const run: Run = await eventually(async () => {
      const { body: answer } = await ada.agent.get(`/skills/runs/${id}`).expect(200);
      return answer.data.finishedAt !== null && answer.data;
    }, PATIENCE_MS);
    const { body: page } = await ada.agent.get(`/skills/runs/${id}/events?limit=1000`).expect(200);
    return { run, events: page.data.map(({ payload }: RunEvent) => payload) };
  }

  const toolsUsed = (events: RunEvent['payload'][]) =>
    events.flatMap((event) => (event.type === 'tool-call' ? [event.by] : []));

  const artifactOf = (run: Run, name: string) =>
    ada.agent.get(`/skills/runs/${run.id}/artifacts/${name}`).buffer(true).expect(200);

  const local = {
    openai: () => openai.settings,
    anthropic: () => anthropic.settings,
  };
  const vendors = [
    ['openai', 'gpt-4.1'],
    ['anthropic', 'claude-sonnet-4-5'],
  ] as const;

  it.each(vendors)('search the web at %s, with citations and a known cost', async (vendor, model) => {
    const skill = await createSkill(vendor, local[vendor](), 'web-search');
    const { run, events } = await runOf(skill, { prompt: 'What is new?', model });
    expect(run).toMatchObject({
      status: 'completed',
      execution: 'provider',
      isolation: 'provider',
      model,
      error: null,
      cost: expect.any(Number),
      inputTokens: expect.any(Number),
      output: { finishReason: 'stop' },
    });
    expect(run.cost).toBeGreaterThan(0);
    const output = run.output as { text: string; citations: { url?: string }[] };
    expect(output.text).not.toBe('');
    expect(output.citations.map(({ url }) => url)).toContain('https://example.com/first');
    expect(toolsUsed(events)).toEqual(['provider']);
    expect(JSON.stringify([run, events])).not.toContain('sk-local');
  });

  it('keep the image that openai painted', async () => {
    const skill = await createSkill('openai', openai.settings, 'image-generation');
    const { run } = await runOf(skill, { prompt: 'Paint a dot.', model: 'gpt-4.1' });
    expect(run).toMatchObject({ status: 'completed', artifacts: [{ mime: 'image/png' }] });
    const { body } = await artifactOf(run, run.artifacts[0]!.name);
    expect(Buffer.from(body).subarray(1, 4).toString()).toBe('PNG');
  });

  it('keep the file that code wrote at openai', async () => {
    const skill = await createSkill('openai', openai.settings, 'code-interpreter');
    const { run } = await runOf(skill, { prompt: 'Compute.', model: 'gpt-4.1' });
    expect(run).toMatchObject({ status: 'completed', artifacts: [{ name: 'result.csv' }] });
    expect((await artifactOf(run, 'result.csv')).text).toBe('answer\n42\n');
  });

  it('keep the files that code wrote at anthropic', async () => {
    const skill = await createSkill('anthropic', anthropic.settings, 'code-execution');
    const { run, events } = await runOf(skill, { prompt: 'Compute.', model: 'claude-sonnet-4-5' });
    expect(run.status).toBe('completed');
    expect(run.artifacts.length).toBeGreaterThan(0);
    expect(events.filter(({ type }) => type === 'artifact')).toHaveLength(run.artifacts.length);
  });

  it.each(vendors)('fail with authentication at %s when the key is unknown there', async (vendor, model) => {
    const skill = await createSkill(vendor, { ...local[vendor](), apiKey: 'sk-local-wrong' }, 'web-search');
    const { run, events } = await runOf(skill, { prompt: 'What is new?', model });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'authentication' }, cost: null });
    expect(JSON.stringify([run, events])).not.toContain('sk-local-wrong');
  });

  it('sent nothing that the vendors would refuse', () => {
    expect([...openai.failures, ...anthropic.failures]).toEqual([]);
  });

  const live = [
    ['openai', 'OPENAI_API_KEY', 'gpt-4.1-mini'],
    ['anthropic', 'ANTHROPIC_API_KEY', 'claude-haiku-4-5'],
  ] as const;
  for (const [vendor, variable, model] of live) {
    const apiKey = process.env[variable];
    // Not skipped without a key, which few have: there is no such test then.
    if (!apiKey) continue;
    it(`search the web at ${vendor} itself (${variable})`, async () => {
      const skill = await createSkill(vendor, { apiKey }, 'web-search');
      const prompt = 'Search the web: what is the latest release of Node.js? Answer in one sentence.';
      const { run, events } = await runOf(skill, { prompt, model });
      expect(run).toMatchObject({ status: 'completed', inputTokens: expect.any(Number) });
      expect(toolsUsed(events)).toContain('provider');
    });
  }
});
