import { useCallback, useEffect, useState } from 'react';
import { assertOk, escapePath } from '../../../../../http/skills-api';
import { useAuthorizedFetch } from '../../../../../http/use-authorized-fetch';
import { textOf } from '../../../../../ui/content-kind';

export type FileContent =
  | { status: 'loading' }
  | { status: 'failed'; error: unknown }
  /** `text` is undefined when the bytes are none. `load` counts the times it was read. */
  | { status: 'loaded'; text: string | undefined; load: number };

/** Gets a file of a version as it is stored. */
export function useLoadFile(versionId: string) {
  const fetch = useAuthorizedFetch();
  return useCallback(
    async (path: string): Promise<Blob> =>
      (await assertOk(await fetch(`/skills/versions/${versionId}/files/${escapePath(path)}`))).blob(),
    [fetch, versionId],
  );
}

/**
 * The text of a file, read once, and again by `reload` or when `digest` changes: what was read before is shown until then.
 * An editor leaves `digest` out, since its own saves change it.
 */
export function useFileContent(versionId: string, path: string, digest?: string) {
  const loadFile = useLoadFile(versionId);
  const [content, setContent] = useState<FileContent>({ status: 'loading' });
  const [load, setLoad] = useState(0);

  useEffect(() => {
    let left = false;
    const show = (next: FileContent) => {
      if (!left) setContent(next);
    };
    loadFile(path)
      .then((blob) => blob.arrayBuffer())
      .then((bytes) => show({ status: 'loaded', text: textOf(bytes), load }))
      .catch((error: unknown) => show({ status: 'failed', error }));
    return () => {
      left = true;
    };
    // The version's id changes when an edit opens a child draft; the text in the editor is then newer than any other.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [path, digest, load]);

  return { content, reload: useCallback(() => setLoad((count) => count + 1), []) };
}
