import type { PluginPart } from '../../../http/plugin-part';
import { defineWebSocket } from '../../../http/web-socket';
import { skillsOf } from '../../skills';
import { terminalRoutes } from './routes';
import { terminalsOf, TerminalsService } from './terminals-service';

/** More than this nobody pastes at once; the panel sends longer texts in pieces. */
const maxMessageBytes = 256 * 1024;

const terminalSocket = defineWebSocket({
  path: '/skills/terminals/:ticket',
  maxMessageBytes,
  accept: ({ strapi, params }) => terminalsOf(strapi).redeem(params.ticket ?? ''),
});

/** Shells that people type into. Its permission stands with those of environments. */
export const terminalPart: PluginPart = {
  routes: terminalRoutes,
  webSockets: [terminalSocket],
  services: { terminals: ({ strapi }) => new TerminalsService(strapi) },

  bootstrap({ strapi }) {
    skillsOf(strapi).registerPurge((skillId) => {
      terminalsOf(strapi).closeOfSkill(skillId);
      return Promise.resolve();
    });
  },

  async destroy({ strapi }) {
    await terminalsOf(strapi).stop();
  },
};
