import type { Port, RunFile } from 'strapi-plugin-skills-shared/contracts';
import { InvalidError } from '../../../../../http/errors';
import type { SkillKind } from '../../kind';
import { checkPorts, type PortProblem } from './check-values';
import { withDefaults } from './port-schema';

/**
 * Refuses a run that cannot succeed. In the sandbox: `prompt-unsupported` (no model reads it there), `no-entrypoint`,
 * `entrypoint-missing` (when the version's paths are given), and `input-…` with the field in `path`. At a vendor, whose model
 * follows the instructions: `prompt-required`.
 */
export const checkBundleRun: SkillKind['checkRun'] = (request) => {
  const { metadata, execution, input, prompt, inputFiles, paths } = request;
  if (execution === 'hosted') return checkPrompt(prompt);
  if (prompt !== null) {
    const message = 'This skill cannot be run with a prompt on this server; give it an input.';
    throw new InvalidError(message, { code: 'prompt-unsupported', path: ['prompt'] });
  }
  const { entrypoint } = metadata;
  if (entrypoint === undefined) {
    const message = 'The skill names no entrypoint, so there is no script to run.';
    throw new InvalidError(message, { code: 'no-entrypoint' });
  }
  if (paths && !paths.includes(entrypoint)) {
    const message = `The skill's entrypoint "${entrypoint}" is not among its files.`;
    throw new InvalidError(message, { code: 'entrypoint-missing', path: [entrypoint] });
  }
  const ports = metadata.inputs ?? [];
  const problem = checkPorts(ports, withDefaults(ports, input), inputFiles, { strict: true });
  if (problem) throw inputError(problem);
};

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
