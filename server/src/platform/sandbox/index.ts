export { createJustBash } from './just-bash/just-bash';
export { createBubblewrap, type BubblewrapSettings } from './bubblewrap/bubblewrap';
export { chooseSandbox, sandboxStrengths, type HostSandbox, type SandboxProbe } from './choose-sandbox';
export * from './sandbox';
export { NetworkUnavailableError, SandboxUnavailableError, TerminalUnavailableError } from './sandbox-error';
export { sandboxFolders } from './sandbox-folders';
export { createSandboxChoice, sandboxOf, type SandboxChoice } from './sandbox-of';
