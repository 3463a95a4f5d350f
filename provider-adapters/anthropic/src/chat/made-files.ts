import type { Anthropic } from '@anthropic-ai/sdk';
import { ProviderError, type ChatEvent } from 'strapi-plugin-skills-shared/provider';
import { providerFailure, unreadable, type FailureContext } from '../connection/provider-failure';

/** Files that the container gave back, in their order; their bytes are fetched when somebody reads them. */
export async function* madeFiles(
  client: Anthropic,
  context: FailureContext,
  fileIds: Iterable<string>,
): AsyncGenerator<ChatEvent> {
  for (const id of fileIds) {
    const { filename, mime_type, downloadable } = await client.files.retrieveMetadata(
      id,
      {},
      { signal: context.signal },
    );
    if (typeof filename !== 'string') throw new ProviderError(unreadable(context.settings));
    const name = filename.split(/[\\/]/).at(-1) || id;
    if (downloadable === false)
      yield { type: 'provider-event', name: 'file-not-downloadable', data: { name } };
    else
      yield {
        type: 'file',
        name,
        mime: mime_type || 'application/octet-stream',
        open: () => download(client, context, id),
      };
  }
}

async function download(
  client: Anthropic,
  context: FailureContext,
  id: string,
): Promise<AsyncIterable<Uint8Array>> {
  try {
    const { body } = await client.files.download(id, {}, { signal: context.signal });
    if (!body) throw new ProviderError(unreadable(context.settings));
    return readBytes(body as unknown as AsyncIterable<Uint8Array>, context);
  } catch (error) {
    throw providerFailure(error, context);
  }
}

async function* readBytes(
  body: AsyncIterable<Uint8Array>,
  context: FailureContext,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw providerFailure(error, context);
  }
}
