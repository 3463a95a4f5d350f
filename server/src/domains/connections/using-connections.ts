import type { ChatModel } from 'strapi-plugin-skills-shared/provider';
import { findPrice } from '../providers';
import type { ConnectionsContext } from './connections-context';
import type { ConnectionsService } from './connections-service';
import type { Opening } from './open-connections';
import { withinLimit } from './within-limit';

type Using = Pick<ConnectionsService, 'open' | 'models'>;

/** Speaking to vendors over connections. */
export function createUsing({ askTimeoutMs, prices }: ConnectionsContext, opening: Opening): Using {
  return {
    open: async (idOrAlias, options) => opening.open(await opening.get(idOrAlias), options),

    async models(idOrAlias) {
      const connection = await opening.get(idOrAlias);
      const limit = { limitMs: askTimeoutMs, whom: connection.name };
      const { provider, models } = await withinLimit(limit, async (signal) => {
        const open = await opening.open(connection, { signal, evenInactive: true });
        return { provider: open.provider, models: await open.chat().listModels() };
      });
      return models.map((model: ChatModel) => {
        const price = findPrice({ configured: prices, provider }, model.id);
        return {
          id: model.id,
          name: model.name ?? null,
          contextTokens: model.contextTokens ?? null,
          price: price ? { input: price.input, output: price.output } : null,
        };
      });
    },
  };
}
