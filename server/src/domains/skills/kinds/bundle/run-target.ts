import { InvalidError } from '../../../../http/errors';
import type { SkillKind } from '../kind';

/**
 * A bundle with an entrypoint runs alone in the sandbox, where no model works on it; without one, or with a prompt, an agent works by it;
 * or, when the caller says so, the model of a vendor where it was published to. 400 `connection-unused`, `model-unused`.
 */
export const bundleTarget: SkillKind['target'] = (request) => {
  const { metadata, connectionId, model, prompted } = request;
  const needsAgent = prompted || metadata.entrypoint === undefined;
  const execution = request.execution ?? (needsAgent ? 'agent' : 'sandbox');
  if (execution !== 'sandbox') {
    return { execution, connectionId: connectionId ?? null, model: model ?? null };
  }
  if (connectionId !== undefined) throw unused('connection');
  if (model !== undefined) throw unused('model');
  return { execution, connectionId: null, model: null };
};

function unused(field: 'connection' | 'model'): InvalidError {
  const message = `A run of the entrypoint alone has no ${field}; give it a prompt to have an agent work.`;
  return new InvalidError(message, { code: `${field}-unused`, path: [field] });
}
