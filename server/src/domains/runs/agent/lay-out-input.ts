import { sandboxFolders, type Sandbox } from '../../../platform/sandbox';
import type { AgentHost } from './agent-host';
import { scriptVariables } from './tools/bash';

/** Files that the first words to the agent name; the folder shows the rest. */
const MAX_NAMED = 50;
/** Characters of an input that stand in the conversation; all of it is in its file. */
const MAX_SHOWN = 20_000;

/** Writes what the run was given where the agent and the skill's scripts find it. */
export async function layOutInput(
  { input, inputFiles }: Pick<AgentHost, 'input' | 'inputFiles'>,
  sandbox: Sandbox,
): Promise<void> {
  await sandbox.writeFile(scriptVariables.SKILL_INPUT, Buffer.from(JSON.stringify(input ?? {})));
  for (const file of inputFiles) {
    await sandbox.writeFile(`${sandboxFolders.input}/${file.name}`, await file.open());
  }
}

/** The first words to the agent: what it is asked, and what it was given. */
export function firstWords(
  prompt: string,
  { input, inputFiles }: Pick<AgentHost, 'input' | 'inputFiles'>,
): string {
  return [prompt, inputWords(input), fileWords(inputFiles)].filter((part) => part !== '').join('\n\n');
}

function inputWords(input: unknown): string {
  const isEmpty =
    input === null || input === undefined || (typeof input === 'object' && Object.keys(input).length === 0);
  if (isEmpty) return '';
  const text = JSON.stringify(input);
  const shown = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)} …` : text;
  return `Input (JSON, also in ${scriptVariables.SKILL_INPUT}):\n${shown}`;
}

function fileWords(files: AgentHost['inputFiles']): string {
  if (files.length === 0) return '';
  const named = files
    .slice(0, MAX_NAMED)
    .map(({ name, mime, size }) => `- ${sandboxFolders.input}/${name} (${mime}, ${size} bytes)`);
  const rest = files.length - named.length;
  return ['Input files:', ...named, ...(rest > 0 ? [`- and ${rest} more`] : [])].join('\n');
}
