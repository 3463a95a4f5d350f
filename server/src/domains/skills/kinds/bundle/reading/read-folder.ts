import { constants, type Dirent } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import nodePath from 'node:path';
import { checkPath, createTally } from '../../../../versions';
import type { ContentLimits, Tally } from '../../../../versions';
import { isSkillFile, type BundleFile, type FileTree } from '../bundle';
import { decodeName } from '../archive/entry-name';
import { quoteName, refusal, refuseProblem } from '../refusal';
import { isJunk } from './junk';

interface Walk {
  root: string;
  limits: ContentLimits;
  tally: Tally;
  files: BundleFile[];
}

/** All files under a folder on disk, in the order of their names. Links and devices are refused, never followed. */
export async function readFolder(root: string, limits: ContentLimits): Promise<FileTree> {
  const walk: Walk = { root, limits, tally: createTally(limits), files: [] };
  await readInto(walk, '');
  return walk.files;
}

async function readInto(walk: Walk, folder: string): Promise<void> {
  for (const child of await children(nodePath.join(walk.root, folder))) {
    const path = folder === '' ? child.name : `${folder}/${child.name}`;
    if (isJunk(path)) continue;
    refuseProblem(checkPath(path, walk.limits));
    if (child.entry.isDirectory()) await readInto(walk, path);
    else if (child.entry.isFile()) walk.files.push(await readOne(walk, path));
    else throw notAFile(child.entry, path);
  }
}

async function children(folder: string): Promise<{ name: string; entry: Dirent<Buffer> }[]> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  const named = entries.map((entry) => ({ name: decodeName(entry.name), entry }));
  return named.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function notAFile(entry: Dirent<Buffer>, path: string): Error {
  if (entry.isSymbolicLink()) return refusal('entry-link', `The entry ${quoteName(path)} is a link.`, path);
  return refusal('entry-device', `The entry ${quoteName(path)} is a device, pipe or socket.`, path);
}

async function readOne({ root, tally }: Walk, path: string): Promise<BundleFile> {
  refuseProblem(tally.addFile(path));
  // The folder may change while it is read: what was a file a moment ago must not be followed as a link now.
  const handle = await open(
    nodePath.join(root, path),
    constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
  );
  try {
    const stat = await handle.stat();
    if (!stat.isFile())
      throw refusal('entry-device', `The entry ${quoteName(path)} is no regular file.`, path);
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of handle.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      refuseProblem(tally.addBytes(path, chunk.length, length));
      chunks.push(chunk);
    }
    return { path, content: Buffer.concat(chunks, length), executable: (stat.mode & 0o100) !== 0 };
  } finally {
    await handle.close();
  }
}

/**
 * The folders under `root` that are skills, outermost ones only, in the order of their names; `root` itself when it is one. Each is then
 * read by itself, so that a tree of any size needs the memory of one bundle. Links are not followed.
 */
export async function findSkillFolders(root: string): Promise<string[]> {
  if (!(await lstat(root)).isDirectory()) return [];
  const entries = (await readdir(root, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (entries.some((entry) => !entry.isDirectory() && isSkillFile(entry.name))) return [root];
  const found: string[] = [];
  for (const entry of entries) {
    const skip = !entry.isDirectory() || isJunk(entry.name) || entry.name === 'node_modules';
    if (!skip) found.push(...(await findSkillFolders(nodePath.join(root, entry.name))));
  }
  return found;
}
