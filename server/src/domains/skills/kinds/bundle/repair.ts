import type { FileChange } from '../../../versions';
import type { ContentToValidate, RepairSelection } from '../kind';
import { encodeLossless } from './frontmatter/lossless-text';
import { openDocument } from './frontmatter/skill-document';
import type { Diagnosis } from './validation/diagnosis';
import { diagnoseBundle } from './validation/validate-bundle';

/** More repairs than any frontmatter needs; a repair that brought its finding back would else never end. */
const maxSteps = 200;

/**
 * The changes to a bundle's files that mend the selected findings, those without a repair excepted. Each repair sees what the one
 * before left, so that after the changes validation gives none of the repaired findings.
 */
export async function repairBundle(
  content: ContentToValidate,
  selection: RepairSelection,
): Promise<FileChange[]> {
  const skill = await openSkill(content);
  const vain = new Set<string>();
  for (let step = 0; skill && step < maxSteps; step += 1) {
    const { diagnoses } = await diagnoseBundle(skill.content());
    const next = diagnoses.find(
      (each) => each.repair && !vain.has(keyOf(each)) && isSelected(each, selection),
    );
    if (!next) break;
    if (!skill.apply(next)) vain.add(keyOf(next));
  }
  return skill?.changes() ?? [];
}

function isSelected({ finding }: Diagnosis, selection: RepairSelection): boolean {
  if (selection === 'all') return true;
  return selection.some(
    ({ code, field }) => code === finding.code && (field === undefined || field === finding.field),
  );
}

function keyOf({ finding: { code, field, line } }: Diagnosis): string {
  return JSON.stringify([code, field, line]);
}

/** The `SKILL.md` while it is being repaired; undefined when the bundle has none. */
async function openSkill(content: ContentToValidate) {
  const { file } = await diagnoseBundle(content);
  if (file === undefined) return undefined;
  const before = await content.read(file);
  let path = file;
  let bytes = before;
  return {
    content: (): ContentToValidate => ({
      folder: content.folder,
      paths: content.paths.map((each) => (each === file ? path : each)),
      read: (each) => (each === path ? Promise.resolve(bytes) : content.read(each)),
    }),
    /** False when the repair changed nothing. */
    apply({ repair }: Diagnosis): boolean {
      const [oldPath, oldBytes] = [path, bytes];
      path = repair?.renameTo ?? path;
      if (repair?.change) bytes = encodeLossless(repair.change(openDocument(bytes).text));
      return path !== oldPath || !bytes.equals(oldBytes);
    },
    changes(): FileChange[] {
      const renamed: FileChange[] = path === file ? [] : [{ type: 'rename', from: file, to: path }];
      return bytes.equals(before) ? renamed : [...renamed, { type: 'put', path, content: bytes }];
    },
  };
}
