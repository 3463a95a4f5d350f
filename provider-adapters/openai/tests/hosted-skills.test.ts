import type { HostedBundle } from 'strapi-plugin-skills-shared/provider';
import { startOpenAIPeer, type OpenAIPeer } from '../../../tests/support/peers/openai';
import { provider } from '../src/index';
import { contextOf } from './connected';

let peer: OpenAIPeer;

beforeEach(async () => {
  peer = await startOpenAIPeer({ apiKey: 'sk-test' });
});
afterEach(() => peer.close());

const feature = () => {
  const hosted = provider.capabilities.chat?.features?.['hosted-skills'];
  if (!hosted) throw new Error('There is no feature "hosted-skills".');
  return hosted;
};
const context = () => contextOf(peer.settings);

const bundleOf = (files: Record<string, string | Uint8Array>, opened: string[] = []): HostedBundle => ({
  name: 'weekly-report',
  description: 'Writes the weekly report.',
  files: Object.entries(files).map(([path, content]) => ({
    path,
    size: content.length,
    open: () => {
      opened.push(path);
      return Promise.resolve(
        (async function* () {
          yield Buffer.from(content);
        })(),
      );
    },
  })),
});

const files = {
  'SKILL.md': '---\nname: weekly-report\ndescription: Writes it.\n---\n',
  'scripts/run.py': 'print("ä")\n',
  'assets/a "b".bin': new Uint8Array([0, 255, 13, 10, 45, 45]),
};

it('uploads every file once, byte by byte, in the bundle’s folder', async () => {
  const opened: string[] = [];
  const reference = await feature().publish(context(), bundleOf(files, opened));
  expect(reference).toEqual({ hostedId: 'skill_1', hostedVersion: '1' });
  expect(opened).toEqual(Object.keys(files));
  const [version] = peer.skills.get('skill_1')?.versions ?? [];
  expect(version?.files.map(({ path, content }) => [path, content])).toEqual([
    ['weekly-report/SKILL.md', Buffer.from(files['SKILL.md'])],
    ['weekly-report/scripts/run.py', Buffer.from(files['scripts/run.py'])],
    ['weekly-report/assets/a "b".bin', Buffer.from(files['assets/a "b".bin'])],
  ]);
  expect(peer.failures).toEqual([]);
});

it('adds versions, knows which live there, and removes them one by one, the skill with the last', async () => {
  const first = await feature().publish(context(), bundleOf(files));
  const second = await feature().republish(context(), first.hostedId, bundleOf(files));
  expect(second).toEqual({ hostedId: first.hostedId, hostedVersion: '2' });
  expect(peer.skills.get(first.hostedId)?.defaultVersion).toBe('2');
  await feature().withdraw(context(), second);
  expect(await feature().exists(context(), second)).toBe(false);
  expect(await feature().exists(context(), first)).toBe(true);
  await feature().withdraw(context(), first);
  expect(peer.skills.size).toBe(0);
  expect(await feature().exists(context(), first)).toBe(false);
  await feature().withdraw(context(), first);
  expect(peer.failures).toEqual([]);
});

it('leaves the other versions alone when one is withdrawn that is gone', async () => {
  const first = await feature().publish(context(), bundleOf(files));
  await feature().withdraw(context(), { ...first, hostedVersion: '7' });
  expect(await feature().exists(context(), first)).toBe(true);
});

it('tells what OpenAI has against a bundle', async () => {
  await expect(feature().publish(context(), bundleOf({ 'README.md': 'x' }))).rejects.toMatchObject({
    code: 'invalid-request',
    message: expect.stringContaining('exactly one SKILL.md') as string,
  });
  expect(peer.skills.size).toBe(0);
});

it('says that a file could not be read, rather than that OpenAI could not be reached', async () => {
  const bundle = bundleOf(files);
  const broken = { path: 'broken.txt', size: 1, open: () => Promise.reject(new Error('disk')) };
  await expect(
    feature().publish(context(), { ...bundle, files: [...bundle.files, broken] }),
  ).rejects.toMatchObject({
    code: 'invalid-request',
    message: 'The file broken.txt could not be read for the upload.',
  });
  expect(peer.skills.size).toBe(0);
});

it('does not try at a server that is not known to have the Skills API', async () => {
  const elsewhere = contextOf({ baseUrl: peer.url });
  await expect(feature().publish(elsewhere, bundleOf(files))).rejects.toMatchObject({
    code: 'unsupported-feature',
  });
  expect(peer.requests).toEqual([]);
});
