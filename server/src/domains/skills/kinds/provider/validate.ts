import type { Finding } from 'strapi-plugin-skills-shared/contracts';
import type { SkillKind } from '../kind';
import { maxDescription, skillFileName, skillFileSchema } from './skill-file';

/**
 * Reads `skill.json`. Its shape alone is looked at: whether the connection is there and the settings fit it is asked when the skill is
 * saved, since both may change without it. Codes: `skill-file-missing`, `skill-file-invalid`, `description-too-long`,
 * `description-missing`, `file-unexpected`.
 */
export const validateProviderSkill: SkillKind['validate'] = async ({ paths, read }) => {
  const findings = paths.filter((path) => path !== skillFileName).map(unexpected);
  if (!paths.includes(skillFileName)) {
    const message = `The skill has no ${skillFileName}.`;
    return { findings: [...findings, error('skill-file-missing', message)], metadata: {} };
  }
  const parsed = skillFileSchema.safeParse(parseJson(await read(skillFileName)));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ message, path }) =>
      error('skill-file-invalid', message, path.map(String).join('.')),
    );
    return { findings: [...findings, ...faults], metadata: {} };
  }
  const { description, settings, ...binding } = parsed.data;
  return {
    findings: [...findings, ...faultsOf(description)],
    metadata: {
      description,
      provider: {
        connectionId: binding.connection,
        providerId: binding.provider,
        skillTypeId: binding.skillType,
        skillTypeName: binding.skillTypeName,
        settings,
      },
    },
  };
};

function faultsOf(description: string): Finding[] {
  if (description.length > maxDescription) {
    const message = `The description is longer than ${maxDescription} characters.`;
    return [error('description-too-long', message, 'description')];
  }
  if (description.trim() !== '') return [];
  const message = 'The skill has no description: agents choose skills by it.';
  return [{ ...error('description-missing', message, 'description'), severity: 'warning' }];
}

function error(code: string, message: string, field?: string): Finding {
  return { severity: 'error', code, message, file: skillFileName, ...(field ? { field } : {}) };
}

function unexpected(path: string): Finding {
  const message = `A provider skill is ${skillFileName} alone; this file is not looked at.`;
  return { severity: 'warning', code: 'file-unexpected', message, file: path };
}

/** Undefined for what is not JSON, which no schema accepts. */
function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}
