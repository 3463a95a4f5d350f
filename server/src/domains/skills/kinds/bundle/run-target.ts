import { InvalidError } from '../../../../http/errors';
import type { SkillKind } from '../kind';

/**
 * A bundle runs in the sandbox, where no model works on it; or, when the caller says so, at a vendor where it was published to.
 * 400 `connection-unused`, `model-unused`.
 */
export const bundleTarget: SkillKind['target'] = ({ execution = 'sandbox', connectionId, model }) => {
  if (execution === 'hosted') return { execution, connectionId: connectionId ?? null, model: model ?? null };
  if (connectionId !== undefined) throw unused('connection');
  if (model !== undefined) throw unused('model');
  return { execution, connectionId: null, model: null };
};

function unused(field: 'connection' | 'model'): InvalidError {
  const message = `A run in the sandbox has no ${field}; ask for the execution "hosted" to run the bundle at a vendor.`;
  return new InvalidError(message, { code: `${field}-unused`, path: [field] });
}
