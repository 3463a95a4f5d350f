import type { HostedBundle } from 'strapi-plugin-skills-shared/provider';
import { connect, contextOf, finishOf, only, type Connected } from '../../fixtures/connect';
import { hostedSkills } from './hosted-skills';

const bundleOf = (files: Record<string, string>): HostedBundle => ({
  name: 'greeter',
  description: 'Greets.',
  files: Object.entries(files).map(([path, text]) => ({
    path,
    size: text.length,
    // In two chunks, as a blob store gives them.
    open: () =>
      Promise.resolve(
        (async function* () {
          yield new TextEncoder().encode(text.slice(0, 2));
          yield new TextEncoder().encode(text.slice(2));
        })(),
      ),
  })),
});

const bundle = bundleOf({
  'SKILL.md': '---\nname: greeter\n---\nGreet.',
  'scripts/greet.py': 'print("Hello")',
});

describe('bundles at Anthropic', () => {
  let connected: Connected;
  beforeEach(async () => {
    connected = await connect();
  });
  afterEach(async () => {
    expect(connected.peer.failures).toEqual([]);
    await connected.peer.close();
  });

  it('lie in one folder there, byte for byte', async () => {
    const { peer, context } = connected;
    const { hostedId, hostedVersion } = await hostedSkills.publish(context, bundle);
    const stored = peer.skills.get(hostedId)?.versions.get(hostedVersion)?.files;
    expect(Object.fromEntries(stored ?? [])).toEqual({
      'greeter/SKILL.md': '---\nname: greeter\n---\nGreet.',
      'greeter/scripts/greet.py': 'print("Hello")',
    });
  });

  it('go away as a skill with their last version only', async () => {
    const { peer, context } = connected;
    const first = await hostedSkills.publish(context, bundle);
    const second = await hostedSkills.republish(context, first.hostedId, bundle);
    await hostedSkills.withdraw(context, second);
    expect([...(peer.skills.get(first.hostedId)?.versions.keys() ?? [])]).toEqual([first.hostedVersion]);
    await hostedSkills.withdraw(context, first);
    expect(peer.skills.size).toBe(0);
  });

  it('of which one version is unknown lose nothing when it is withdrawn', async () => {
    const { peer, context } = connected;
    const first = await hostedSkills.publish(context, bundle);
    await hostedSkills.withdraw(context, { ...first, hostedVersion: 'skver_unknown' });
    expect(peer.skills.size).toBe(1);
  });

  it('are not taken for gone by an answer that is not Anthropic’s', async () => {
    const fetch = () => Promise.resolve(Response.json({ unexpected: [1] }));
    const odd = contextOf({}, { fetch });
    const reference = { hostedId: 'skill_1', hostedVersion: 'skver_1' };
    await expect(hostedSkills.withdraw(odd, reference)).rejects.toMatchObject({ code: 'protocol' });
    await expect(hostedSkills.publish(odd, bundle)).rejects.toMatchObject({ code: 'protocol' });
  });

  it('run in the container, and the files that they make come back', async () => {
    const { context, ask, sent } = connected;
    const { hostedId, hostedVersion } = await hostedSkills.publish(context, bundle);
    const events = await ask({ hostedSkills: [{ hostedId, hostedVersion }] });
    expect(finishOf(events).reason).toBe('stop');
    expect(sent()['container']).toEqual({
      skills: [{ type: 'custom', skill_id: hostedId, version: hostedVersion }],
    });
    expect(only(events, 'file').map(({ name, mime }) => ({ name, mime }))).toEqual([
      { name: 'report.txt', mime: 'text/plain' },
    ]);
  });
});
