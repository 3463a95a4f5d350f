import type { Run, RunEvent } from 'strapi-plugin-skills-shared/contracts';
import type { Caller } from '../support/callers';
import { readEventStream } from '../support/event-streams';
import { createRunnableSkill } from '../support/runnable-skills';
import { eventually } from '../support/runs';
import { bootStrapi, type BootedStrapi } from '../support/strapi';

const SLOW = `for n in 1 2 3 4 5 6 7 8 9 10; do echo "line $n"; sleep 0.05; done; echo '{"done": true}'`;

describe('the events of a run', () => {
  let app: BootedStrapi;
  let admin: Caller;

  beforeAll(async () => {
    app = await bootStrapi();
    admin = await app.admin();
    await createRunnableSkill(app.strapi, { alias: 'slow', script: SLOW });
  });

  afterAll(() => app.destroy());

  const start = async (): Promise<Run> =>
    (await admin.agent.post('/skills/skills/slow/runs').send({}).expect(201)).body.data;

  async function ended(): Promise<Run> {
    const { id } = await start();
    return eventually(async () => {
      const { body } = await admin.agent.get(`/skills/runs/${id}`).expect(200);
      return body.data.finishedAt !== null && body.data;
    });
  }

  function stream(id: string, headers: Record<string, string> = {}, signal?: AbortSignal): Promise<Response> {
    return fetch(`${app.url}/skills/runs/${id}/events`, {
      headers: { Authorization: `Bearer ${admin.token}`, Accept: 'text/event-stream', ...headers },
      signal,
    });
  }

  it('resumes after Last-Event-ID without a gap, and answers 204 past the end', async () => {
    const { id } = await start();
    const leaving = new AbortController();
    const first = await readEventStream(await stream(id, {}, leaving.signal), { take: 3, leaving });
    const last = String(first.at(-1)?.seq);
    const rest = await readEventStream(await stream(id, { 'Last-Event-ID': last }));
    const all = [...first, ...rest];
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
    const text = all.map(({ payload }) => (payload.type === 'text-delta' ? payload.text : '')).join('');
    expect(text).toContain('line 1\nline 2\n');
    expect(text).toContain('line 10\n');
    expect(all.at(-1)?.payload.type).toBe('run-end');
    expect((await stream(id, { 'Last-Event-ID': String(all.length) })).status).toBe(204);
  });

  it('pages events as JSON', async () => {
    const { id, lastSeq } = await ended();
    const page = await admin.agent.get(`/skills/runs/${id}/events?after=2&limit=2`).expect(200);
    expect(page.body.data.map(({ seq }: RunEvent) => seq)).toEqual([3, 4]);
    expect(page.body.meta).toEqual({ lastSeq, ended: false });
    await admin.agent.get(`/skills/runs/${id}/events?after=-1`).expect(400);
  });

  it('pages events backwards, from the newest to the first, without a gap', async () => {
    const { id, lastSeq } = await ended();
    const pageOf = async (query: string): Promise<{ seqs: number[]; ended: boolean }> => {
      const { body } = await admin.agent.get(`/skills/runs/${id}/events?${query}`).expect(200);
      expect(body.meta.lastSeq).toBe(lastSeq);
      return { seqs: body.data.map(({ seq }: RunEvent) => seq), ended: body.meta.ended };
    };
    const newest = await pageOf('before=end&limit=3');
    expect(newest).toEqual({ seqs: [lastSeq - 2, lastSeq - 1, lastSeq], ended: true });
    const all = [...newest.seqs];
    while (all[0] !== 1) {
      const page = await pageOf(`before=${all[0]}&limit=2`);
      expect(page.ended).toBe(false);
      all.unshift(...page.seqs);
    }
    expect(all).toEqual(Array.from({ length: lastSeq }, (_, index) => index + 1));
    expect((await pageOf('before=1')).seqs).toEqual([]);
    expect((await pageOf('after=2&before=5')).seqs).toEqual([3, 4]);
  });

  it.each(['before=0', 'before=-1', 'before=start', 'before=99999999999', 'after=99999999999'])(
    'refuses a page of events by %s',
    async (query) => {
      const { id } = await ended();
      await admin.agent.get(`/skills/runs/${id}/events?${query}`).expect(400);
    },
  );
});
