import type { HostedSkillReference } from '../capabilities/chat';
import type { ConnectionContext } from '../context';

/** A bundle's version on its way to a vendor. */
export interface HostedBundle {
  /** The frontmatter's `name`, which is also the folder that the files lie in. */
  name: string;
  description: string;
  /** Paths are relative to the folder, with `/`. Each is opened once. */
  files: readonly { path: string; size: number; open(): Promise<AsyncIterable<Uint8Array>> }[];
}

/** Feature `hosted-skills` of the capability `chat`: bundles that live at the vendor and run in its container. */
export interface HostedSkillsFeature<Settings = unknown> {
  /** Uploads a first version. Rejects with a `ProviderError`; nothing is left at the vendor then, as far as that can be had. */
  publish(context: ConnectionContext<Settings>, bundle: HostedBundle): Promise<HostedSkillReference>;
  /** Uploads another version of a skill that lives there. */
  republish(
    context: ConnectionContext<Settings>,
    hostedId: string,
    bundle: HostedBundle,
  ): Promise<HostedSkillReference>;
  /** Whether the version still lives there: somebody may have removed it at the vendor. */
  exists(context: ConnectionContext<Settings>, reference: HostedSkillReference): Promise<boolean>;
  /** Removes one version, and the skill with its last. One that is gone already is no error. */
  withdraw(context: ConnectionContext<Settings>, reference: HostedSkillReference): Promise<void>;
}
