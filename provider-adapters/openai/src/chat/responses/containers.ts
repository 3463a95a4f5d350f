import type { ResponseOutputItem } from 'openai/resources/responses/responses';
import { providerErrorData, type ChatEvent } from 'strapi-plugin-skills-shared/provider';
import { forRequest } from '../../connection/for-request';
import { providerFailure } from '../../connection/provider-failure';
import { plainJson } from '../plain-json';
import { containerFile, type FileSource } from './made-files';

/** The container that an item ran in. */
export function containerOf(item: ResponseOutputItem): string | undefined {
  if (item.type === 'code_interpreter_call') return item.container_id;
  if (item.type !== 'shell_call' || item.environment?.type !== 'container_reference') return undefined;
  return item.environment.container_id;
}

/**
 * What the model made in containers and did not name in its answer: models often forget to. `told` gains the ids. A container that
 * cannot be listed takes nothing from the answer: a provider-event says so.
 */
export async function* untoldFiles(
  containers: Iterable<string>,
  told: Set<string>,
  source: FileSource,
): AsyncGenerator<ChatEvent, void, void> {
  for (const containerId of containers) {
    try {
      const files = source.client.containers.files.list(containerId, {}, forRequest(source.signal));
      for await (const file of files) {
        if (file.source === 'user' || told.has(file.id)) continue;
        told.add(file.id);
        yield containerFile(source, { containerId, fileId: file.id, name: file.path });
      }
    } catch (error) {
      const failure = providerFailure(error, source);
      if (failure.code === 'cancelled') throw failure;
      yield {
        type: 'provider-event',
        name: 'container-files-missing',
        data: plainJson({ container: containerId, error: providerErrorData(failure) }),
      };
    }
  }
}
