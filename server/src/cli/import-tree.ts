import { userInfo } from 'node:os';
import type { Core } from '@strapi/types';
import type { Actor, ImportConflictChoice, ImportResult } from 'strapi-plugin-skills-shared/contracts';
import { importsOf, serverViewer, skillsOf } from '../domains/skills';
import { sourcesAt } from './sources-at';

export interface TreeImport {
  /** Absolute: a skill's folder, an archive, or a folder of many skills. */
  path: string;
  conflict: ImportConflictChoice;
  /** Publish each skill that the import left with its content. */
  publish?: boolean;
  note?: string;
}

export type OnResult = (result: ImportResult, position: number, total: number) => void;

/** Whoever runs the command on the server may do everything there; the name is for people to read. */
function commandActor(): Actor {
  return { type: 'command', id: null, name: userInfo().username };
}

/**
 * Imports one skill or every skill of a tree, one after another, so that a tree of any size needs the memory of one bundle.
 * What is wrong with one skill is in its result and stops no other.
 */
export async function importTree(
  strapi: Core.Strapi,
  request: TreeImport,
  onResult: OnResult,
): Promise<ImportResult[]> {
  const sources = await sourcesAt(request.path);
  const results: ImportResult[] = [];
  for (const [index, { source, name }] of sources.entries()) {
    const actor = commandActor();
    const imported = await importsOf(strapi).importAll({
      source,
      sourceName: name,
      conflict: request.conflict,
      viewer: serverViewer,
      mayUpdate: true,
      owner: null,
      author: actor,
    });
    for (const result of imported) {
      if (request.publish) await publish(strapi, result, request.note ?? null, actor);
      results.push(result);
      onResult(result, index + 1, sources.length);
    }
  }
  return results;
}

/** Publishes what came in, or what had come in before and was never published. */
async function publish(
  strapi: Core.Strapi,
  { outcome, skillId }: ImportResult,
  note: string | null,
  author: Actor,
): Promise<void> {
  if (skillId === null || !['created', 'new-version', 'unchanged'].includes(outcome)) return;
  const skills = skillsOf(strapi);
  const skill = await skills.get(skillId, serverViewer);
  if (skill.status === 'published') return;
  await skills.publish(skill, { versionId: skill.current.id, note, author });
}
