import type {
  Actor,
  ConnectionCreate,
  ConnectionUpdate,
  ConnectionUser,
} from 'strapi-plugin-skills-shared/contracts';
import type { LoadedProvider } from '../providers';
import { freeConnectionAlias, toConnectionAlias } from './connection-alias';
import type { ConnectionRecord } from './connection-record';
import type { ConnectionsContext } from './connections-context';
import type { ConnectionsService } from './connections-service';
import type { Presentation } from './presentation';
import {
  AliasTakenError,
  connectionInUse,
  connectionMissing,
  providerMissing,
  staleRevision,
} from './refusals';
import { checkEntered, enterSettings } from './settings/enter-settings';
import { sealSettings } from './settings/seal-settings';
import type { StoredSettings } from './settings/stored-settings';

type Changing = Pick<ConnectionsService, 'create' | 'update' | 'remove'>;

/** How often a new connection looks for another free alias when somebody took the one it found. */
const ATTEMPTS = 5;

export function createChanging(
  context: ConnectionsContext,
  { json }: Presentation,
  usersOf: (connectionId: string) => Promise<ConnectionUser[]>,
): Changing {
  const { database, repository, providers, clock } = context;

  return {
    async create(request, author) {
      const provider = providers.get(request.provider);
      const id = context.newId();
      const settings = await newSettings(context, provider, id, request.settings, undefined);
      const now = clock();
      const record = (alias: string): ConnectionRecord => ({
        id,
        alias,
        name: request.name,
        active: request.active,
        providerId: provider.id,
        providerName: provider.displayName,
        settings,
        lastTest: null,
        author,
        editor: author,
        revision: 1,
        createdAt: now,
        updatedAt: now,
      });
      return json(await insert(repository, request, record));
    },

    update: async (...request) => json(await update(context, ...request)),

    remove: (idOrAlias) =>
      database.transaction(async () => {
        // Locked, so that nobody begins to use it between the question and the deletion.
        const connection = await repository.find(idOrAlias, { forUpdate: true });
        if (!connection) throw connectionMissing();
        const users = await usersOf(connection.id);
        if (users.length > 0) throw connectionInUse(users);
        await repository.remove(connection.id);
      }),
  };
}

async function update(
  context: ConnectionsContext,
  idOrAlias: string,
  { revision, settings, ...change }: ConnectionUpdate,
  editor: Actor,
): Promise<ConnectionRecord> {
  const { repository, providers, clock } = context;
  const before = await repository.find(idOrAlias);
  if (!before) throw connectionMissing();
  if (before.revision !== revision) throw staleRevision(revision, before.revision);
  const provider = providers.find(before.providerId);
  const after: ConnectionRecord = {
    ...before,
    name: change.name ?? before.name,
    alias: change.alias ?? before.alias,
    active: change.active ?? before.active,
    providerName: provider?.displayName ?? before.providerName,
    editor,
    revision: revision + 1,
    updatedAt: clock(),
  };
  if (settings !== undefined) {
    if (!provider) throw providerMissing(before.name, before.providerName);
    after.settings = await newSettings(context, provider, before.id, settings, before.settings);
    // What was tested was something else.
    after.lastTest = null;
  }
  // The schema may take its time, so no transaction is held for it: the revision says whether all this still holds.
  if (await repository.update(after, revision)) return after;
  const now = await repository.find(before.id);
  throw now ? staleRevision(revision, now.revision) : connectionMissing();
}

async function newSettings(
  { environment, encryption, reader }: ConnectionsContext,
  { settings: form }: LoadedProvider,
  connectionId: string,
  entered: Record<string, unknown>,
  stored: StoredSettings | undefined,
): Promise<StoredSettings> {
  const before = stored && { connectionId, settings: stored };
  const settings = enterSettings({ form, entered, before, environment });
  await checkEntered(form, settings, connectionId, reader);
  return sealSettings(connectionId, settings, { encryption, reader });
}

/** Under the alias that was asked for, or else under the first free one that the name leads to. */
async function insert(
  repository: ConnectionsContext['repository'],
  { alias, name, provider }: ConnectionCreate,
  record: (alias: string) => ConnectionRecord,
): Promise<ConnectionRecord> {
  for (let attempt = 1; ; attempt += 1) {
    const derived = toConnectionAlias(name) ?? provider;
    const free = alias ?? (await freeConnectionAlias(derived, (taken) => repository.aliasExists(taken)));
    const connection = record(free);
    try {
      await repository.insert(connection);
      return connection;
    } catch (error) {
      const mayTryAnother = alias === undefined && attempt < ATTEMPTS && error instanceof AliasTakenError;
      if (!mayTryAnother) throw error;
    }
  }
}
