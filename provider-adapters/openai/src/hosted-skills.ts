import { toStreamingFile, type OpenAI, type Uploadable } from 'openai';
import {
  ProviderError,
  type ConnectionContext,
  type HostedBundle,
  type HostedSkillReference,
  type HostedSkillsFeature,
} from 'strapi-plugin-skills-shared/provider';
import { mimeOf } from './chat/file-types';
import { forRequest } from './connection/for-request';
import { openClient } from './connection/open-client';
import { providerFailure } from './connection/provider-failure';
import { hasOpenAITools, serverName, type Settings } from './connection/settings';
import { noToolsThere } from './skills/skill-types';

type Context = ConnectionContext<Settings>;

/** Bundles at OpenAI's Skills API. Uploads are streamed: no file is held in memory as a whole. */
export const hostedSkills: HostedSkillsFeature<Settings> = {
  publish: (context, bundle) =>
    ask(context, async (client, signal) => {
      const skill = await send(bundle, (files) => client.skills.create({ files }, forRequest(signal)));
      return reference(skill.id, skill.latest_version, context);
    }),
  republish: (context, hostedId, bundle) =>
    ask(context, async (client, signal) => {
      const version = await send(bundle, (files) =>
        client.skills.versions.create(hostedId, { files, default: true }, forRequest(signal)),
      );
      return reference(hostedId, version.version, context);
    }),
  exists: (context, { hostedId, hostedVersion }) =>
    ask(context, (client, signal) =>
      unlessGone(
        client.skills.versions
          .retrieve(hostedVersion, { skill_id: hostedId }, forRequest(signal))
          .then(({ version }) => version === hostedVersion),
        false,
      ),
    ),
  withdraw: (context, hosted) => ask(context, (client, signal) => withdraw(client, hosted, signal)),
};

async function ask<Result>(
  context: Context,
  question: (client: OpenAI, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (!hasOpenAITools(context.settings)) throw noToolsThere(context.settings, ['hosted skills']);
  try {
    return await question(openClient(context.settings, context), context.signal);
  } catch (error) {
    throw providerFailure(error, context);
  }
}

/**
 * Sends a bundle's files. Every name begins with the bundle's folder: OpenAI wants one folder at the top, with SKILL.md in it. A file
 * that cannot be read is told as that: to whoever only sees the request break off, it looks as if the vendor were out of reach.
 */
async function send<Result>(
  { name, files }: HostedBundle,
  request: (uploads: Uploadable[]) => PromiseLike<Result>,
): Promise<Result> {
  const unread: { failure?: ProviderError } = {};
  async function* read(file: HostedBundle['files'][number]): AsyncGenerator<Uint8Array, void, void> {
    try {
      yield* await file.open();
    } catch (error) {
      const message = `The file ${file.path} could not be read for the upload.`;
      unread.failure = new ProviderError({ code: 'invalid-request', message }, { cause: error });
      throw unread.failure;
    }
  }
  const uploads = files.map((file) =>
    toStreamingFile(read(file), `${name}/${file.path}`, { type: mimeOf(file.path) }),
  );
  try {
    return await request(uploads);
  } catch (error) {
    throw unread.failure ?? error;
  }
}

function reference(hostedId: unknown, hostedVersion: unknown, { settings }: Context): HostedSkillReference {
  if (typeof hostedId === 'string' && typeof hostedVersion === 'string') return { hostedId, hostedVersion };
  throw new ProviderError({
    code: 'protocol',
    message: `${serverName(settings)} took the skill, but did not say what it is called there.`,
  });
}

async function withdraw(
  client: OpenAI,
  { hostedId, hostedVersion }: HostedSkillReference,
  signal: AbortSignal,
): Promise<void> {
  const versions = await unlessGone(versionsOf(client, hostedId, signal), undefined);
  if (!versions) return;
  const others = versions.filter((version) => version !== hostedVersion);
  const newest = others[0];
  if (newest === undefined) {
    await unlessGone(client.skills.delete(hostedId, forRequest(signal)), undefined);
    return;
  }
  if (others.length === versions.length) return;
  // The default version cannot be removed: another takes its place first.
  const skill = await client.skills.retrieve(hostedId, forRequest(signal));
  if (skill.default_version === hostedVersion)
    await client.skills.update(hostedId, { default_version: newest }, forRequest(signal));
  await unlessGone(
    client.skills.versions.delete(hostedVersion, { skill_id: hostedId }, forRequest(signal)),
    undefined,
  );
}

/** The versions that there are, the newest first. */
async function versionsOf(client: OpenAI, hostedId: string, signal: AbortSignal): Promise<string[]> {
  const versions: string[] = [];
  const pages = client.skills.versions.list(hostedId, { order: 'desc', limit: 100 }, forRequest(signal));
  for await (const { version } of pages) versions.push(version);
  return versions;
}

async function unlessGone<Found, Gone>(request: PromiseLike<Found>, gone: Gone): Promise<Found | Gone> {
  try {
    return await request;
  } catch (error) {
    if ((error as { status?: unknown }).status === 404) return gone;
    throw error;
  }
}
