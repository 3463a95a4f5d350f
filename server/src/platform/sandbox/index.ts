export { createJustBash } from './just-bash/just-bash';
export { createBubblewrap, type BubblewrapSettings } from './bubblewrap/bubblewrap';
export { chooseSandbox, sandboxStrengths, type HostSandbox, type SandboxProbe } from './choose-sandbox';
export { isListedHost } from './host-proxy/listed-hosts';
export * from './sandbox';
export {
  NetworkUnavailableError,
  SandboxFullError,
  SandboxUnavailableError,
  TerminalUnavailableError,
} from './sandbox-error';
export { sandboxFolders } from './sandbox-folders';
export { createSandboxChoice, sandboxOf, type SandboxChoice } from './sandbox-of';
