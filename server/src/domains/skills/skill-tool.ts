import { createHash } from 'node:crypto';
import type { SkillMetadata, SkillToolAnswer, ToolDialect } from 'strapi-plugin-skills-shared/contracts';
import type { KindServices, SkillKind } from './kinds/kind';

/** What the vendors' APIs take as a function's name: `[a-zA-Z0-9_-]{1,64}`. */
const MAX_NAME = 64;

/** Characters of a function's description that OpenAI accepts; Anthropic sets no limit. */
const MAX_OPENAI_DESCRIPTION = 1024;

/** A served skill, as far as its tool says. */
export interface ToolSource {
  alias: string;
  description: string;
  metadata: SkillMetadata;
}

/**
 * What an agent puts into its own request to have this skill: the vendor's entry, where the skill has one in this dialect, or a function
 * that the agent calls by running the skill. It holds no secret: it is made of the published version alone.
 */
export async function skillTool(
  kind: SkillKind,
  skill: ToolSource,
  dialect: ToolDialect,
  services: KindServices,
): Promise<SkillToolAnswer> {
  const native = await kind.nativeTool?.(skill.metadata, dialect, services);
  if (native) {
    const { tools, request = {}, headers = {} } = native;
    return { dialect, execution: 'native', tools, request, headers };
  }
  const tools = [functionTool[dialect](skill, parametersOf(kind, skill))];
  return { dialect, execution: 'function', tools, request: {}, headers: {} };
}

type JsonSchema = Record<string, unknown>;

const functionTool: Record<ToolDialect, (skill: ToolSource, schema: JsonSchema) => Record<string, unknown>> =
  {
    openai: ({ alias, description }, parameters) => ({
      type: 'function',
      name: functionName(alias),
      description: cut(description, MAX_OPENAI_DESCRIPTION),
      parameters,
      strict: false,
    }),
    anthropic: ({ alias, description }, schema) => ({
      name: functionName(alias),
      description,
      input_schema: schema,
    }),
  };

/** Both vendors want a schema of an object; a skill that takes anything says so by one without properties. */
function parametersOf(kind: SkillKind, { metadata }: ToolSource): JsonSchema {
  const schema = kind.inputSchema(metadata);
  return schema.type === 'object' ? schema : { type: 'object', properties: {}, additionalProperties: true };
}

/** The alias where it fits; a longer one ends in a digest of itself, so that two of one beginning stay two. */
export function functionName(alias: string): string {
  if (alias.length <= MAX_NAME) return alias;
  const digest = createHash('sha256').update(alias.toLowerCase()).digest('hex').slice(0, 8);
  return `${alias.slice(0, MAX_NAME - digest.length - 1)}_${digest}`;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
