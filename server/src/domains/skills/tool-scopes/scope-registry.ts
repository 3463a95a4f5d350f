import { toolScopeIdSchema, type ToolScope } from 'strapi-plugin-skills-shared/contracts';
import { InvalidError } from '../../../http/errors';
import { builtInScopes } from './built-in-scopes';

/**
 * The tool scopes of this installation. A plugin adds its own in `register()`:
 * `strapi.plugin('skills').service('toolScopes').register({ id, name, description, source: 'my-plugin' })`.
 */
export interface ToolScopes {
  /** Throws for an id that is no scope's name, or that another source has registered. */
  register(scope: ToolScope): void;
  /** By id. */
  list(): ToolScope[];
  /**
   * Throws 400 `scope-unknown` with the place of the first id that nobody has registered; `known` are passed over: those that a skill or
   * a limit has from a plugin that is gone.
   */
  assertKnown(ids: readonly string[], path: readonly string[], known?: readonly string[]): void;
}

export function createToolScopes(configured: readonly Omit<ToolScope, 'source'>[]): ToolScopes {
  const byId = new Map<string, ToolScope>();

  function register({ id, name, description, source }: ToolScope): void {
    if (!toolScopeIdSchema.safeParse(id).success) {
      throw new Error(`"${id}" cannot name a tool scope: use lowercase letters, digits and single hyphens.`);
    }
    const other = byId.get(id);
    if (other) throw new Error(`Two tool scopes are called "${id}": by ${other.source} and by ${source}.`);
    byId.set(id, { id, name, description, source });
  }

  for (const scope of builtInScopes) register(scope);
  for (const scope of configured) register({ ...scope, source: 'config' });

  return {
    register,

    list: () => [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),

    assertKnown(ids, path, known = []) {
      for (const [index, id] of ids.entries()) {
        if (byId.has(id) || known.includes(id)) continue;
        throw new InvalidError(`There is no tool scope called ${id}.`, {
          code: 'scope-unknown',
          path: [...path, index],
        });
      }
    },
  };
}
