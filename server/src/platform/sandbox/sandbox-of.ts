import type { Core } from '@strapi/types';
import type { HostSandbox } from './choose-sandbox';

/** The host's sandbox, which is chosen when it is first asked for: a command that runs nothing need not try any. */
export interface SandboxChoice {
  /** Chooses at the first call; all others get the same. */
  choose(): Promise<HostSandbox>;
  /** Closes what was chosen, if anything was. */
  close(): Promise<void>;
}

export function createSandboxChoice(choose: () => Promise<HostSandbox>): SandboxChoice {
  let chosen: Promise<HostSandbox> | undefined;
  return {
    choose: () => (chosen ??= choose()),
    async close() {
      if (chosen) await (await chosen).close();
    },
  };
}

/** The plugin's one choice. */
export function sandboxOf(strapi: Core.Strapi): SandboxChoice {
  return strapi.plugin('skills').service('sandbox');
}
