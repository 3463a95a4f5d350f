import { setTimeout as sleep } from 'node:timers/promises';
import type {
  EnvironmentBuildDetail,
  EnvironmentSave,
  Run,
  RunEvent,
} from 'strapi-plugin-skills-shared/contracts';
import type { Caller } from '../support/callers';
import { createRunnableSkill } from '../support/runnable-skills';
import { databaseOf, insertRows } from '../../server/src/platform/database';
import { bootStrapi, type BootedStrapi } from '../support/strapi';

const SECRET = "s3cr3t/'ünï'+x9";

describe('setup commands of environments', () => {
  let app: BootedStrapi;
  let ada: Caller;
  let skills = 0;

  beforeAll(async () => {
    app = await bootStrapi({ config: { environment: { setupTimeoutMs: 4_000 } } });
    ada = await app.admin();
  });
  afterAll(() => app?.destroy());

  async function newSkill(script: string, environment: Partial<EnvironmentSave> = {}): Promise<string> {
    skills += 1;
    const { id } = await createRunnableSkill(app.strapi, { alias: `built-${skills}`, script });
    await save(id, environment);
    return id;
  }

  async function save(id: string, environment: Partial<EnvironmentSave>): Promise<void> {
    const path = `/skills/skills/${id}/environment`;
    const { revision } = (await ada.agent.get(path).expect(200)).body.data;
    await ada.agent
      .put(path)
      .send({ revision, variables: [], setup: '', ...environment })
      .expect(200);
  }

  const environmentOf = async (id: string) =>
    (await ada.agent.get(`/skills/skills/${id}/environment`).expect(200)).body.data;
  const start = async (id: string): Promise<string> =>
    (await ada.agent.post(`/skills/skills/${id}/environment/builds`).expect(202)).body.data.id;
  const pageOf = async (buildId: string, after = 0): Promise<EnvironmentBuildDetail> =>
    (await ada.agent.get(`/skills/environment-builds/${buildId}`).query({ after }).expect(200)).body.data;

  /** With all its pages of output. */
  async function buildOf(buildId: string): Promise<EnvironmentBuildDetail> {
    const build = await pageOf(buildId);
    for (let { lines } = build; lines.length > 0; build.lines.push(...lines))
      ({ lines } = await pageOf(buildId, lines.at(-1)?.seq));
    return build;
  }

  async function until<Result>(read: () => Promise<Result>, done: (result: Result) => boolean) {
    for (;;) {
      const result = await read();
      if (done(result)) return result;
      await sleep(100);
    }
  }

  const isOver = ({ status }: { status: string }): boolean => status !== 'queued' && status !== 'running';
  const ended = (buildId: string) => until(() => buildOf(buildId), isOver);
  const build = async (id: string) => ended(await start(id));
  const textOf = ({ lines }: EnvironmentBuildDetail) => lines.map(({ text }) => text).join('');

  async function run(id: string): Promise<{ run: Run; events: RunEvent[] }> {
    const { body } = await ada.agent.post(`/skills/skills/${id}/runs`).send({ input: {} }).expect(201);
    const path = `/skills/runs/${body.data.id}`;
    const ran = await until<Run>(async () => (await ada.agent.get(path).expect(200)).body.data, isOver);
    const { body: page } = await ada.agent.get(`${path}/events`).query({ limit: 200 }).expect(200);
    return { run: ran, events: page.data };
  }

  const stdoutOf = (events: RunEvent[]) =>
    events
      .map(({ payload }) =>
        payload.type === 'text-delta' && payload.stream === 'stdout' ? payload.text : '',
      )
      .join('');

  it('make an image that runs begin with, and that is written on each', async () => {
    const id = await newSkill('cat "$HOME/made/by"; echo later > "$HOME/made/by"', {
      variables: [{ name: 'WHO', value: 'ada' }],
      setup: 'mkdir -p "$HOME/made"\ncp main.sh "$HOME/made/"\necho "$WHO" > "$HOME/made/by"\necho done',
    });
    const built = await build(id);
    expect(built).toMatchObject({ status: 'completed', error: null, image: expect.any(String) });
    expect(textOf(built)).toBe('done\n');
    expect(await environmentOf(id)).toMatchObject({
      image: { digest: built.image, madeBy: 'setup' },
      imageOutdated: false,
      build: { id: built.id, status: 'completed' },
    });
    const [first, second] = [await run(id), await run(id)];
    for (const { run: ran, events } of [first, second]) {
      expect(ran).toMatchObject({ status: 'completed', image: built.image });
      expect(stdoutOf(events)).toBe('ada\n');
    }
  });

  it('give the same image for the same content, and are outdated when they change', async () => {
    const setup = 'mkdir "$HOME/b" "$HOME/a"; echo 1 > "$HOME/a/x"; ln -s a/x "$HOME/link"';
    const [one, other] = [await newSkill('true', { setup }), await newSkill('true', { setup })];
    const [first, second] = [await build(one), await build(other)];
    expect(first.image).toEqual(expect.any(String));
    expect(second.image).toBe(first.image);
    await save(one, { setup: `${setup}; true` });
    expect(await environmentOf(one)).toMatchObject({ image: { digest: first.image }, imageOutdated: true });
  });

  it('end at the first command that fails, and leave the image of before', async () => {
    const id = await newSkill('true', { setup: 'echo 1 > "$HOME/x"' });
    const before = await build(id);
    await save(id, { setup: 'echo begun; false; echo never' });
    const built = await build(id);
    expect(built).toMatchObject({ status: 'failed', error: { code: 'setup-failed' }, image: null });
    expect(textOf(built)).toBe('begun\n');
    expect((await environmentOf(id)).image.digest).toBe(before.image);
  });

  it('have a limit of time', async () => {
    const built = await build(await newSkill('true', { setup: 'sleep 60' }));
    expect(built).toMatchObject({ status: 'failed', error: { code: 'time-limit' } });
  });

  it('can be cancelled, one at a time', async () => {
    const id = await newSkill('true', { setup: 'echo begun; sleep 60' });
    const buildId = await start(id);
    const { body } = await ada.agent.post(`/skills/skills/${id}/environment/builds`).expect(409);
    expect(body.error.details.code).toBe('build-active');
    await until(
      () => buildOf(buildId),
      ({ lines }) => lines.length > 0,
    );
    await ada.agent.post(`/skills/environment-builds/${buildId}/cancellation`).expect(200);
    expect(await ended(buildId)).toMatchObject({ status: 'cancelled', error: null });
    expect((await environmentOf(id)).image).toBeNull();
    await ada.agent.post(`/skills/environment-builds/${buildId}/cancellation`).expect(200);
    expect(await buildOf(buildId)).toMatchObject({ status: 'cancelled' });
  });

  it('stream what they print, to the end', async () => {
    const id = await newSkill('true', { setup: 'for i in 1 2 3; do echo "line $i"; done' });
    const response = await fetch(`${app.url}/skills/environment-builds/${await start(id)}`, {
      headers: { authorization: `Bearer ${ada.token}`, accept: 'text/event-stream' },
    });
    const streamed = await response.text();
    const texts = [...streamed.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json ?? '').text);
    expect(texts.join('')).toBe('line 1\nline 2\nline 3\n');
    expect(streamed).toMatch(/^id: 1$/m);
  });

  it('keep what is printed in turns to both streams, and tell it by pages', async () => {
    const turns = 'for i in $(seq 1 1200); do echo "out $i"; echo "err $i" >&2; done';
    const built = await build(await newSkill('true', { setup: turns }));
    expect(built).toMatchObject({ status: 'completed', error: null });
    for (const [stream, word] of [
      ['stdout', 'out'],
      ['stderr', 'err'],
    ] as const) {
      const text = textOf({ ...built, lines: built.lines.filter((line) => line.stream === stream) });
      expect(text).toBe(Array.from({ length: 1200 }, (_, at) => `${word} ${at + 1}\n`).join(''));
    }
    const lines = Array.from({ length: 250 }, (_, at) => ({
      build_id: built.id,
      seq: built.lastSeq + at + 1,
      stream: 'stdout',
      text: '"x"',
    }));
    await insertRows(databaseOf(app.strapi), 'skills_environment_build_lines', lines);
    const page = await pageOf(built.id, built.lastSeq);
    expect(page.lines).toHaveLength(200);
    expect((await pageOf(built.id, page.lines.at(-1)?.seq)).lines).toHaveLength(50);
  });

  it('are for those who may, of skills that they see', async () => {
    const id = await newSkill('true', { setup: 'true' });
    const buildId = await start(id);
    const reader = await app.admin(['environments.read']);
    await reader.agent.get(`/skills/environment-builds/${buildId}`).expect(200);
    await reader.agent.post(`/skills/skills/${id}/environment/builds`).expect(403);
    await reader.agent.post(`/skills/environment-builds/${buildId}/cancellation`).expect(403);
    await ada.agent.get('/skills/environment-builds/nothing').expect(404);
    await ended(buildId);
    const { revision } = (await ada.agent.get(`/skills/skills/${id}`).expect(200)).body.data;
    await ada.agent.patch(`/skills/skills/${id}`).send({ revision, visibility: 'user' }).expect(200);
    await reader.agent.get(`/skills/environment-builds/${buildId}`).expect(404);
  });

  it('need commands', async () => {
    const id = await newSkill('true');
    const { body } = await ada.agent.post(`/skills/skills/${id}/environment/builds`).expect(400);
    expect(body.error.details).toMatchObject({ code: 'setup-missing', path: ['setup'] });
  });

  it('end as interrupted when their server stops', async () => {
    const id = await newSkill('true', { setup: 'echo begun; sleep 60' });
    const buildId = await start(id);
    await until(
      () => buildOf(buildId),
      ({ lines }) => lines.length > 0,
    );
    await app.strapi.plugin('skills').service('environmentBuilds').stop();
    expect(await buildOf(buildId)).toMatchObject({ status: 'failed', error: { code: 'interrupted' } });
  });

  describe('with secrets', () => {
    const encoded = [
      SECRET,
      encodeURIComponent(SECRET),
      JSON.stringify(SECRET).slice(1, -1),
      Buffer.from(SECRET).toString('hex'),
      ...[0, 1, 2].map((offset) =>
        Buffer.concat([Buffer.alloc(offset), Buffer.from(SECRET)])
          .toString('base64')
          .slice(4, -4),
      ),
      // Pieces that no honest text of these tests has.
      's3cr3t',
      'ünï',
    ];
    const print = [
      'echo "plain $API_KEY"',
      'printf "%s" "${API_KEY%x9}"; sleep 0.2; echo "x9"',
      'printf "%s" "$API_KEY" | base64',
      'printf "xx%s" "$API_KEY" | base64',
      "python3 -c \"import os, urllib.parse; print(urllib.parse.quote(os.environ['API_KEY'], safe=''))\"",
      'python3 -c "import os, json; print(json.dumps(os.environ[\'API_KEY\']))"',
      'echo "to stderr: $API_KEY" >&2',
    ].join('\n');
    const secrets = [{ name: 'API_KEY', value: SECRET }];
    const expectNoSecret = (told: unknown) => {
      const text = typeof told === 'string' ? told : JSON.stringify(told);
      for (const form of encoded) expect(text).not.toContain(form);
    };

    it('tell none of them in the output of a build', async () => {
      const built = await build(
        await newSkill('true', { secrets, setup: `(set -x; true "$API_KEY")\n${print}` }),
      );
      expect(built.status).toBe('completed');
      expect(textOf(built)).toContain('plain •••');
      expectNoSecret(built);
    });

    it('tell none of them in events, output, error and artifacts of a run', async () => {
      const script = [
        print,
        'mkdir -p "$SKILL_OUTPUT_DIR/sub"',
        'printf "\\x89PNG%s\\x00 and %s" "$API_KEY" "$API_KEY" > "$SKILL_OUTPUT_DIR/sub/image.png"',
        'echo "failing with $API_KEY" >&2',
        'exit 3',
      ].join('\n');
      const { run: ran, events } = await run(await newSkill(script, { secrets }));
      expect(ran).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('•••') } });
      expect(stdoutOf(events)).toContain('plain •••');
      expectNoSecret(ran);
      expectNoSecret(events);
      expectNoSecret(stdoutOf(events));
      const [artifact] = ran.artifacts;
      const path = `/skills/runs/${ran.id}/artifacts/${artifact?.name}`;
      const { body } = await ada.agent.get(path).buffer(true).expect(200);
      const bytes = Buffer.from(body);
      const length = Buffer.byteLength(SECRET);
      expect(bytes.length).toBe(4 + length + 1 + 5 + length);
      expectNoSecret(bytes.toString());
      expect(bytes.subarray(0, 4)).toEqual(Buffer.from('\x89PNG', 'latin1'));
    });

    it('fail a run whose secrets cannot be read, before anything is started', async () => {
      const id = await newSkill('echo never', { secrets });
      await databaseOf(app.strapi).run((knex) =>
        knex('skills_environment_secrets').where('skill_id', id).update({ ciphertext: 'v1.0.0.0' }),
      );
      const { run: ran, events } = await run(id);
      expect(ran).toMatchObject({ status: 'failed', error: { code: 'secret-unreadable' } });
      expect(stdoutOf(events)).toBe('');
      await save(id, { setup: 'true' });
      expect(await build(id)).toMatchObject({ status: 'failed', error: { code: 'secret-unreadable' } });
    });
  });
});
