import type { AssistantMessage, ChatMessage, Json } from 'strapi-plugin-skills-shared/provider';
import type { ContentBlockParam } from '@anthropic-ai/sdk/resources/messages';
import { z } from 'zod';

/** What turns of this adapter are known by when they come back. */
export const providerId = 'anthropic';

const turnStateSchema = z.object({
  content: z.array(z.looseObject({ type: z.string() })).min(1),
  container: z.object({ id: z.string(), expiresAt: z.string() }).nullable(),
});

/** The container that code ran in; another turn may go on in it until it expires. */
export type ContainerState = NonNullable<z.output<typeof turnStateSchema>['container']>;

/** A turn in Anthropic's own blocks, signatures and encrypted results included, and where it ran. */
export interface TurnState {
  content: ContentBlockParam[];
  container: ContainerState | null;
}

export const writeTurnState = (state: TurnState): AssistantMessage['providerState'] => ({
  providerId,
  data: JSON.parse(JSON.stringify(state)) as Json,
});

/** Undefined for a turn that another provider, or another version of this adapter, wrote. */
export function readTurnState({ providerState }: AssistantMessage): TurnState | undefined {
  if (providerState?.providerId !== providerId) return undefined;
  const state = turnStateSchema.safeParse(providerState.data);
  return state.success ? (state.data as unknown as TurnState) : undefined;
}

/** The latest container of a conversation, if it will still be there in a minute. */
export function findContainer(messages: readonly ChatMessage[], now = Date.now()): string | undefined {
  for (const message of messages.toReversed()) {
    const container = message.role === 'assistant' ? readTurnState(message)?.container : undefined;
    if (container) return Date.parse(container.expiresAt) > now + 60_000 ? container.id : undefined;
  }
  return undefined;
}
