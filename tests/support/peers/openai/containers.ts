import type { FileListResponse } from 'openai/resources/containers/files';
import type { PeerFile } from './answers';

export interface StoredFile extends FileListResponse {
  content: Buffer;
  isCited: boolean;
}

/** The files of containers, by the container's id. */
export function createContainers() {
  const containers = new Map<string, StoredFile[]>();
  let count = 0;
  return {
    open(files: readonly PeerFile[] = []): { id: string; files: StoredFile[] } {
      const containerId = `cntr_${(count += 1)}`;
      const stored = files.map(({ name, content, isCited = true }, index): StoredFile => {
        const bytes = Buffer.from(content);
        return {
          id: `cfile_${count}_${index + 1}`,
          object: 'container.file',
          container_id: containerId,
          created_at: 1_700_000_000,
          bytes: bytes.length,
          path: `/mnt/data/${name}`,
          source: 'assistant',
          content: bytes,
          isCited,
        };
      });
      containers.set(containerId, stored);
      return { id: containerId, files: stored };
    },
    list: (containerId: string): StoredFile[] | undefined => containers.get(containerId),
    find: (containerId: string, fileId: string): StoredFile | undefined =>
      containers.get(containerId)?.find(({ id }) => id === fileId),
  };
}

export type Containers = ReturnType<typeof createContainers>;
