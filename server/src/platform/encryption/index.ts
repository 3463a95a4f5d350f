import type { Core } from '@strapi/types';
import type { Encryption } from './encryption';

export { createEncryption, type Encryption, type EncryptionKeys } from './encryption';

/** The plugin's one `Encryption`. */
export function encryptionOf(strapi: Core.Strapi): Encryption {
  return strapi.plugin('skills').service('encryption');
}
