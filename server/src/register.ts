import type { Core } from '@strapi/types';
import { parts } from './parts';

export async function register({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  for (const part of parts) await part.register?.({ strapi });
}
