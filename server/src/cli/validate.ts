import path from 'node:path';
import { isUsable, type Finding } from 'strapi-plugin-skills-shared/contracts';
import {
  bundleAlias,
  contentOf,
  diagnoseBundle,
  readBundles,
  type Bundle,
  type BundleSource,
} from '../domains/skills/kinds/bundle';
import { describeError } from './command-error';
import { sourcesAt } from './sources-at';
import type { Terminal } from './terminal';

/** What validation says of one bundle. `error` is why it could not even be read. */
export interface ValidationResult {
  source: string;
  alias: string | null;
  ok: boolean;
  findings: Finding[];
  error: string | null;
}

/**
 * Validates skills on disk: folders, archives, or trees of folders. Prints a line for each finding, and answers what was found; a
 * bundle is `ok` when it could be imported. Needs no Strapi app.
 */
export async function validatePaths(
  paths: readonly string[],
  terminal: Terminal,
): Promise<ValidationResult[]> {
  const results: ValidationResult[] = [];
  for (const given of paths) {
    for (const { source, name } of await sourcesAt(given)) {
      for (const result of await validateSource(source, name)) {
        results.push(result);
        for (const line of describeResult(result)) terminal.progress(line);
      }
    }
  }
  return results;
}

async function validateSource(source: BundleSource, name: string): Promise<ValidationResult[]> {
  let bundles: Bundle[];
  try {
    bundles = await readBundles(source);
  } catch (error) {
    return [{ source: name, alias: null, ok: false, findings: [], error: describeError(error) }];
  }
  return Promise.all(bundles.map((bundle) => validateBundle(bundle, name)));
}

async function validateBundle(bundle: Bundle, source: string): Promise<ValidationResult> {
  const alias = await bundleAlias(bundle, path.basename(source));
  const { diagnoses } = await diagnoseBundle(contentOf(bundle, bundle.folder ?? alias));
  const findings = diagnoses.map(({ finding }) => finding);
  return { source, alias, ok: isUsable(findings), findings, error: null };
}

function describeResult({ source, alias, ok, findings, error }: ValidationResult): string[] {
  if (error !== null) return [`${source}: ${error}`];
  const verdict = ok ? (findings.length === 0 ? 'valid' : 'valid, with warnings') : 'cannot be imported';
  return [`${alias ?? source}: ${verdict}`, ...findings.map((finding) => `  ${describeFinding(finding)}`)];
}

function describeFinding({ severity, code, message, file, line, column }: Finding): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return `${severity} ${place}: ${message} (${code})`;
}
