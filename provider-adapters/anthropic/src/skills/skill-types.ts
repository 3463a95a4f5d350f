import {
  ProviderError,
  type HostedSkillReference,
  type JsonObject,
  type SkillSelection,
  type SkillsFeature,
} from 'strapi-plugin-skills-shared/provider';
import type { Settings } from '../connection/settings';
import { codeExecution, codeExecutionTool } from './code-execution';
import { documentSkills } from './document-skills';
import { anySkillType, type AnySkillType, type RequestPart } from './skill-type';
import { webFetch } from './web-fetch';
import { webSearch } from './web-search';

const definitions: ReadonlyMap<string, AnySkillType> = new Map(
  [
    anySkillType(webSearch),
    anySkillType(webFetch),
    anySkillType(codeExecution),
    ...documentSkills.map((definition) => anySkillType(definition)),
  ].map((definition) => [definition.type.skillTypeId, definition]),
);

function partOf({ skillTypeId, settings }: SkillSelection): RequestPart {
  const definition = definitions.get(skillTypeId);
  if (!definition) {
    throw new ProviderError({
      code: 'unsupported-feature',
      message: `The Anthropic adapter has no skill type “${skillTypeId}”.`,
    });
  }
  return definition.toPart(settings);
}

/**
 * What all skills of a request add to it together: a tool that several need stands there once, and so does a skill of the container.
 * Throws `unsupported-feature` for a type that there is none of.
 */
export function requestPart(
  skills: readonly SkillSelection[] = [],
  hosted: readonly HostedSkillReference[] = [],
): RequestPart {
  const parts = [...skills.map(partOf), ...hosted.map(hostedPart)];
  return {
    tools: uniqueBy(
      parts.flatMap(({ tools }) => tools),
      ({ type }) => type ?? '',
    ),
    containerSkills: uniqueBy(
      parts.flatMap(({ containerSkills }) => containerSkills),
      ({ skill_id }) => skill_id,
    ),
  };
}

const hostedPart = ({ hostedId, hostedVersion }: HostedSkillReference): RequestPart => ({
  tools: [codeExecutionTool],
  containerSkills: [{ type: 'custom', skill_id: hostedId, version: hostedVersion }],
});

/** The last of a name counts. */
function uniqueBy<Item>(items: readonly Item[], key: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

/** Whether a request with these tools has a container. */
export const hasContainer = ({ tools }: RequestPart): boolean => tools.includes(codeExecutionTool);

/**
 * Anthropic's tools and document skills. None of them needs a beta header any more: with `skills-2025-10-02` or `files-api-2025-04-14`
 * the vendor would answer in its former shapes.
 */
export const skills: SkillsFeature<Settings> = {
  listSkillTypes: () => Promise.resolve([...definitions.values()].map(({ type }) => type)),
  settingsSchema: (_context, skillTypeId) => definitions.get(skillTypeId)?.settings,
  toTool: (_context, skillTypeId, settings) => {
    const { tools, containerSkills } = partOf({ skillTypeId, settings });
    return {
      dialect: 'anthropic',
      tools: tools.map((tool) => ({ ...tool }) as unknown as JsonObject),
      ...(containerSkills.length === 0
        ? {}
        : { request: { container: { skills: containerSkills.map((skill) => ({ ...skill })) } } }),
    };
  },
};
