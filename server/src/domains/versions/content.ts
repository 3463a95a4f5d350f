import type { Finding, SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import type { Manifest } from './manifests/manifest';

/** All that a version says about its content: what an edit of a draft replaces. */
export interface DescribedContent {
  manifest: Manifest;
  findings: Finding[];
  metadata: SkillMetadata;
}
