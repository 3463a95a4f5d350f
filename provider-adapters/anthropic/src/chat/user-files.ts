import { toFile, type Anthropic } from '@anthropic-ai/sdk';
import type { Base64ImageSource, ContentBlockParam } from '@anthropic-ai/sdk/resources/messages';
import { ProviderError, type ChatFile, type ProviderContext } from 'strapi-plugin-skills-shared/provider';

/** How long a file for a container stays at Anthropic: as long as a conversation may reasonably go on. */
const uploadSeconds = 24 * 60 * 60;

const imageTypes: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
] satisfies Base64ImageSource['media_type'][]);

const isImage = (mime: string): mime is Base64ImageSource['media_type'] => imageTypes.has(mime);

const isText = (mime: string): boolean =>
  mime.startsWith('text/') ||
  /^application\/(.+\+)?(json|xml|yaml|x-yaml|javascript|x-ndjson|toml|sql)$/.test(mime);

/** Turns a user's file into blocks of a message. */
export type ShowFile = (file: ChatFile, options: { hasContainer: boolean }) => Promise<ContentBlockParam[]>;

/**
 * Images, PDFs and texts are shown to the model. With a container, every file lies in it too, so that code can work on it; it is
 * uploaded once, however often its message is sent again.
 */
export function createShowFile(client: Anthropic, context: Pick<ProviderContext, 'signal'>): ShowFile {
  const uploaded = new WeakMap<ChatFile, string>();

  async function upload(file: ChatFile, bytes: Uint8Array): Promise<string> {
    const known = uploaded.get(file);
    if (known !== undefined) return known;
    const { id } = await client.files.upload(
      { file: await toFile(bytes, file.name, { type: file.mime }), expires_in_seconds: uploadSeconds },
      { signal: context.signal },
    );
    uploaded.set(file, id);
    return id;
  }

  return async (file, { hasContainer }) => {
    const bytes = await file.read();
    const shown = visibleBlock(file, bytes);
    if (!hasContainer) {
      if (!shown) throw cannotShow(file);
      return [shown];
    }
    const inContainer: ContentBlockParam = { type: 'container_upload', file_id: await upload(file, bytes) };
    // Code reads a text as well as the model does, and tokens are saved.
    return shown && shown.type !== 'text' && !isText(mimeOf(file)) ? [shown, inContainer] : [inContainer];
  };
}

const mimeOf = ({ mime }: ChatFile): string => (mime.split(';')[0] ?? '').trim().toLowerCase();

function visibleBlock(file: ChatFile, bytes: Uint8Array): ContentBlockParam | undefined {
  const mime = mimeOf(file);
  if (isImage(mime))
    return { type: 'image', source: { type: 'base64', media_type: mime, data: toBase64(bytes) } };
  const title = file.name;
  if (mime === 'application/pdf') {
    const source = { type: 'base64', media_type: mime, data: toBase64(bytes) } as const;
    return { type: 'document', source, title, citations: { enabled: true } };
  }
  if (!isText(mime)) return undefined;
  // The vendor refuses a document without text.
  if (bytes.length === 0) return { type: 'text', text: `The file “${file.name}” is empty.` };
  const source = { type: 'text', media_type: 'text/plain', data: new TextDecoder().decode(bytes) } as const;
  return { type: 'document', source, title, citations: { enabled: true } };
}

const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

const cannotShow = ({ name, mime }: ChatFile): ProviderError =>
  new ProviderError({
    code: 'unsupported-feature',
    message: `Anthropic’s models cannot read “${name}” (${mime}): only images, PDFs and texts, or any file with code execution on.`,
  });
