import type { ConnectionUser } from 'strapi-plugin-skills-shared/contracts';
import { createChanging } from './changing-connections';
import type { ConnectionsContext } from './connections-context';
import type { ConnectionsService, FindConnectionUsers } from './connections-service';
import { createOpening } from './open-connections';
import { createPresentation } from './presentation';
import { createReading } from './reading-connections';
import { connectionMissing } from './refusals';
import { createConnectionsRepository } from './repository';
import { createSecretReader } from './settings/stored-settings';
import { createTesting } from './testing-connections';
import { createUsing } from './using-connections';

type Dependencies = Omit<ConnectionsContext, 'repository' | 'reader'>;

/** How many users of a connection are told. */
const MAX_USERS = 100;

export function createConnectionsService(dependencies: Dependencies): ConnectionsService {
  const { database, encryption, environment, providers } = dependencies;
  const repository = createConnectionsRepository(database);
  const reader = createSecretReader(encryption, environment);
  const context: ConnectionsContext = { ...dependencies, repository, reader };
  const opening = createOpening(context);
  const presentation = createPresentation(providers, environment);
  const finders: FindConnectionUsers[] = [];

  /** One after another: they may be asked within a transaction, which has one connection to the database. */
  async function usersOf(connectionId: string): Promise<ConnectionUser[]> {
    const users: ConnectionUser[] = [];
    for (const find of finders) users.push(...(await find(connectionId)));
    return users.slice(0, MAX_USERS);
  }

  return {
    ...createReading(context, presentation),
    ...createChanging(context, presentation, usersOf),
    ...createUsing(context, opening),
    ...createTesting(context, opening),
    async users(idOrAlias) {
      const connection = await repository.find(idOrAlias);
      if (!connection) throw connectionMissing();
      return usersOf(connection.id);
    },
    registerUsers: (find) => void finders.push(find),
  };
}
