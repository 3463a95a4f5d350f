import { connectionsPart } from './domains/connections';
import { providersPart } from './domains/providers';
import { runsPart } from './domains/runs';
import { skillsPart } from './domains/skills';
import { versionsPart } from './domains/versions';
import type { PluginPart } from './http/plugin-part';
import { platformPart } from './platform-part';

const domains: readonly PluginPart[] = [providersPart, versionsPart, connectionsPart, skillsPart, runsPart];

/** The plugin's parts, each before those that build on it. */
export const parts: readonly PluginPart[] = [
  platformPart(domains.flatMap((domain) => domain.blobReferences ?? [])),
  ...domains,
];
