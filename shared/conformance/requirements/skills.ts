import { ProviderError, type JsonObject, type SkillTool, type SkillType } from '../../provider';
import { demand, eventsOf, finishOf, show } from '../assertions';
import type { Bench, Stand } from '../bench';
import { checkFields, fieldsOf, issuesOf } from '../json-schema';
import type { Requirement } from '../requirement';

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const unknownType = 'no-such-skill-type';

interface Tried {
  skillTypeId: string;
  settings: JsonObject;
  tool: SkillTool;
}

/** Each type with settings that fit, and what they become. */
async function tryTypes({ subject }: Bench, stand: Stand, types: readonly SkillType[]): Promise<Tried[]> {
  return Promise.all(
    types.map(async ({ skillTypeId }) => {
      const schema = stand.skills().settingsSchema(stand.context, skillTypeId);
      demand(schema !== undefined, `The type "${skillTypeId}" is listed and has no schema.`);
      const result = await schema['~standard'].validate(subject.skillSettings?.[skillTypeId] ?? {});
      demand(
        result.issues === undefined,
        `Settings for "${skillTypeId}" do not fit (${show(result.issues)}); the subject's "skillSettings" names others.`,
      );
      const settings = result.value as JsonObject;
      return { skillTypeId, settings, tool: stand.skills().toTool(stand.context, skillTypeId, settings) };
    }),
  );
}

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const canonical = (value: unknown) => JSON.stringify(value, sorted);

/** The entries of `tools` in requests whose body is JSON. */
function sentTools({ peer }: Stand): string[] {
  return peer.requests.flatMap(({ body }) => {
    if (!body.startsWith('{')) return [];
    const { tools } = JSON.parse(body) as { tools?: unknown };
    return Array.isArray(tools) ? tools.map(canonical) : [];
  });
}

export const skillRequirements: readonly Requirement[] = [
  {
    id: 'skills/types',
    says: 'skill types have stable ids, names and descriptions',
    needs: 'skills',
    async check({ open }) {
      const stand = await open('answer');
      const types = await stand.skills().listSkillTypes(stand.context);
      demand(types.length > 0, 'No skill type is listed.');
      for (const { skillTypeId, name, description } of types) {
        demand(
          kebab.test(skillTypeId) && skillTypeId.length <= 100,
          `"${skillTypeId}" must be kebab-case of at most 100 characters.`,
        );
        demand(name !== '' && description !== '', `"${skillTypeId}" needs a name and a description.`);
      }
      const ids = types.map(({ skillTypeId }) => skillTypeId);
      demand(new Set(ids).size === ids.length, `Two types have one id: ${show(ids)}.`);
    },
  },
  {
    id: 'skills/json-schema',
    says: "each type's settings render to a JSON Schema without secrets, and wrong ones are refused",
    needs: 'skills',
    async check({ open }) {
      const stand = await open('answer');
      for (const { skillTypeId } of await stand.skills().listSkillTypes(stand.context)) {
        const what = `the settings of "${skillTypeId}"`;
        const schema = stand.skills().settingsSchema(stand.context, skillTypeId);
        demand(schema !== undefined, `"${skillTypeId}" has no schema.`);
        const fields = fieldsOf(schema, what);
        checkFields(fields, what);
        const secret = Object.keys(fields).find((name) => fields[name]?.secret !== undefined);
        demand(secret === undefined, `${what} hold a secret (${secret}); only connections may.`);
        demand((await issuesOf(schema, 'a text', what)).length > 0, `A text was accepted as ${what}.`);
      }
    },
  },
  {
    id: 'skills/unknown-type',
    says: 'a type that there is none of has no schema, and is an unsupported feature',
    needs: 'skills',
    async check({ open, expect }) {
      const stand = await open('answer');
      expect(stand.skills().settingsSchema(stand.context, unknownType)).toBe(undefined);
      let thrown: unknown;
      try {
        stand.skills().toTool(stand.context, unknownType, {});
      } catch (error) {
        thrown = error;
      }
      demand(
        ProviderError.is(thrown) && thrown.code === 'unsupported-feature',
        `toTool must throw "unsupported-feature"; it was ${show(thrown)}.`,
      );
      const events = await stand.ask({ skills: [{ skillTypeId: unknownType, settings: {} }] });
      expect(eventsOf(events, 'error')[0]?.error.code).toBe('unsupported-feature');
    },
  },
  {
    id: 'skills/tool-fits',
    says: 'settings become entries of "tools", as JSON, and nobody is asked for that',
    needs: 'skills',
    async check(bench) {
      const stand = await bench.open('answer');
      const types = await stand.skills().listSkillTypes(stand.context);
      const before = stand.calls.length;
      const tried = await tryTypes(bench, stand, types);
      demand(stand.calls.length === before, 'Schemas and tools must ask nobody.');
      for (const { skillTypeId, tool } of tried) {
        demand(/^[a-z0-9-]+$/.test(tool.dialect), `"${tool.dialect}" is no short name of a vendor.`);
        demand(
          tool.tools.length > 0 || tool.request !== undefined,
          `"${skillTypeId}" becomes nothing in a request.`,
        );
        bench.expect(JSON.parse(JSON.stringify(tool))).toEqual(tool);
      }
    },
  },
  {
    id: 'skills/tool-is-sent',
    says: 'a selected skill is sent exactly as its tool says',
    needs: 'skills',
    async check(bench) {
      const first = await bench.open('answer');
      for (const type of await first.skills().listSkillTypes(first.context)) {
        const stand = await bench.open('answer');
        for (const { skillTypeId, settings, tool } of await tryTypes(bench, stand, [type])) {
          finishOf(await stand.ask({ skills: [{ skillTypeId, settings }] }));
          const sent = sentTools(stand);
          const missing = tool.tools.find((entry) => !sent.includes(canonical(entry)));
          demand(
            missing === undefined,
            `"${skillTypeId}": ${show(missing)} is not among what was sent: ${sent.join(', ')}.`,
          );
        }
      }
    },
  },
];
