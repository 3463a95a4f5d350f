import type { OpenAI } from 'openai';
import {
  ProviderError,
  type Capability,
  type EmbeddingClient,
  type EmbeddingRequest,
  type EmbeddingResult,
} from 'strapi-plugin-skills-shared/provider';
import { forRequest } from './connection/for-request';
import { openClient } from './connection/open-client';
import { providerFailure, type FailureContext } from './connection/provider-failure';
import { serverName, type Settings } from './connection/settings';
import { listEmbeddingModels } from './models';

/** More texts than this OpenAI does not take in one request; they go in several. */
const textsInRequest = 2048;

export const embedding: Capability<Settings, EmbeddingClient> = {
  create(settings, { signal, fetch }) {
    const client = openClient(settings, { fetch });
    const context = { settings, signal };
    return {
      listModels: () => listEmbeddingModels(client, context),
      embed: (request) => embed(client, request, context),
    };
  },
};

async function embed(
  client: OpenAI,
  { model, texts }: EmbeddingRequest,
  context: FailureContext,
): Promise<EmbeddingResult> {
  const result: EmbeddingResult = { vectors: [], inputTokens: 0 };
  for (let start = 0; start < texts.length; start += textsInRequest) {
    const part = await embedPart(client, model, texts.slice(start, start + textsInRequest), context);
    result.vectors.push(...part.vectors);
    result.inputTokens =
      result.inputTokens === null || part.inputTokens === null ? null : result.inputTokens + part.inputTokens;
  }
  if (new Set(result.vectors.map((vector) => vector.length)).size > 1) throw unreadable(context);
  return result;
}

async function embedPart(
  client: OpenAI,
  model: string,
  input: string[],
  context: FailureContext,
): Promise<EmbeddingResult> {
  try {
    // Unless told, the SDK asks for base64, which not every server can give.
    const answer = await client.embeddings.create(
      { model, input, encoding_format: 'float' },
      forRequest(context.signal),
    );
    const vectors = [...(answer.data ?? [])].sort((a, b) => a.index - b.index).map((one) => one.embedding);
    if (vectors.length !== input.length || !vectors.every(isVector)) throw unreadable(context);
    return { vectors, inputTokens: answer.usage?.prompt_tokens ?? null };
  } catch (error) {
    throw providerFailure(error, context);
  }
}

const isVector = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every((number) => typeof number === 'number');

const unreadable = ({ settings }: FailureContext): ProviderError =>
  new ProviderError({
    code: 'protocol',
    message: `${serverName(settings)} answered something that is not one vector for each text.`,
  });
