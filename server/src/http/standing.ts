import type { Core } from '@strapi/types';
import type { Actor } from 'strapi-plugin-skills-shared/contracts';

/** What a caller of before is and may now, found without a request of theirs: for work that goes on when they have left. */
export interface Standing {
  /** Whether an action would be let pass now: `plugin::skills.run.create`. */
  may(action: string): boolean;
  /** The documentId of the administrator, or of who owns the admin token; undefined for others. */
  adminUser?: string;
  /** The documentId of a user's role, the Public role for callers without credentials; undefined for others. */
  role?: string;
}

interface Row {
  id: number;
  documentId: string;
}

interface AdminRow extends Row {
  isActive?: boolean | null;
  blocked?: boolean | null;
}

interface TokenRow extends Row {
  type: string | null;
  expiresAt: string | number | Date | null;
  permissions: { action: string }[];
  adminPermissions: unknown[];
  adminUserOwner: Row | null;
}

interface RoleRow extends Row {
  permissions: { action: string }[];
}

interface UserRow extends Row {
  blocked: boolean | null;
  confirmed: boolean | null;
  role: RoleRow | null;
}

interface Ability {
  can(action: string): boolean;
}

/** Strapi publishes no types for it. */
interface PermissionEngine {
  generateUserAbility(user: AdminRow): Promise<Ability>;
  generateTokenAbility(permissions: readonly unknown[], owner: AdminRow): Promise<Ability>;
}

const ROLE = 'plugin::users-permissions.role';

/**
 * Asks by the rules by which Strapi lets requests in. Undefined when no request of this caller would be let in any more: the user or token
 * is gone, blocked, deactivated or expired. Commands on the server may do everything.
 */
export async function standingOf(strapi: Core.Strapi, { type, id }: Actor): Promise<Standing | undefined> {
  switch (type) {
    case 'command':
      return { may: () => true };
    case 'public':
      return ofRole(
        await strapi.db.query(ROLE).findOne({ where: { type: 'public' }, populate: ['permissions'] }),
      );
    case 'admin-user':
      return ofAdmin(strapi, await adminWhere(strapi, { documentId: id }));
    case 'admin-token':
      return ofAdminToken(strapi, await tokenOf(strapi, id));
    case 'api-token':
      return ofContentToken(await tokenOf(strapi, id));
    case 'user':
      return ofUser(strapi, id);
  }
}

async function adminWhere(
  strapi: Core.Strapi,
  where: Partial<Record<keyof Row, unknown>>,
): Promise<AdminRow | undefined> {
  const user: AdminRow | null = await strapi.db.query('admin::user').findOne({ where, populate: ['roles'] });
  return user?.isActive === true && user.blocked !== true ? user : undefined;
}

function engineOf(strapi: Core.Strapi): PermissionEngine {
  return strapi.service('admin::permission').engine;
}

async function ofAdmin(strapi: Core.Strapi, user: AdminRow | undefined): Promise<Standing | undefined> {
  return user && granted(await engineOf(strapi).generateUserAbility(user), user);
}

function granted(ability: Ability, { documentId }: AdminRow): Standing {
  return { may: (action) => ability.can(action), adminUser: documentId };
}

async function tokenOf(strapi: Core.Strapi, documentId: string | null): Promise<TokenRow | undefined> {
  const token: TokenRow | null = await strapi.db.query('admin::api-token').findOne({
    where: { documentId },
    populate: ['permissions', 'adminPermissions', 'adminUserOwner'],
  });
  if (!token) return undefined;
  const { expiresAt } = token;
  return expiresAt === null || new Date(expiresAt).getTime() >= Date.now() ? token : undefined;
}

async function ofAdminToken(strapi: Core.Strapi, token: TokenRow | undefined): Promise<Standing | undefined> {
  const owner = token?.adminUserOwner && (await adminWhere(strapi, { id: token.adminUserOwner.id }));
  if (!token || !owner) return undefined;
  return granted(await engineOf(strapi).generateTokenAbility(token.adminPermissions, owner), owner);
}

function ofContentToken(token: TokenRow | undefined): Standing | undefined {
  if (!token) return undefined;
  if (token.type === 'full-access') return { may: () => true };
  // What Strapi lets a token that only reads do.
  if (token.type === 'read-only') return { may: (action) => /find(One)?$/.test(action) };
  return { may: actionsOf(token) };
}

async function ofUser(strapi: Core.Strapi, documentId: string | null): Promise<Standing | undefined> {
  const user: UserRow | null = await strapi.db
    .query('plugin::users-permissions.user')
    .findOne({ where: { documentId }, populate: { role: { populate: ['permissions'] } } });
  if (!user || user.blocked === true) return undefined;
  const settings = await strapi.store({ type: 'plugin', name: 'users-permissions' }).get({ key: 'advanced' });
  const { email_confirmation: mustConfirm } = (settings ?? {}) as { email_confirmation?: boolean };
  return mustConfirm === true && user.confirmed !== true ? undefined : ofRole(user.role);
}

function ofRole(role: RoleRow | null): Standing | undefined {
  return role ? { may: actionsOf(role), role: role.documentId } : undefined;
}

function actionsOf({ permissions }: { permissions: readonly { action: string }[] }): Standing['may'] {
  const actions = new Set(permissions.map(({ action }) => action));
  return (action) => actions.has(action);
}
