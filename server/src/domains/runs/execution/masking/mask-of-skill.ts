import { createSecretMask, type SecretMask } from '../../../../platform/secret-mask';
import type { OpenEnvironment } from '../../../environments';

/** What masks the secrets that a skill's environment has now: for the words of people, which come while no sandbox of theirs is at hand. */
export type MaskOfSkill = (skillId: string) => Promise<SecretMask>;

/** Rejects when the environment's secrets cannot be read. */
export function createMaskOfSkill(
  openEnvironment: (skillId: string) => Promise<Pick<OpenEnvironment, 'secrets'>>,
): MaskOfSkill {
  return async (skillId) => createSecretMask((await openEnvironment(skillId)).secrets);
}
