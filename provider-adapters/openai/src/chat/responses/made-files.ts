import type { OpenAI } from 'openai';
import { ProviderError, type ChatEvent, type ProviderContext } from 'strapi-plugin-skills-shared/provider';
import { forRequest } from '../../connection/for-request';
import { providerFailure, type FailureContext } from '../../connection/provider-failure';
import { serverName } from '../../connection/settings';
import { fileNameOf, mimeOf } from '../file-types';

export type FileEvent = Extract<ChatEvent, { type: 'file' }>;

/** What is needed to read a file of an answer when somebody wants it. */
export interface FileSource extends FailureContext, Pick<ProviderContext, 'fetch'> {
  readonly client: OpenAI;
}

/** A file that the model made in a container: it is gone with the container, some twenty minutes after its last use. */
export function containerFile(
  source: FileSource,
  { containerId, fileId, name }: { containerId: string; fileId: string; name: string },
): FileEvent {
  return fileEvent(fileNameOf(name, fileId), source, () =>
    source.client.containers.files.content.retrieve(
      fileId,
      { container_id: containerId },
      forRequest(source.signal),
    ),
  );
}

/** A file of the vendor's file store that an answer names. */
export function storedFile(source: FileSource, fileId: string): FileEvent {
  return fileEvent(fileId, source, () => source.client.files.content(fileId, forRequest(source.signal)));
}

function fileEvent(name: string, source: FileSource, request: () => Promise<Response>): FileEvent {
  return { type: 'file', name, mime: mimeOf(name), open: () => openBody(request, source) };
}

async function openBody(
  request: () => Promise<Response>,
  source: FileSource,
): Promise<AsyncIterable<Uint8Array>> {
  try {
    const { body } = await request();
    if (!body) throw unreadable(source);
    return readBody(body, source);
  } catch (error) {
    throw providerFailure(error, source);
  }
}

async function* readBody(
  body: AsyncIterable<Uint8Array>,
  source: FileSource,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* body;
  } catch (error) {
    throw providerFailure(error, source);
  }
}

/** An image whose bytes came with the answer. */
export function inlineFile(name: string, base64: string, mime?: string): FileEvent {
  const bytes = Buffer.from(base64, 'base64');
  return {
    type: 'file',
    name,
    mime: mime ?? mimeOf(name),
    open: () =>
      Promise.resolve(
        (async function* () {
          yield bytes;
        })(),
      ),
  };
}

/** An image that a code interpreter drew: within the answer, or at an address that needs no key. */
export function linkedImage(name: string, url: string, source: FileSource): FileEvent {
  const inline = /^data:([\w/+.-]+);base64,(.*)$/s.exec(url);
  if (inline) return inlineFile(name, inline[2] ?? '', inline[1]);
  return fileEvent(name, source, async () => {
    const response = await source.fetch(url, forRequest(source.signal));
    if (!response.ok) throw unreadable(source);
    return response;
  });
}

const unreadable = ({ settings }: FailureContext): ProviderError =>
  new ProviderError({ code: 'unavailable', message: `${serverName(settings)} did not hand out the file.` });

/** By the first bytes, since an answer does not say which format an image has. */
export function imageType(base64: string): { ending: string; mime: string } {
  if (base64.startsWith('/9j/')) return { ending: 'jpg', mime: 'image/jpeg' };
  if (base64.startsWith('UklGR')) return { ending: 'webp', mime: 'image/webp' };
  if (base64.startsWith('R0lGOD')) return { ending: 'gif', mime: 'image/gif' };
  return { ending: 'png', mime: 'image/png' };
}
