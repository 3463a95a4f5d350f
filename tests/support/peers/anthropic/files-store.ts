import type { FileMetadata } from '@anthropic-ai/sdk/resources/files';
import type { PeerFile } from './answers';

interface StoredFile {
  metadata: FileMetadata;
  content: Buffer;
}

/** Files that were uploaded, and those that the container made. */
export class FilesStore {
  private readonly files = new Map<string, StoredFile>();

  add({ name, content, mime = 'application/octet-stream', downloadable = true }: PeerFile): FileMetadata {
    const bytes = Buffer.from(content);
    const metadata: FileMetadata = {
      id: `file_${this.files.size + 1}`,
      type: 'file',
      filename: name,
      mime_type: mime,
      size_bytes: bytes.length,
      created_at: '2026-11-21T12:00:00Z',
      downloadable,
    };
    this.files.set(metadata.id, { metadata, content: bytes });
    return metadata;
  }

  find(id: string): StoredFile | undefined {
    return this.files.get(id);
  }

  get names(): string[] {
    return [...this.files.values()].map(({ metadata }) => metadata.filename);
  }
}
