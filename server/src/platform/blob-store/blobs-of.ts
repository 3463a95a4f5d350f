import type { Core } from '@strapi/types';
import type { BlobStore } from './blob-store';

/** The plugin's one `BlobStore`. */
export function blobsOf(strapi: Core.Strapi): BlobStore {
  return strapi.plugin('skills').service('blobs');
}
