import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/types';
import supertest from 'supertest';

type Agent = ReturnType<typeof supertest.agent>;

/** Someone who calls, with requests that carry their credentials. */
export interface Caller {
  agent: Agent;
  /** What goes after `Bearer`. */
  token: string;
  documentId: string;
}

export interface Callers {
  /**
   * An administrator: of the super-admin role, or of a role of their own with these actions alone, named without
   * `plugin::skills.` (`skills.read`).
   */
  admin(actions?: readonly string[]): Promise<Caller>;
  /** An admin token of a new super admin, with these actions alone. */
  adminToken(actions: readonly string[]): Promise<Caller & { ownerId: string }>;
  /** A content-API token with these grants: named without `plugin::skills.` (`skill.find`), or whole (`api::article.article.find`). */
  contentToken(grants: readonly string[]): Promise<Caller>;
  /** A user of users-permissions whose role has these grants. */
  user(grants: readonly string[]): Promise<Caller>;
  /** Gives callers without credentials these grants. */
  grantPublic(grants: readonly string[]): Promise<void>;
}

interface Row {
  id: number;
  documentId: string;
}

/** The services of Strapi's admin and of users-permissions that tests call; neither publishes types for them. */
interface Services {
  role: {
    create(role: object): Promise<Row>;
    getSuperAdmin(): Promise<Row>;
    assignPermissions(id: number, permissions: readonly object[]): Promise<unknown>;
  };
  user: { create(user: object): Promise<Row> };
  token: { create(token: object, caller?: Row): Promise<Row & { accessKey: string }> };
}

const uid = (action: string): string => (action.includes('::') ? action : `plugin::skills.${action}`);

export function createCallers(strapi: Core.Strapi, url: string): Callers {
  const service = <Name extends keyof Services>(name: string) =>
    strapi.service(name as 'admin::user') as unknown as Services[Name];
  const agentOf = (token: string): Agent => supertest.agent(url).set('Authorization', `Bearer ${token}`);

  async function createAdmin(actions?: readonly string[]): Promise<Row> {
    const roles = service<'role'>('admin::role');
    const role = actions
      ? await roles.create({ name: `Role ${randomUUID()}`, description: 'Of one test.' })
      : await roles.getSuperAdmin();
    if (actions) {
      await roles.assignPermissions(
        role.id,
        actions.map((action) => ({ action: uid(action), subject: null, properties: {}, conditions: [] })),
      );
    }
    return service<'user'>('admin::user').create({
      firstname: 'Ada',
      lastname: randomUUID(),
      email: `${randomUUID()}@example.com`,
      password: 'Password-1',
      isActive: true,
      registrationToken: null,
      roles: [role.id],
    });
  }

  async function accessToken(userId: number): Promise<string> {
    const sessions = strapi.sessionManager('admin');
    const refresh = await sessions.generateRefreshToken(String(userId), randomUUID(), { type: 'refresh' });
    const access = await sessions.generateAccessToken(refresh.token);
    if (!('token' in access)) throw new Error(access.error);
    return access.token;
  }

  async function tokenCaller(name: string, row: object, caller?: Row): Promise<Caller> {
    const created = await service<'token'>(name).create(row, caller);
    const stored = await strapi.db.query('admin::api-token').findOne({ where: { id: created.id } });
    return { agent: agentOf(created.accessKey), token: created.accessKey, documentId: stored.documentId };
  }

  async function grant(roleId: number, grants: readonly string[]): Promise<void> {
    for (const action of grants) {
      await strapi.db
        .query('plugin::users-permissions.permission')
        .create({ data: { action: uid(action), role: roleId } });
    }
  }

  return {
    async admin(actions) {
      const user = await createAdmin(actions);
      const token = await accessToken(user.id);
      return { agent: agentOf(token), token, documentId: user.documentId };
    },

    async adminToken(actions) {
      const owner = await createAdmin();
      const adminPermissions = actions.map((action) => ({
        action: uid(action),
        subject: null,
        properties: {},
        conditions: [],
      }));
      const row = { name: `Token ${randomUUID()}`, description: '', lifespan: null, adminPermissions };
      const caller = await tokenCaller('admin::api-token-admin', { ...row, adminUserOwner: owner.id }, owner);
      return { ...caller, ownerId: owner.documentId };
    },

    contentToken(grants) {
      return tokenCaller('admin::api-token-content-api', {
        name: `Token ${randomUUID()}`,
        description: '',
        lifespan: null,
        type: 'custom',
        permissions: grants.map(uid),
      });
    },

    async user(grants) {
      const name = randomUUID();
      const role: Row = await strapi.db
        .query('plugin::users-permissions.role')
        .create({ data: { name, type: name, description: 'Of one test.' } });
      await grant(role.id, grants);
      const users = strapi.plugin('users-permissions').service('user');
      const user: Row = await users.add({
        username: name,
        email: `${name}@example.com`,
        password: 'Password-1',
        provider: 'local',
        confirmed: true,
        role: role.id,
      });
      const token: string = await strapi.plugin('users-permissions').service('jwt').issue({ id: user.id });
      return { agent: agentOf(token), token, documentId: user.documentId };
    },

    async grantPublic(grants) {
      const role: Row = await strapi.db
        .query('plugin::users-permissions.role')
        .findOne({ where: { type: 'public' } });
      await grant(role.id, grants);
    },
  };
}
