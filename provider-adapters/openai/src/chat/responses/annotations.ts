import type { ResponseOutputText } from 'openai/resources/responses/responses';
import type { ChatEvent } from 'strapi-plugin-skills-shared/provider';
import { containerFile, storedFile, type FileSource } from './made-files';

export type Annotation = ResponseOutputText['annotations'][number];

/** What says whether an annotation was told: it comes by itself, and again with the whole text. */
export function annotationKey(annotation: Annotation, itemId: string): string {
  return JSON.stringify([
    itemId,
    ...Object.entries(annotation)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flat(),
  ]);
}

/** A source as a citation, a file that was made as a file; undefined for a kind that is not known. */
export function annotationEvent(
  annotation: Annotation,
  told: Set<string>,
  source: FileSource,
): ChatEvent | undefined {
  switch (annotation.type) {
    case 'url_citation':
      return {
        type: 'citation',
        citation: { url: annotation.url, ...(annotation.title ? { title: annotation.title } : {}) },
      };
    case 'file_citation':
      return { type: 'citation', citation: { title: annotation.filename } };
    case 'container_file_citation': {
      if (told.has(annotation.file_id)) return undefined;
      told.add(annotation.file_id);
      const { container_id: containerId, file_id: fileId, filename } = annotation;
      return containerFile(source, { containerId, fileId, name: filename });
    }
    case 'file_path': {
      if (told.has(annotation.file_id)) return undefined;
      told.add(annotation.file_id);
      return storedFile(source, annotation.file_id);
    }
    default:
      return undefined;
  }
}
