import { useMemo } from 'react';
import {
  useChangeFrontmatterMutation,
  useMoveFileMutation,
  usePutFileMutation,
  useRemoveFileMutation,
  useRepairMutation,
} from '../content-api';
import { useWorkspace } from './workspace-context';

const skillFile = 'SKILL.md';

/** The edits of a bundle's content, each in its turn. They reject with the server's refusal. */
export function useContentEdits() {
  const { skill, content, writes } = useWorkspace();
  const [put] = usePutFileMutation();
  const [remove] = useRemoveFileMutation();
  const [move] = useMoveFileMutation();
  const [changeFrontmatter] = useChangeFrontmatterMutation();
  const [repair] = useRepairMutation();
  const skillId = skill.id;
  const all = content.files.map(({ path }) => path);
  const key = all.join('\0');

  return useMemo(() => {
    const below = (path: string) =>
      key.split('\0').filter((file) => file === path || file.startsWith(`${path}/`));
    return {
      put: (path: string, file: Blob) =>
        writes.run({ paths: [path], send: (at) => put({ skillId, path, content: file, ...at }).unwrap() }),
      remove: (path: string) =>
        writes.run({ paths: [path], send: (at) => remove({ skillId, path, ...at }).unwrap() }),
      move: (from: string, to: string) =>
        writes.run({
          paths: [...below(from), to],
          send: (at) => move({ skillId, from, to, ...at }).unwrap(),
        }),
      changeFrontmatter: (values: Record<string, unknown>) =>
        writes.run({
          paths: [skillFile],
          send: (at) => changeFrontmatter({ skillId, values, ...at }).unwrap(),
        }),
      repair: (codes?: string[]) =>
        writes.run({
          paths: [skillFile],
          send: (at) => repair({ skillId, ...(codes ? { codes } : {}), ...at }).unwrap(),
        }),
    };
  }, [skillId, key, writes, put, remove, move, changeFrontmatter, repair]);
}
