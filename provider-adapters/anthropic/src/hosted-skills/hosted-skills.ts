import { APIError, toFile, type Anthropic } from '@anthropic-ai/sdk';
import {
  ProviderError,
  type ConnectionContext,
  type HostedBundle,
  type HostedSkillReference,
  type HostedSkillsFeature,
} from 'strapi-plugin-skills-shared/provider';
import { openClient } from '../connection/open-client';
import { providerFailure, unreadable } from '../connection/provider-failure';
import type { Settings } from '../connection/settings';

type Context = ConnectionContext<Settings>;
type Upload = Awaited<ReturnType<typeof toFile>>;

/** Bundles at Anthropic's Skills API, where one belongs to the workspace of the key and can be seen in the Console. */
export const hostedSkills: HostedSkillsFeature<Settings> = {
  publish: (context, bundle) =>
    withClient(context, async (client) => {
      const files = await uploads(bundle);
      const skill = await client.skills.create(
        { display_name: bundle.name, files },
        { signal: context.signal },
      );
      return reference(context, skill.id, skill.latest_version_id);
    }),
  republish: (context, hostedId, bundle) =>
    withClient(context, async (client) => {
      const files = await uploads(bundle);
      const version = await client.skills.versions.create(hostedId, { files }, { signal: context.signal });
      return reference(context, hostedId, version.id);
    }),
  exists: (context, hosted) =>
    withClient(context, async (client) => {
      const { hostedId, hostedVersion } = hosted;
      const found = await unlessGone(
        client.skills.versions.retrieve(hostedVersion, { skill_id: hostedId }, { signal: context.signal }),
      );
      return found !== undefined;
    }),
  withdraw: (context, hosted) => withClient(context, (client) => remove(client, context, hosted)),
};

async function withClient<Result>(
  context: Context,
  act: (client: Anthropic) => Promise<Result>,
): Promise<Result> {
  try {
    return await act(openClient(context.settings, context));
  } catch (error) {
    throw providerFailure(error, context);
  }
}

/** All files of an upload must lie in one folder, with SKILL.md at its root: the names of the parts say so. */
async function uploads({ name, files }: HostedBundle): Promise<Upload[]> {
  const all: Upload[] = [];
  // One after another: a bundle may have hundreds of files, and its source a single connection.
  for (const { path, open } of files) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await open()) chunks.push(chunk);
    all.push(await toFile(Buffer.concat(chunks), `${name}/${path}`));
  }
  return all;
}

function reference({ settings }: Context, hostedId: unknown, hostedVersion: unknown): HostedSkillReference {
  if (typeof hostedId !== 'string' || typeof hostedVersion !== 'string' || !hostedId || !hostedVersion)
    throw new ProviderError(unreadable(settings));
  return { hostedId, hostedVersion };
}

/**
 * A skill holds at least one version: the last cannot be removed but by removing the skill, which takes all of its versions along. So
 * the others are looked for first, and the skill goes only when there is none.
 */
async function remove(client: Anthropic, context: Context, hosted: HostedSkillReference): Promise<void> {
  const { signal } = context;
  const { hostedId, hostedVersion } = hosted;
  const versions = await unlessGone(versionIds(client, hostedId, signal));
  // No skill is without versions: an empty list is some other answer that the SDK took for one.
  if (versions?.length === 0) throw new ProviderError(unreadable(context.settings));
  if (!versions?.includes(hostedVersion)) return;
  const request =
    versions.length === 1
      ? client.skills.delete(hostedId, {}, { signal })
      : client.skills.versions.delete(hostedVersion, { skill_id: hostedId }, { signal });
  await unlessGone<unknown>(request);
}

async function versionIds(client: Anthropic, hostedId: string, signal: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of client.skills.versions.list(hostedId, {}, { signal })) ids.push(id);
  return ids;
}

/** Undefined for what the vendor does not have. */
async function unlessGone<Result>(request: PromiseLike<Result>): Promise<Result | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof APIError && error.status === 404) return undefined;
    throw error;
  }
}
