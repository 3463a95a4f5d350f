import type { EnvironmentImage, TerminalTicket } from 'strapi-plugin-skills-shared/contracts';
import { sendWith, skillsApi } from '../../../http/skills-api';

const terminalApi = skillsApi.injectEndpoints({
  endpoints: (build) => ({
    askForTerminal: build.mutation<TerminalTicket, string>({
      queryFn: (skillId, api) =>
        sendWith<TerminalTicket>(
          { path: `/skills/skills/${skillId}/terminals`, method: 'POST', json: {} },
          api,
        ),
    }),
    /** The server knows a person by the request that opened the terminal, whose token lasts half an hour. */
    renewTerminal: build.mutation<undefined, string>({
      queryFn: (id, api) =>
        sendWith<undefined>({ path: `/skills/terminals/${id}/renewal`, method: 'POST', json: {} }, api),
    }),
    saveTerminalImage: build.mutation<EnvironmentImage, string>({
      queryFn: (id, api) =>
        sendWith<EnvironmentImage>({ path: `/skills/terminals/${id}/image`, method: 'POST', json: {} }, api),
    }),
  }),
});

export const { useAskForTerminalMutation, useRenewTerminalMutation, useSaveTerminalImageMutation } =
  terminalApi;
