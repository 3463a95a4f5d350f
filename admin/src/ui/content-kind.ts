/** How a file can be shown. `binary` cannot. */
export type ContentKind = 'image' | 'csv' | 'json' | 'markdown' | 'text' | 'binary';

const byExtension: Record<string, ContentKind> = {
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  gif: 'image',
  webp: 'image',
  avif: 'image',
  bmp: 'image',
  ico: 'image',
  svg: 'image',
  csv: 'csv',
  tsv: 'csv',
  json: 'json',
  md: 'markdown',
  markdown: 'markdown',
};

export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** By extension first, which is what its author meant; then by MIME type. What is left is told by its bytes (`looksLikeText`). */
export function contentKind(path: string, mime = ''): ContentKind | undefined {
  const named = byExtension[extensionOf(path)];
  if (named) return named;
  const type = mime.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type.startsWith('image/')) return 'image';
  if (type === 'text/csv') return 'csv';
  if (type === 'application/json' || type.endsWith('+json')) return 'json';
  if (type === 'text/markdown') return 'markdown';
  if (type.startsWith('text/')) return 'text';
  return undefined;
}

/** The MIME type under which a browser shows an image, whatever type the file was stored with. */
export function imageMime(path: string): string {
  const extension = extensionOf(path);
  if (extension === 'svg') return 'image/svg+xml';
  if (extension === 'jpg') return 'image/jpeg';
  if (extension === 'ico') return 'image/x-icon';
  return `image/${extension || 'png'}`;
}

/** The bytes as UTF-8 text, or undefined when they are none: not valid UTF-8, or with a NUL. A byte order mark is kept. */
export function textOf(bytes: ArrayBuffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined; // Not UTF-8: that is the answer, not a fault.
  }
}
