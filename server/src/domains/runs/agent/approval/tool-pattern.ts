import { sandboxFolders } from '../../../../platform/sandbox';
import { matchesGlob } from '../tools/glob';
import { sandboxFilePath } from '../tools/sandbox-path';
import { couldRun, readPlainCommand } from './shell-command';

/** `Bash(git push:*)`, read: the tools that it names, and what it says of their input. */
export interface ToolPattern {
  /** Names of our tools; `*` for all. Empty for a tool that agents do not have here. */
  tools: readonly string[];
  /** What stands in brackets; undefined without any. */
  specifier: string | undefined;
}

/** Our tools by the names that skills call tools by, in lower case. */
const toolNames: Readonly<Record<string, readonly string[]>> = {
  bash: ['bash'],
  read: ['read_file'],
  write: ['write_file'],
  edit: ['edit_file'],
  multiedit: ['edit_file'],
  glob: ['list_files'],
  ls: ['list_files'],
  skill: ['load_skill', 'skill_call'],
};

/** Undefined for a text that is no pattern. One of an unknown tool concerns nothing. */
export function parsePattern(text: string): ToolPattern | undefined {
  const parts = /^\s*([^()]+?)\s*(?:\((.*)\))?\s*$/s.exec(text);
  if (!parts) return undefined;
  const [, name = '', specifier] = parts;
  const inner = specifier?.trim();
  const key = name.toLowerCase();
  // There is no tool for it: bash searches files.
  if (key === 'grep') return { tools: ['bash'], specifier: 'grep:*' };
  const all = inner === undefined || inner === '' || inner === '*' || inner === '**';
  const known = Object.hasOwn(toolNames, key) ? toolNames[key] : undefined;
  return { tools: known ?? [key], specifier: all ? undefined : inner };
}

/** Whether it surely covers the call. */
export function matchesAllowed({ tools, specifier }: ToolPattern, name: string, input: unknown): boolean {
  if (!concerns(tools, name)) return false;
  if (specifier === undefined) return true;
  if (name === 'bash') {
    const command = readPlainCommand(textOf(input, 'command') ?? '');
    return command !== undefined && startsAs(command, specifier);
  }
  return matchesInput(specifier, name, input) === true;
}

/** Whether it may concern the call. */
export function matchesApproval({ tools, specifier }: ToolPattern, name: string, input: unknown): boolean {
  if (!concerns(tools, name)) return false;
  if (specifier === undefined) return true;
  if (name === 'bash') {
    const { words } = commandWords(specifier);
    return couldRun(textOf(input, 'command') ?? '', words);
  }
  return matchesInput(specifier, name, input) !== false;
}

function concerns(tools: readonly string[], name: string): boolean {
  return tools.includes('*') || tools.includes(name);
}

/** `git push:*`, or `git push *`: commands that begin with these words; without the ending, this command alone. */
function commandWords(specifier: string): { words: string[]; open: boolean } {
  const open = /(?::\*|\s\*)$/.test(specifier);
  const text = open ? specifier.replace(/(?::\*|\s\*)$/, '') : specifier;
  return { words: text.split(/\s+/).filter((word) => word !== ''), open };
}

function startsAs(command: readonly string[], specifier: string): boolean {
  const { words, open } = commandWords(specifier);
  // A star elsewhere is a word like any other, and commands that can be read have none.
  if (words.length === 0 || (!open && words.length !== command.length)) return false;
  return words.every((word, index) => word === command[index]);
}

/** Undefined when it cannot be told. */
function matchesInput(specifier: string, name: string, input: unknown): boolean | undefined {
  const alias = textOf(input, 'name') ?? textOf(input, 'skill');
  if (name === 'load_skill' || name === 'skill_call') return alias?.toLowerCase() === specifier.toLowerCase();
  // A list of a folder may hold what the pattern means, and much else.
  if (name === 'list_files') return undefined;
  const given = textOf(input, 'path');
  const path = given === undefined ? undefined : sandboxFilePath(given);
  return path === undefined ? undefined : matchesGlob(globOf(specifier), path.slice(1));
}

/** The pattern as one for absolute paths, without the first `/`: relative ones begin in the skill's folder. */
function globOf(specifier: string): string {
  if (specifier.startsWith('/')) return specifier.replace(/^\/+/, '');
  const relative = specifier.replace(/^(?:\.\/)+/, '');
  const anywhere = relative.includes('/') ? relative : `**/${relative}`;
  return `${sandboxFolders.skill.slice(1)}/${anywhere}`;
}

function textOf(input: unknown, key: string): string | undefined {
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, key)) return undefined;
  const value = (input as Record<string, unknown>)[key];
  return typeof value === 'string' ? value : undefined;
}
