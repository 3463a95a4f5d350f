import { connectionsPart } from './domains/connections';
import { environmentsPart, terminalPart } from './domains/environments';
import { providersPart } from './domains/providers';
import { runsPart } from './domains/runs';
import { skillsPart } from './domains/skills';
import { threadsPart } from './domains/threads';
import { versionsPart } from './domains/versions';
import type { PluginPart } from './http/plugin-part';
import { platformPart } from './platform-part';

const domains: readonly PluginPart[] = [
  providersPart,
  versionsPart,
  connectionsPart,
  skillsPart,
  environmentsPart,
  terminalPart,
  threadsPart,
  runsPart,
];

/** The plugin's parts, each before those that build on it. */
export const parts: readonly PluginPart[] = [
  platformPart(domains.flatMap((domain) => domain.blobReferences ?? [])),
  ...domains,
];
