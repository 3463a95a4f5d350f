import type { Finding } from 'strapi-plugin-skills-shared/contracts';
import { positionAt } from '../frontmatter/skill-document';

/** What a machine would do about a finding. */
export interface Repair {
  /** The sentence on the button. */
  text: string;
  /** The text of the `SKILL.md`, mended. */
  change?: (text: string) => string;
  /** The name that the `SKILL.md` should have. */
  renameTo?: string;
}

/** A finding, with the repair that its sentence promises. */
export interface Diagnosis {
  finding: Finding;
  repair?: Repair;
}

export interface Remark {
  severity: Finding['severity'];
  code: string;
  message: string;
  field?: string;
  /** Offset in the text of the `SKILL.md`. */
  at?: number;
  repair?: Repair;
}

export interface Report {
  add(remark: Remark): void;
  readonly diagnoses: Diagnosis[];
}

/** Collects remarks about one file, and turns offsets into lines and columns. */
export function createReport(file: string, text: string): Report {
  const diagnoses: Diagnosis[] = [];
  return {
    diagnoses,
    add({ severity, code, message, field, at, repair }) {
      const position = at === undefined ? {} : positionAt(text, at);
      const finding: Finding = { severity, code, message, file, ...(field && { field }), ...position };
      diagnoses.push(repair ? { finding: { ...finding, repair: repair.text }, repair } : { finding });
    },
  };
}
