import type { Core } from '@strapi/types';
import type { ScopeLimit } from 'strapi-plugin-skills-shared/contracts';
import type { ScopeSubject } from './limits-repository';

type NamedSubject = ScopeLimit['subject'];

/** Whom a limit can bind: the tokens of the content API, and the roles of users-permissions where an app has that plugin. */
export interface ScopeSubjects {
  /** Tokens first, each sort by name. */
  list(): Promise<NamedSubject[]>;
  find(subject: ScopeSubject): Promise<NamedSubject | undefined>;
  /** The documentId of the role of callers without credentials. */
  publicRole(): Promise<string | undefined>;
}

interface NamedRow {
  documentId: string;
  name: string;
}

type Where = Record<string, unknown>;

const TOKENS = 'admin::api-token';
const ROLES = 'plugin::users-permissions.role';

export function createScopeSubjects(strapi: Core.Strapi): ScopeSubjects {
  let publicRole: string | undefined;

  async function read(type: ScopeSubject['type'], where: Where): Promise<NamedSubject[]> {
    const uid = type === 'role' ? ROLES : TOKENS;
    if (!strapi.db.metadata.has(uid)) return [];
    // Admin tokens stand in the same table, and are limited by their permissions alone.
    const narrowed = type === 'role' ? where : { ...where, kind: 'content-api' };
    const rows = (await strapi.db.query(uid).findMany({
      select: ['documentId', 'name'],
      where: narrowed,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    })) as NamedRow[];
    return rows.map(({ documentId, name }) => ({ type, id: documentId, name }));
  }

  return {
    list: async () => [...(await read('api-token', {})), ...(await read('role', {}))],

    async find({ type, id }) {
      return (await read(type, { documentId: id }))[0];
    },

    async publicRole() {
      // It cannot be deleted, so that its id is asked for once.
      publicRole ??= (await read('role', { type: 'public' }))[0]?.id;
      return publicRole;
    },
  };
}
