import type { Core } from '@strapi/types';
import { blobsOf } from '../../../../platform/blob-store';
import { versionsOf } from '../../../versions';
import { changesOf } from '../../changes/changes-of';
import { runsOf } from '../../runs-of';
import { createRunExporter, type ExportRun } from './export-run';

/** The service behind `runExporterOf`. */
export function createRunExport(strapi: Core.Strapi): { exportRun: ExportRun } {
  const versions = versionsOf(strapi);
  const exportRun = createRunExporter({
    runs: runsOf(strapi),
    changes: changesOf(strapi),
    blobs: blobsOf(strapi),
    filesOfVersion: async (id) => versions.files(await versions.get(id)),
  });
  return { exportRun };
}

/** The plugin's one exporter: exports take turns. */
export function runExporterOf(strapi: Core.Strapi): ExportRun {
  return strapi.plugin('skills').service('run-export').exportRun;
}
