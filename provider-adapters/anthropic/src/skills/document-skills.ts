import { z } from 'zod';
import { codeExecutionTool } from './code-execution';
import type { SkillTypeDefinition } from './skill-type';

const settings = z.object({
  version: z
    .string()
    .trim()
    .regex(/^(latest|[\w.-]{1,64})?$/, 'Enter “latest”, or a version such as 20251013.')
    .optional()
    .meta({
      title: 'Version',
      description: 'Of Anthropic’s skill; the latest when it is left empty.',
      placeholder: 'latest',
    }),
});

const documentSkill = (
  skillTypeId: string,
  name: string,
  description: string,
): SkillTypeDefinition<typeof settings> => ({
  type: { skillTypeId, name, description, toolScopes: ['code'] },
  settings,
  toPart: ({ version }) => ({
    tools: [codeExecutionTool],
    containerSkills: [{ type: 'anthropic', skill_id: skillTypeId, version: version || 'latest' }],
  }),
});

/** Anthropic's own skills for documents, by the ids that it knows them by. They work in the container of code execution. */
export const documentSkills = [
  documentSkill('pptx', 'PowerPoint', 'Makes, reads and changes presentations.'),
  documentSkill('xlsx', 'Excel', 'Makes, reads and changes workbooks, with formulas and charts.'),
  documentSkill('docx', 'Word', 'Makes, reads and changes documents.'),
  documentSkill('pdf', 'PDF', 'Makes PDFs, fills forms in them, and reads them.'),
] as const;
