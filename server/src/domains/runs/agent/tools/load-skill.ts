import { z } from 'zod';
import { sandboxFolders } from '../../../../platform/sandbox';
import type { AgentSkill } from '../agent-host';
import { explainFileError } from './sandbox-errors';
import { unknownSkill } from './skill-call';
import { defineTool, mistake, ok, type ToolContext, type ToolResult } from './tool';

const inputSchema = z.object({ name: z.string().min(1).max(100).describe('The alias of a further skill.') });

/** Where a further skill's files lie. */
export const loadedFolder = (alias: string): string => `${sandboxFolders.work}/skills/${alias}`;

/** Paths that one command takes. */
const CHMOD_BATCH = 500;
const MAX_LISTED = 200;

export const loadSkillTool = defineTool({
  name: 'load_skill',
  description:
    'Gives the instructions of a further skill, to follow them yourself, and lays its files into the sandbox.',
  input: inputSchema,
  effect: 'writes',
  execute: loadSkill,
});

async function loadSkill({ name }: z.infer<typeof inputSchema>, context: ToolContext): Promise<ToolResult> {
  const { host, readings, trajectory } = context;
  const skill = host.skills.find((each) => each.alias === name);
  if (!skill) return mistake(unknownSkill(name, host));
  const instructions = await skill.instructions();
  if (!readings.has(skill.alias, '')) {
    const problem = skill.hasFiles ? await layOut(skill, context) : undefined;
    // Not noted: the next call is to try again, instead of naming files that are not there.
    if (problem) return problem;
    readings.note(skill.alias, '');
    await host.recordUse(skill.alias);
    trajectory.tell({ type: 'skill-load', alias: skill.alias, version: skill.version.number });
  }
  return ok([instructions.trim(), whereItIs(skill)].join('\n\n'));
}

async function layOut(skill: AgentSkill, context: ToolContext): Promise<ToolResult | undefined> {
  const { sandbox, signal } = context;
  const folder = loadedFolder(skill.alias);
  try {
    for (const { path } of skill.version.files) {
      signal.throwIfAborted();
      await sandbox.writeFile(`${folder}/${path}`, await skill.version.open(path));
    }
    const scripts = skill.version.files
      .filter((file) => file.executable)
      .map(({ path }) => `${folder}/${path}`);
    for (let start = 0; start < scripts.length; start += CHMOD_BATCH) {
      await sandbox.exec(['chmod', '+x', '--', ...scripts.slice(start, start + CHMOD_BATCH)], { signal });
    }
    return undefined;
  } catch (error) {
    return explainFileError(error, folder, context);
  }
}

function whereItIs({ alias, hasFiles, version: { files } }: AgentSkill): string {
  if (!hasFiles) return `[It has no files; skill_call with "skill": "${alias}" has it carry out a task.]`;
  const listed = files.slice(0, MAX_LISTED).map(({ path, size }) => `- ${path} (${size} bytes)`);
  const rest = files.length - listed.length;
  return [
    `[Its files are in ${loadedFolder(alias)}; paths in its instructions begin there:]`,
    ...listed,
    ...(rest > 0 ? [`- and ${rest} more, which list_files shows`] : []),
  ].join('\n');
}
