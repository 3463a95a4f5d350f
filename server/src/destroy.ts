import type { Core } from '@strapi/types';
import { parts } from './parts';

/** Stops what was started, latest first: each part may still use those before it. */
export async function destroy({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  for (const part of [...parts].reverse()) await part.destroy?.({ strapi });
}
