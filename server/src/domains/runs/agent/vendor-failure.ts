import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import type { AgentState } from './agent-state';
import { AgentStop } from './agent-stop';

/** How vendors say that a conversation has become too long. */
const TOO_LONG =
  /context[ _-]?(?:length|window|size)|too (?:long|many tokens)|maximum (?:context|.{0,20}tokens)|token limit/i;

/** True for a vendor's refusal of a conversation that is longer than its model takes. */
export const isTooLong = (error: unknown): error is ProviderError =>
  ProviderError.is(error) && error.code === 'invalid-request' && TOO_LONG.test(error.message);

/** A vendor's failure as the agent's end. */
export function explainVendorFailure(error: ProviderError, { step }: AgentState): AgentStop {
  const { code, message } = error;
  if (!isTooLong(error)) return new AgentStop(code, message);
  const steps = `${step} step${step === 1 ? '' : 's'}`;
  return new AgentStop(
    'context-length',
    `After ${steps} the conversation is longer than the model takes: ${message}`,
  );
}
