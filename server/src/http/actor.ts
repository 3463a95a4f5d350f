import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import type { Actor } from 'strapi-plugin-skills-shared/contracts';

/** The parts of Strapi's authentication result that say who calls. */
interface Credentials {
  id?: number | string;
  documentId?: string;
  createdAt?: Date | string;
  name?: string;
  username?: string;
  email?: string;
  firstname?: string | null;
  lastname?: string | null;
}

interface AuthState {
  strategy?: { name?: string };
  credentials?: Credentials | null;
}

/**
 * Who sent this request, after Strapi has authenticated it: by the `documentId`, because `strapi transfer` renumbers ids.
 * A request without credentials is `public`'s.
 */
export async function actorOf(strapi: Pick<Core.Strapi, 'db'>, ctx: Context): Promise<Actor> {
  const auth: AuthState | undefined = ctx.state.auth;
  const credentials = auth?.credentials;
  if (!credentials) return { type: 'public', id: null, name: 'Public' };
  switch (auth.strategy?.name ?? '') {
    case 'admin':
      return { type: 'admin-user', id: documentIdOf(credentials), name: nameOfAdmin(credentials) };
    case 'admin-token':
      return token(strapi, 'admin-token', credentials);
    case 'content-api-token':
    // Strapi's name of it before admin tokens were told apart.
    case 'api-token':
      return token(strapi, 'api-token', credentials);
    case 'users-permissions':
      return { type: 'user', id: documentIdOf(credentials), name: credentials.username ?? '' };
    default:
      throw new Error(`Strapi authenticated a caller by a way that is not known: ${auth.strategy?.name}.`);
  }
}

/**
 * The person behind a request of the admin API: the user who is logged in, or who owns the admin token. What a token creates
 * belongs to this person, who would otherwise not see it.
 */
export function adminUserOf(ctx: Context): Actor {
  const user: Credentials | undefined = ctx.state.user;
  return { type: 'admin-user', id: documentIdOf(user), name: nameOfAdmin(user) };
}

/** The documentIds of tokens that have called. A renewed or renamed token is another key; an id alone could be used again. */
const tokenIds = new WeakMap<object, Map<string, string>>();
const MAX_TOKEN_IDS = 1_000;

async function token(
  { db }: Pick<Core.Strapi, 'db'>,
  type: 'admin-token' | 'api-token',
  credentials: Credentials,
): Promise<Actor> {
  const name = credentials.name ?? '';
  const known = tokenIds.get(db) ?? new Map<string, string>();
  const key = JSON.stringify([credentials.id, credentials.createdAt, name]);
  const id = credentials.documentId ?? known.get(key) ?? (await readTokenId(db, credentials.id));
  if (known.size >= MAX_TOKEN_IDS) known.clear();
  tokenIds.set(db, known.set(key, id));
  return { type, id, name };
}

/** Strapi selects a token's columns by name, and its documentId is not among them. */
async function readTokenId(db: Core.Strapi['db'], id: Credentials['id']): Promise<string> {
  const row: Credentials | null = await db
    .query('admin::api-token')
    .findOne({ select: ['documentId'], where: { id } });
  return documentIdOf(row);
}

function documentIdOf(credentials: Credentials | null | undefined): string {
  if (!credentials?.documentId) throw new Error('Strapi authenticated a caller that has no documentId.');
  return credentials.documentId;
}

function nameOfAdmin(user: Credentials | null | undefined): string {
  const full = [user?.firstname, user?.lastname].filter(Boolean).join(' ');
  return full || user?.username || user?.email || '';
}
