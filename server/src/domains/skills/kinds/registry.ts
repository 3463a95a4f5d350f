import { InvalidError } from '../../../http/errors';
import type { SkillKind } from './kind';

export interface KindRegistry {
  /** 400 `kind-unknown` for a kind that is not installed. */
  get(id: string): SkillKind;
  ids(): string[];
}

export function createKindRegistry(kinds: readonly SkillKind[]): KindRegistry {
  const byId = new Map(kinds.map((kind) => [kind.id, kind]));
  if (byId.size !== kinds.length) throw new Error('Two kinds of skill have one id.');
  return {
    get(id) {
      const kind = byId.get(id);
      if (kind) return kind;
      throw new InvalidError(`There is no kind of skill called ${id}.`, {
        code: 'kind-unknown',
        path: ['kind'],
      });
    },
    ids: () => [...byId.keys()],
  };
}
