import type { CodeExecutionTool20250825 } from '@anthropic-ai/sdk/resources/messages';
import { z } from 'zod';
import type { SkillTypeDefinition } from './skill-type';

/**
 * The version with a shell and an editor, which skills in the container need and every model from 4.5 on has. Later ones keep an
 * interpreter's state for tools that code calls, which this adapter has none of.
 */
export const codeExecutionTool: CodeExecutionTool20250825 = {
  type: 'code_execution_20250825',
  name: 'code_execution',
};

const settings = z.object({});

export const codeExecution: SkillTypeDefinition<typeof settings> = {
  type: {
    skillTypeId: 'code-execution',
    name: 'Code execution',
    description:
      'Runs Python and shell commands in a container at Anthropic, and gives back the files that it makes.',
    toolScopes: ['code'],
  },
  settings,
  toPart: () => ({ tools: [codeExecutionTool], containerSkills: [] }),
};
