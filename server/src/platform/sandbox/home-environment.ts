import { sandboxFolders } from './sandbox-folders';

const local = `${sandboxFolders.home}/.local`;

/** Where programs lie that were installed in `$HOME`. */
export const homePrograms = `${local}/bin`;

/**
 * What makes installers put things into `$HOME`, which a skill's image is made of, and their caches elsewhere. `PIP_USER` is not among
 * it: pip does so by itself where it may not write to the system's packages, and that variable would forbid virtual environments.
 */
export const homeEnvironment = {
  HOME: sandboxFolders.home,
  PYTHONUSERBASE: local,
  PIP_BREAK_SYSTEM_PACKAGES: '1',
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  PIP_CACHE_DIR: '/tmp/.cache/pip',
  npm_config_prefix: local,
  npm_config_cache: '/tmp/.cache/npm',
  npm_config_update_notifier: 'false',
  NODE_PATH: `${local}/lib/node_modules`,
  XDG_CACHE_HOME: '/tmp/.cache',
} as const;
