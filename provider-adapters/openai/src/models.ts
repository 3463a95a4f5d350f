import type { OpenAI } from 'openai';
import { ProviderError, type ChatModel } from 'strapi-plugin-skills-shared/provider';
import { forRequest } from './connection/for-request';
import { providerFailure, type FailureContext } from './connection/provider-failure';
import { isOpenAI, serverName } from './connection/settings';

/** Families at OpenAI that answer no chat; what is new there counts as a chat model until it is known. */
const otherFamilies =
  /embedding|whisper|tts|dall-e|image|moderation|realtime|audio|transcribe|translate|sora|babbage|davinci|instruct|search-(preview|api)|live/i;

const embeddingNames = /embed|(^|[/:-])(bge|e5|gte|minilm|mxbai)/i;

/** Tokens that a conversation may have, by the beginning of the model's name; the longest that fits counts. */
const contextTokens: Readonly<Record<string, number>> = {
  'gpt-5.6': 1_050_000,
  'gpt-5.4': 1_050_000,
  'gpt-5.4-mini': 400_000,
  'gpt-5.4-nano': 400_000,
  'gpt-5': 400_000,
  'gpt-4.1': 1_047_576,
  'gpt-4o': 128_000,
  o1: 200_000,
  o3: 200_000,
  'o4-mini': 200_000,
};

interface ListedModel {
  id: string;
  /** vLLM tells it. */
  max_model_len?: unknown;
  /** Others do by this name. */
  context_length?: unknown;
}

/** All models that the server lists, in the order of their names. Rejects with a `ProviderError`. */
export async function listAllModels(client: OpenAI, context: FailureContext): Promise<ListedModel[]> {
  try {
    // Not by `client.models.list`, which takes any JSON for a list of none.
    const models = modelsIn(await client.get<unknown>('/models', forRequest(context.signal)));
    if (!models) throw notThisApi(context);
    return models.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  } catch (error) {
    throw providerFailure(error, context);
  }
}

/** Tells that something answers, but not what an OpenAI-compatible server does. */
export function notThisApi({ settings }: Pick<FailureContext, 'settings'>): ProviderError {
  const hint = isOpenAI(settings) ? '' : ' Check the base URL, which often ends in /v1.';
  return new ProviderError({
    code: 'protocol',
    message: `${serverName(settings)} answered, but not as OpenAI’s API does.${hint}`,
  });
}

function modelsIn(answer: unknown): ListedModel[] | undefined {
  const { object, data } = (answer ?? {}) as { object?: unknown; data?: unknown };
  // Ollama writes null when it has none.
  if (data === null && object === 'list') return [];
  const isList =
    Array.isArray(data) && data.every((model: { id?: unknown } | null) => typeof model?.id === 'string');
  return isList ? (data as ListedModel[]) : undefined;
}

export async function listChatModels(client: OpenAI, context: FailureContext): Promise<ChatModel[]> {
  const models = await listAllModels(client, context);
  const noChat = isOpenAI(context.settings) ? otherFamilies : embeddingNames;
  return models.filter(({ id }) => !noChat.test(id)).map(presentModel);
}

/** Where no name says that a model embeds, all are listed: it is for a person to know. */
export async function listEmbeddingModels(
  client: OpenAI,
  context: FailureContext,
): Promise<{ id: string }[]> {
  const models = await listAllModels(client, context);
  const embedding = models.filter(({ id }) => embeddingNames.test(id));
  return (embedding.length > 0 ? embedding : models).map(({ id }) => ({ id }));
}

function presentModel(model: ListedModel): ChatModel {
  const told = [model.max_model_len, model.context_length].find((value) => typeof value === 'number');
  const known = Object.keys(contextTokens)
    .filter((name) => model.id === name || model.id.startsWith(`${name}-`) || model.id.startsWith(`${name}.`))
    .sort((a, b) => b.length - a.length)[0];
  const limit = told ?? (known === undefined ? undefined : contextTokens[known]);
  return { id: model.id, ...(limit === undefined ? {} : { contextTokens: limit }) };
}
