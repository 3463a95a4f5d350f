import type { Port, RunFile, SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import { InvalidError } from '../../../../../http/errors';
import type { SkillKind } from '../../kind';
import { checkPorts, type PortProblem } from './check-values';
import { withDefaults } from './port-schema';

/**
 * Refuses a run that cannot succeed. Of the entrypoint alone: `prompt-unsupported` (no model reads it there), `no-entrypoint`,
 * `entrypoint-missing` (when the version's paths are given), and `input-…` with the field in `path`. Of an agent: `prompt-required`, and
 * what is wrong with an input, which it need not have. At a vendor, whose model follows the instructions: `prompt-required`.
 */
export const checkBundleRun: SkillKind['checkRun'] = (request) => {
  const { execution, prompt } = request;
  if (execution === 'hosted') return checkPrompt(prompt);
  if (execution === 'agent') {
    checkPrompt(prompt);
    if (isGiven(request.input)) checkInput({ ...request, inputFiles: [] }, withoutFiles(request.metadata));
    return;
  }
  checkEntrypoint(request);
  checkInput(request, request.metadata.inputs ?? []);
};

type RunToCheck = Parameters<SkillKind['checkRun']>[0];

function checkEntrypoint({ metadata: { entrypoint }, prompt, paths }: RunToCheck): void {
  if (prompt !== null) {
    const message =
      'The entrypoint alone reads no prompt: give it an input, or leave the execution to the skill.';
    throw new InvalidError(message, { code: 'prompt-unsupported', path: ['prompt'] });
  }
  if (entrypoint === undefined) {
    const message = 'The skill names no entrypoint, so there is no script to run.';
    throw new InvalidError(message, { code: 'no-entrypoint' });
  }
  if (paths && !paths.includes(entrypoint)) {
    const message = `The skill's entrypoint "${entrypoint}" is not among its files.`;
    throw new InvalidError(message, { code: 'entrypoint-missing', path: [entrypoint] });
  }
}

function checkInput({ input, inputFiles }: RunToCheck, ports: readonly Port[]): void {
  const problem = checkPorts([...ports], withDefaults(ports, input), inputFiles, { strict: true });
  if (problem) throw inputError(problem);
}

/** An agent takes any file, and asks for none: its prompt says what they are. */
const withoutFiles = ({ inputs = [] }: SkillMetadata): Port[] => inputs.filter(({ type }) => type !== 'file');

const isGiven = (input: unknown): boolean =>
  input !== null && input !== undefined && !(typeof input === 'object' && Object.keys(input).length === 0);

function checkPrompt(prompt: string | null): void {
  if (prompt?.trim()) return;
  throw new InvalidError('Say in a prompt what the skill should do.', {
    code: 'prompt-required',
    path: ['prompt'],
  });
}

function inputError({ reason, message, path }: PortProblem): InvalidError {
  const root = reason.startsWith('file-') ? 'files' : 'input';
  return new InvalidError(message, { code: `input-${reason}`, path: [root, ...path] });
}

/**
 * Why a run's output and artifacts are not what the bundle declared, as a sentence; undefined when they are. More than was
 * declared does no harm.
 */
export function checkOutput(
  ports: readonly Port[] | undefined,
  output: unknown,
  artifacts: readonly Pick<RunFile, 'name' | 'mime' | 'size'>[] = [],
): PortProblem | undefined {
  return checkPorts(ports ?? [], output, artifacts, { strict: false });
}
