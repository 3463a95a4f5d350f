import { InvalidError } from '../../../../http/errors';
import type { SkillKind } from '../kind';

type ProviderKind = Pick<SkillKind, 'target' | 'checkRun' | 'inputSchema'>;

/**
 * It works at the vendor of its own connection. 400 `connection-fixed` when another was asked for, `execution-unsupported` for the
 * sandbox and the vendor's container, `version-invalid` for a version that is bound to nothing.
 */
export const providerTarget: ProviderKind['target'] = ({ metadata, execution, connectionId, model }) => {
  if (execution !== undefined) {
    const message = 'This skill works at its provider; leave "execution" out.';
    throw new InvalidError(message, { code: 'execution-unsupported', path: ['execution'] });
  }
  if (!metadata.provider) {
    const message = 'This version is bound to no connection, so it cannot be run.';
    throw new InvalidError(message, { code: 'version-invalid', path: ['version'] });
  }
  const fixed = metadata.provider.connectionId;
  if (connectionId !== undefined && connectionId !== fixed) {
    const message = 'This skill is bound to another connection, and runs over that one alone.';
    throw new InvalidError(message, { code: 'connection-fixed', path: ['connection'] });
  }
  return { execution: 'provider', connectionId: fixed, model: model ?? null };
};

/** 400 `prompt-required`, `input-unsupported`, `files-unsupported`. */
export const checkProviderRun: ProviderKind['checkRun'] = ({ prompt, input, inputFiles }) => {
  const given = promptOf(prompt, input);
  if (given === undefined || given.trim() === '') {
    throw new InvalidError('Say in a prompt what the skill should do.', {
      code: 'prompt-required',
      path: ['prompt'],
    });
  }
  if (inputFiles.length > 0) {
    const message = 'This skill takes no files yet; say in the prompt what it should work on.';
    throw new InvalidError(message, { code: 'files-unsupported', path: ['files'] });
  }
};

/**
 * What a run is asked to do: its `prompt`, or the `prompt` of its `input`, which is how an agent that calls the skill as a function
 * says it. Throws 400 `input-unsupported` for anything else in the input.
 */
export function promptOf(prompt: string | null, input: unknown): string | undefined {
  if (input === null || input === undefined) return prompt ?? undefined;
  const keys = typeof input === 'object' ? Object.keys(input) : [undefined];
  const inner = typeof input === 'object' && 'prompt' in input ? input.prompt : undefined;
  const isCall = prompt === null && keys.length === 1 && typeof inner === 'string';
  if (isCall) return inner;
  if (keys.length === 0) return prompt ?? undefined;
  const message = 'This skill takes a prompt, and no input beside it.';
  throw new InvalidError(message, { code: 'input-unsupported', path: ['input'] });
}

export const providerInputSchema: ProviderKind['inputSchema'] = () => ({
  type: 'object',
  properties: { prompt: { type: 'string', description: 'What the skill should do, in words.' } },
  required: ['prompt'],
  additionalProperties: false,
});
