import type {
  HostedBundle,
  HostedSkillReference,
  HostedSkillsFeature,
} from 'strapi-plugin-skills-shared/provider';
import { ask, asProviderError, askFor, type MemoryContext } from './requests';
import type { MemorySettings } from './settings';
import { hostedSchema } from './wire';

async function* uploadLines({ name, description, files }: HostedBundle): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${JSON.stringify({ name, description })}\n`);
  for (const { path, size, open } of files) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await open()) chunks.push(chunk);
    const base64 = Buffer.concat(chunks).toString('base64');
    yield Buffer.from(`${JSON.stringify({ path, size, base64 })}\n`);
  }
}

async function upload(
  context: MemoryContext,
  path: string,
  bundle: HostedBundle,
): Promise<HostedSkillReference> {
  // A file that cannot be read fails the request's body; its own error says more than what `fetch` makes of it.
  let unreadable: { error: unknown } | undefined;
  async function* body() {
    try {
      yield* uploadLines(bundle);
    } catch (error) {
      unreadable = { error };
      throw error;
    }
  }
  const init: RequestInit = { method: 'POST', body: ReadableStream.from(body()), duplex: 'half' };
  try {
    const { id, version } = await askFor(context, hostedSchema, path, init);
    return { hostedId: id, hostedVersion: version };
  } catch (error) {
    throw unreadable ? unreadable.error : error;
  }
}

const addressOf = ({ hostedId, hostedVersion }: HostedSkillReference) =>
  `/skills/${encodeURIComponent(hostedId)}/versions/${encodeURIComponent(hostedVersion)}`;

export const hostedSkills: HostedSkillsFeature<MemorySettings> = {
  publish: (context, bundle) => upload(context, '/skills', bundle),
  republish: (context, hostedId, bundle) =>
    upload(context, `/skills/${encodeURIComponent(hostedId)}/versions`, bundle),
  async exists(context, reference) {
    const answer = await forgiving(context, reference, 'GET');
    return answer !== 'gone';
  },
  async withdraw(context, reference) {
    await forgiving(context, reference, 'DELETE');
  },
};

async function forgiving(context: MemoryContext, reference: HostedSkillReference, method: string) {
  try {
    const response = await ask(context, addressOf(reference), { method });
    await response.body?.cancel();
    return 'there';
  } catch (error) {
    const known = asProviderError(error, context.signal);
    if (known.status === 404) return 'gone';
    throw known;
  }
}
