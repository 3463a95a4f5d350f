import type { FunctionTool } from 'strapi-plugin-skills-shared/provider';
import { z } from 'zod';
import type { AgentHost } from '../agent-host';
import { bashTool } from './bash';
import { editFileTool } from './edit-file';
import { listFilesTool } from './list-files';
import { loadSkillTool } from './load-skill';
import { readFileTool } from './read-file';
import { skillCallTool } from './skill-call';
import type { AgentTool } from './tool';
import { writeFileTool } from './write-file';

/** The tools of a run's agent, by name. */
export function toolsOf({ skills }: Pick<AgentHost, 'skills'>): ReadonlyMap<string, AgentTool> {
  const tools = [bashTool, readFileTool, writeFileTool, editFileTool, listFilesTool];
  if (skills.length > 0) tools.push(loadSkillTool, skillCallTool);
  return new Map(tools.map((tool) => [tool.name, tool]));
}

/** A tool as models are told of it. */
export function toFunctionTool({ name, description, input }: AgentTool): FunctionTool {
  const { $schema: _dialect, ...inputSchema } = z.toJSONSchema(input, { io: 'input' });
  return { name, description, inputSchema };
}
