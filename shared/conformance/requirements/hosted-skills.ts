import type { HostedBundle } from '../../provider';
import { demand, finishOf, rejection, show } from '../assertions';
import type { Requirement } from '../requirement';

const document = (name: string) =>
  `---\nname: ${name}\ndescription: Says what conformance is.\n---\n\nBe whole.\n`;

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
}

/** A bundle of two files, and how often each was opened. */
function bundleOf(name = 'conformance') {
  const opened: Record<string, number> = {};
  const file = (path: string, text: string) => {
    const bytes = new TextEncoder().encode(text);
    const open = async () => {
      opened[path] = (opened[path] ?? 0) + 1;
      return inPieces(bytes);
    };
    return { path, size: bytes.length, open };
  };
  const bundle: HostedBundle = {
    name,
    description: 'Says what conformance is.',
    files: [file('SKILL.md', document(name)), file('scripts/run.py', 'print("conformancescript")\n')],
  };
  return { bundle, opened };
}

export const hostedSkillRequirements: readonly Requirement[] = [
  {
    id: 'hosted/publish',
    says: 'a bundle is published whole, each of its files opened once, and is there then',
    needs: 'hosted-skills',
    async check({ open, expect }) {
      const { hosted, context, peer } = await open('answer');
      const { bundle, opened } = bundleOf();
      const reference = await hosted().publish(context, bundle);
      demand(
        reference.hostedId !== '' && reference.hostedVersion !== '',
        `Id and version must be there: ${show(reference)}.`,
      );
      expect(opened).toEqual({ 'SKILL.md': 1, 'scripts/run.py': 1 });
      demand(peer.requests.length > 0, 'Nothing was uploaded.');
      expect(await hosted().exists(context, reference)).toBe(true);
    },
  },
  {
    id: 'hosted/republish',
    says: 'another version keeps the id, and both live until they are withdrawn',
    needs: 'hosted-skills',
    async check({ open, expect }) {
      const { hosted, context } = await open('answer');
      const first = await hosted().publish(context, bundleOf().bundle);
      const second = await hosted().republish(context, first.hostedId, bundleOf().bundle);
      expect(second.hostedId).toBe(first.hostedId);
      demand(second.hostedVersion !== first.hostedVersion, 'Both versions have one name.');
      expect(await hosted().exists(context, first)).toBe(true);
      expect(await hosted().exists(context, second)).toBe(true);
    },
  },
  {
    id: 'hosted/withdraw',
    says: 'what is withdrawn is gone, its sisters stay, and withdrawing it again is no error',
    needs: 'hosted-skills',
    async check({ open, expect }) {
      const { hosted, context } = await open('answer');
      const first = await hosted().publish(context, bundleOf().bundle);
      const second = await hosted().republish(context, first.hostedId, bundleOf().bundle);
      await hosted().withdraw(context, first);
      expect(await hosted().exists(context, first)).toBe(false);
      expect(await hosted().exists(context, second)).toBe(true);
      await hosted().withdraw(context, second);
      expect(await hosted().exists(context, second)).toBe(false);
      await hosted().withdraw(context, second);
    },
  },
  {
    id: 'hosted/errors',
    says: 'a failure is told by its code, and not knowing is not the same as being gone',
    needs: 'hosted-skills',
    async check({ open }) {
      const reference = { hostedId: 'skill_1', hostedVersion: '1' };
      const denied = await open('unauthorized');
      const upload = denied.hosted().publish(denied.context, bundleOf().bundle);
      await rejection('publish', upload, ['authentication']);
      const down = await open('server-error');
      await rejection('exists', down.hosted().exists(down.context, reference), ['unavailable']);
      await rejection('withdraw', down.hosted().withdraw(down.context, reference), ['unavailable']);
    },
  },
  {
    id: 'hosted/unreadable-file',
    says: 'a bundle whose file cannot be read is not published',
    needs: 'hosted-skills',
    async check({ open }) {
      const { hosted, context } = await open('answer');
      const { bundle } = bundleOf();
      const broken = { path: 'broken.txt', size: 3, open: () => Promise.reject(new Error('No such blob.')) };
      const published = await hosted()
        .publish(context, { ...bundle, files: [...bundle.files, broken] })
        .then(
          () => true,
          () => false,
        );
      demand(!published, 'A bundle was published without one of its files.');
    },
  },
  {
    id: 'hosted/used-in-chat',
    says: 'a hosted skill is named in the request that uses it',
    needs: 'hosted-skills',
    async check({ open }) {
      const { hosted, context, peer, ask } = await open('answer');
      const reference = await hosted().publish(context, bundleOf().bundle);
      const before = peer.requests.length;
      finishOf(await ask({ hostedSkills: [reference] }));
      const sent = peer.requests.slice(before).map(({ body }) => body);
      demand(
        sent.some((body) => body.includes(reference.hostedId)),
        'The id did not reach the vendor.',
      );
    },
  },
];
