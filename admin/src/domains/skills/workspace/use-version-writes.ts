import { useEffect, useMemo, useRef } from 'react';
import type { VersionDetail } from 'strapi-plugin-skills-shared/contracts';
import { useLazyGetCurrentContentQuery } from '../content-api';
import { createVersionWrites, type VersionWrites } from './version-writes';

/** The one queue of a workspace's edits. */
export function useVersionWrites(skillId: string, content: VersionDetail | undefined): VersionWrites {
  const [ask] = useLazyGetCurrentContentQuery();
  const known = useRef(content);
  useEffect(() => {
    known.current = content;
  }, [content]);

  return useMemo(
    () =>
      createVersionWrites({
        current: () => {
          if (!known.current) throw new Error('Nothing can be edited before it is loaded.');
          return known.current;
        },
        refresh: () => ask(skillId).unwrap(),
        apply: (newest) => {
          known.current = newest;
        },
      }),
    [ask, skillId],
  );
}
