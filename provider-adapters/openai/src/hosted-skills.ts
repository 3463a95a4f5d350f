import { toStreamingFile, type OpenAI } from 'openai';
import {
  ProviderError,
  type ConnectionContext,
  type HostedBundle,
  type HostedSkillReference,
  type HostedSkillsFeature,
} from 'strapi-plugin-skills-shared/provider';
import { mimeOf } from './chat/file-types';
import { openClient } from './connection/open-client';
import { providerFailure } from './connection/provider-failure';
import { hasOpenAITools, serverName, type Settings } from './connection/settings';
import { noToolsThere } from './skills/skill-types';

type Context = ConnectionContext<Settings>;

/** Bundles at OpenAI's Skills API. Uploads are streamed: no file is held in memory as a whole. */
export const hostedSkills: HostedSkillsFeature<Settings> = {
  publish: (context, bundle) =>
    ask(context, async (client, options) => {
      const skill = await client.skills.create({ files: uploads(bundle) }, options);
      return reference(skill.id, skill.latest_version, context);
    }),
  republish: (context, hostedId, bundle) =>
    ask(context, async (client, options) => {
      const body = { files: uploads(bundle), default: true };
      const version = await client.skills.versions.create(hostedId, body, options);
      return reference(hostedId, version.version, context);
    }),
  exists: (context, { hostedId, hostedVersion }) =>
    ask(context, (client, options) =>
      unlessGone(
        client.skills.versions
          .retrieve(hostedVersion, { skill_id: hostedId }, options)
          .then(({ version }) => version === hostedVersion),
        false,
      ),
    ),
  withdraw: (context, hosted) => ask(context, (client, options) => withdraw(client, hosted, options)),
};

type Options = { signal: AbortSignal };

async function ask<Result>(
  context: Context,
  question: (client: OpenAI, options: Options) => Promise<Result>,
): Promise<Result> {
  if (!hasOpenAITools(context.settings)) throw noToolsThere(context.settings, ['hosted skills']);
  try {
    return await question(openClient(context.settings, context), { signal: context.signal });
  } catch (error) {
    throw providerFailure(error, context);
  }
}

/** Every file's name begins with the bundle's folder: OpenAI wants one folder at the top, with SKILL.md in it. */
function uploads({ name, files }: HostedBundle) {
  return files.map((file) =>
    toStreamingFile(readFile(file), `${name}/${file.path}`, { type: mimeOf(file.path) }),
  );
}

async function* readFile(file: HostedBundle['files'][number]): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* await file.open();
  } catch (error) {
    // Without this it would look as if the vendor could not be reached.
    throw new ProviderError(
      { code: 'invalid-request', message: `The file ${file.path} could not be read for the upload.` },
      { cause: error },
    );
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
  options: Options,
): Promise<void> {
  const versions = await unlessGone(versionsOf(client, hostedId, options), undefined);
  if (!versions) return;
  const others = versions.filter((version) => version !== hostedVersion);
  const newest = others[0];
  if (newest === undefined) {
    await unlessGone(client.skills.delete(hostedId, options), undefined);
    return;
  }
  if (others.length === versions.length) return;
  // The default version cannot be removed: another takes its place first.
  const skill = await client.skills.retrieve(hostedId, options);
  if (skill.default_version === hostedVersion)
    await client.skills.update(hostedId, { default_version: newest }, options);
  await unlessGone(client.skills.versions.delete(hostedVersion, { skill_id: hostedId }, options), undefined);
}

/** The versions that there are, the newest first. */
async function versionsOf(client: OpenAI, hostedId: string, options: Options): Promise<string[]> {
  const versions: string[] = [];
  const pages = client.skills.versions.list(hostedId, { order: 'desc', limit: 100 }, options);
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
