import {
  isUsable,
  type Actor,
  type Finding,
  type ImportConflictChoice,
  type ImportResult,
  type SkillVisibility,
} from 'strapi-plugin-skills-shared/contracts';
import { errorResponse } from '../../http/error-response';
import type { ContentLimits, VersionsService } from '../versions';
import { bundleAlias, contentOf, readBundles, type Bundle, type BundleSource } from './kinds/bundle';
import type { SkillRecord } from './skill-record';
import type { SkillViewer } from './skill-viewer';
import type { SkillsService } from './skills-service';

export interface ImportRequest {
  source: BundleSource;
  /** What was imported, as its sender named it. */
  sourceName: string;
  conflict: ImportConflictChoice;
  viewer: SkillViewer;
  /** Whether the importer may add versions to skills that exist; else `new-version` is refused. */
  mayUpdate: boolean;
  owner: Actor | null;
  author: Actor;
  visibility?: SkillVisibility;
}

/** Imports bundles, each by itself: what becomes of one says nothing of the others. */
export interface SkillImports {
  /** Never rejects for what is wrong with a bundle: its result says so. */
  importAll(request: ImportRequest): Promise<ImportResult[]>;
  importBundle(bundle: Bundle, request: BundleRequest): Promise<ImportResult>;
}

type BundleRequest = Omit<ImportRequest, 'source'>;

interface ImportContext {
  skills: SkillsService;
  versions: Pick<VersionsService, 'digestOf'>;
  limits: ContentLimits;
}

const KIND = 'bundle';

export function createSkillImports(context: ImportContext): SkillImports {
  const importOne = (bundle: Bundle, request: BundleRequest) => importBundle(context, bundle, request);
  return {
    importBundle: importOne,

    async importAll({ source, ...request }) {
      try {
        const results: ImportResult[] = [];
        for (const bundle of await readBundles(source, context.limits)) {
          results.push(await importOne(bundle, request));
        }
        return results;
      } catch (error) {
        return [refused(request.sourceName, error)];
      }
    },
  };
}

async function importBundle(
  { skills, versions }: ImportContext,
  bundle: Bundle,
  request: BundleRequest,
): Promise<ImportResult> {
  const alias = await bundleAlias(bundle, request.sourceName.replace(/(\.tar)?\.[a-z]+$/i, ''));
  const { findings, metadata } = await describeBundle(skills, bundle, alias);
  const source = sourceOf(request.sourceName, bundle);
  const base = { source, alias, skillId: null, versionNumber: null, findings, error: null };
  if (!isUsable(findings)) return { ...base, alias: null, outcome: 'refused', error: firstError(findings) };

  const existing = await findExisting(skills, alias, request.viewer);
  if (existing && versions.digestOf(bundle.files) === existing.current.digest) {
    return { ...base, ...referTo(existing), outcome: 'unchanged' };
  }
  if (existing && request.conflict !== 'new-skill') {
    return onConflict(skills, existing, bundle, request, { ...base, ...referTo(existing) });
  }
  const { skill, version } = await skills.createFrom({
    alias,
    name: metadata.name ?? alias,
    kind: KIND,
    visibility: request.visibility ?? 'org',
    owner: request.owner,
    author: request.author,
    files: bundle.files,
  });
  return { ...base, ...referTo(skill), findings: version.findings, outcome: 'created' };
}

/** The skill that the alias names, unless it is hidden from the importer, who then gets a numbered alias. */
async function findExisting(
  skills: SkillsService,
  alias: string,
  viewer: SkillViewer,
): Promise<SkillRecord | undefined> {
  const skill = await skills.find(alias, viewer);
  return skill?.alias.toLowerCase() === alias ? skill : undefined;
}

async function onConflict(
  skills: SkillsService,
  existing: SkillRecord,
  bundle: Bundle,
  { conflict, mayUpdate, author }: BundleRequest,
  base: Omit<ImportResult, 'outcome'>,
): Promise<ImportResult> {
  if (conflict === 'skip') return { ...base, outcome: 'skipped' };
  if (conflict !== 'new-version') return { ...base, outcome: 'conflict' };
  if (existing.kind !== KIND) {
    const message = `${existing.alias} is no bundle, so a bundle cannot be a version of it.`;
    return { ...base, outcome: 'refused', error: { code: 'kind-mismatch', message } };
  }
  if (!mayUpdate) {
    const message = `You may not add versions to ${existing.alias}.`;
    return { ...base, outcome: 'refused', error: { code: 'update-forbidden', message } };
  }
  const { number, findings } = await skills.addVersion(existing, { files: bundle.files, author });
  return { ...base, versionNumber: number, findings, outcome: 'new-version' };
}

/** What validation says of a bundle that lies in a folder of this name. */
export function describeBundle(skills: Pick<SkillsService, 'describe'>, bundle: Bundle, folder: string) {
  const describe = skills.describe(KIND, folder);
  return describe(contentOf(bundle, folder));
}

/** The first error among the findings, as an import tells it. */
export function firstError(findings: readonly Finding[]): NonNullable<ImportResult['error']> {
  const finding = findings.find(({ severity }) => severity === 'error');
  return {
    code: finding?.code ?? 'version-invalid',
    message: finding?.message ?? 'The bundle has errors.',
    ...(finding?.file === undefined ? {} : { path: finding.file }),
  };
}

function referTo(skill: SkillRecord): Pick<ImportResult, 'alias' | 'skillId' | 'versionNumber'> {
  return { alias: skill.alias, skillId: skill.id, versionNumber: skill.current.number };
}

function sourceOf(sourceName: string, { folder }: Bundle): string {
  return folder === null || sourceName === folder || sourceName.endsWith(`/${folder}`)
    ? sourceName
    : `${sourceName}/${folder}`;
}

/** A refusal of the whole source. What is no refusal is a bug, and is told as one. */
function refused(source: string, error: unknown): ImportResult {
  const { body, unexpected } = errorResponse(error);
  if (unexpected) throw error;
  const { code, path } = body.error.details;
  return {
    source,
    outcome: 'refused',
    alias: null,
    skillId: null,
    versionNumber: null,
    findings: [],
    error: {
      code,
      message: body.error.message,
      ...(path === undefined ? {} : { path: path.join('/') }),
    },
  };
}
