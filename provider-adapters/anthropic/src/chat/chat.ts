import {
  providerErrorData,
  type ChatCapability,
  type ChatClient,
  type ChatEvent,
} from 'strapi-plugin-skills-shared/provider';
import { openClient } from '../connection/open-client';
import { providerFailure } from '../connection/provider-failure';
import { defaultModelOf, type Settings } from '../connection/settings';
import { hostedSkills } from '../hosted-skills/hosted-skills';
import { listModels } from '../models';
import { prices } from '../prices';
import { skills } from '../skills/skill-types';
import { toRequest } from './request';
import { streamAnswer } from './stream-answer';
import { createShowFile } from './user-files';

/** Claude over the Messages API. */
export const chat: ChatCapability<Settings> = {
  create(settings, { fetch, signal }): ChatClient {
    const client = openClient(settings, { fetch });
    const context = { settings, signal };
    const showFile = createShowFile(client, context);

    async function* stream(request: Parameters<ChatClient['stream']>[0]): AsyncGenerator<ChatEvent> {
      try {
        signal.throwIfAborted();
        yield* streamAnswer(client, context, await toRequest(request, settings, showFile));
      } catch (error) {
        yield { type: 'error', error: providerErrorData(providerFailure(error, context)) };
      }
    }

    return { listModels: () => listModels(client, context), stream };
  },
  defaultModel: defaultModelOf,
  prices,
  features: { skills, 'hosted-skills': hostedSkills },
};
