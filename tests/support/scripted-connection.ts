import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import type {
  ChatEvent,
  ChatRequest,
  JsonObject,
  ModelPrice,
  Provider,
} from 'strapi-plugin-skills-shared/provider';
import { defineProvider, specificationVersion } from 'strapi-plugin-skills-shared/provider';
import { z } from 'zod';
import type { ConnectionsService } from '../../server/src/domains/connections';
import { readSettingsForm } from '../../server/src/domains/providers';
import { wrapProvider } from '../../server/src/domains/providers/wrapping/loaded-provider';

/** What a model answers; `turn` counts the requests, from 0. */
export type AnswerScript = (
  request: ChatRequest,
  signal: AbortSignal,
  turn: number,
) => AsyncIterable<ChatEvent> | Iterable<ChatEvent>;

export interface ScriptedConnection {
  connections: Pick<ConnectionsService, 'get' | 'open'>;
  requests: ChatRequest[];
  /** How often it was opened. */
  opened: () => number;
}

export interface ScriptedOptions {
  prices?: readonly ModelPrice[];
  defaultModel?: string;
  secret?: string;
}

const settingsSchema = z.object({ apiKey: z.string().meta({ secret: true }) });
const skillSettings = z.object({ size: z.enum(['small', 'large']).default('small') });

/** A connection `connection-1` whose adapter is a script, wrapped as an installed one is. */
export function scriptedConnection(script: AnswerScript, options: ScriptedOptions = {}): ScriptedConnection {
  const { prices = [], defaultModel, secret = 'sk-scripted-secret' } = options;
  const requests: ChatRequest[] = [];
  let opened = 0;
  const provider = defineProvider({
    specificationVersion,
    id: 'scripted',
    displayName: 'Scripted',
    settingsSchema,
    capabilities: {
      chat: {
        create: (_settings, { signal }) => ({
          listModels: () => Promise.resolve([]),
          async *stream(request) {
            requests.push(request);
            yield* script(request, signal, requests.length - 1);
          },
        }),
        defaultModel: () => defaultModel,
        prices,
        features: {
          skills: {
            listSkillTypes: () => Promise.resolve([]),
            settingsSchema: (_context, id) =>
              id === 'search' ? (skillSettings as unknown as z.ZodType<JsonObject>) : undefined,
            toTool: () => ({ dialect: 'scripted', tools: [] }),
          },
        },
      },
    },
    testConnection: () => Promise.resolve({ message: 'There.' }),
  });
  const loaded = wrapProvider({
    package: 'scripted',
    // Adapters cross as plain data, whose settings' type nobody but them knows.
    provider: provider as Provider,
    settings: readSettingsForm(provider.settingsSchema),
    icon: null,
  });
  const silent = () => undefined;
  return {
    connections: {
      get: (id) => Promise.resolve({ id, name: 'Over there' } as Connection),
      open(id, { signal }) {
        opened += 1;
        const log = { debug: silent, info: silent, warn: silent, error: silent };
        const connected = loaded.connect({ apiKey: secret }, { signal, fetch, log });
        return Promise.resolve({ ...connected, id, alias: 'there', name: 'Over there' });
      },
    },
    requests,
    opened: () => opened,
  };
}
