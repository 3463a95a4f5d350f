import type { Port, RunFile } from 'strapi-plugin-skills-shared/contracts';
import { InvalidError } from '../../../../../http/errors';
import type { SkillKind } from '../../kind';
import { checkPorts, type PortProblem } from './check-values';
import { withDefaults } from './port-schema';

/**
 * Refuses a run that cannot succeed. Codes: `prompt-unsupported` (bundles without a model take no prompt yet), `no-entrypoint`,
 * `entrypoint-missing` (when the version's paths are given), and `input-…` with the field in `path`.
 */
export const checkBundleRun: SkillKind['checkRun'] = ({ metadata, input, prompt, inputFiles, paths }) => {
  if (prompt !== null) {
    const message = 'This skill cannot be run with a prompt yet; give it an input.';
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
