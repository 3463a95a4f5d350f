import type { ChatFile } from 'strapi-plugin-skills-shared/provider';

/** What both APIs take as an image; other images go as files, and the vendor says no if it must. */
export const isImage = ({ mime }: ChatFile): boolean => /^image\/(png|jpeg|webp|gif)$/i.test(mime);

/** A file's bytes within the request. */
export async function dataUrl(file: ChatFile): Promise<string> {
  const mime = file.mime || 'application/octet-stream';
  return `data:${mime};base64,${Buffer.from(await file.read()).toString('base64')}`;
}
