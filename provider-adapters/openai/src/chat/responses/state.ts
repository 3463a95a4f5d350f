import type { ResponseOutputItem } from 'openai/resources/responses/responses';
import type { AssistantMessage } from 'strapi-plugin-skills-shared/provider';
import { plainJson } from '../plain-json';

export const providerId = 'openai';

/** A turn in the Responses API's own words. */
export interface ResponseState {
  readonly output: readonly ResponseOutputItem[];
  /** Ids of container files that were told as files already: a container lives on in the next turn. */
  readonly containerFiles: readonly string[];
}

export function writeState(state: ResponseState): NonNullable<AssistantMessage['providerState']> {
  return { providerId, data: plainJson(state) };
}

/** Undefined for a turn that another provider, or the other API, wrote. */
export function readState({ providerState }: AssistantMessage): ResponseState | undefined {
  if (providerState?.providerId !== providerId) return undefined;
  const { output, containerFiles } = (providerState.data ?? {}) as Partial<ResponseState>;
  if (!Array.isArray(output)) return undefined;
  return { output, containerFiles: containerFiles ?? [] };
}
