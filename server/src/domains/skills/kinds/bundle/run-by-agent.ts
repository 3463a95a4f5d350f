import { InvalidError } from '../../../../http/errors';
import type { Sandbox } from '../../../../platform/sandbox/sandbox';
import type { AgentEnd, RunContext, RunOutcome } from '../kind';
import { findSkillFile } from './bundle';
import type { CheckOutput } from './entrypoint/check-output';
import { keepArtifacts, readOutputFile } from './entrypoint/results';
import { withDefaults } from './ports/port-schema';

/** Bytes of a `SKILL.md` that an agent is given at once. */
const MAX_INSTRUCTIONS = 1024 * 1024;

/**
 * Has an agent work by the bundle's `SKILL.md`. What it leaves in the output folder are artifacts, whatever its end. Where the bundle declares
 * outputs, `output.json` there is the run's output in place of the agent's words, and must be what was declared.
 */
export async function runByAgent(context: RunContext, checkOutput: CheckOutput): Promise<RunOutcome> {
  const { version, prompt } = context;
  if (prompt === null) {
    const message = 'Say in a prompt what the agent should do.';
    throw new InvalidError(message, { code: 'prompt-required', path: ['prompt'] });
  }
  const instructionsPath = findSkillFile(version.files.map(({ path }) => path));
  if (instructionsPath === undefined) {
    throw new InvalidError('This version has no SKILL.md to work by.', { code: 'version-invalid' });
  }
  return context.agent({
    prompt,
    input: withDefaults(version.metadata.inputs, context.input),
    instructions: await readInstructions(context, instructionsPath),
    instructionsPath,
    allowedTools: version.metadata.allowedTools ?? [],
    network: version.metadata.allowNetwork === true,
    conclude: (end, sandbox) => conclude(end, { context, sandbox, checkOutput }),
  });
}

async function readInstructions({ version }: RunContext, path: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of (await version.open(path)) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_INSTRUCTIONS) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

interface Surroundings {
  context: RunContext;
  sandbox: Sandbox;
  checkOutput: CheckOutput;
}

async function conclude(end: AgentEnd, { context, sandbox, checkOutput }: Surroundings): Promise<RunOutcome> {
  const { metadata } = context.version;
  if (end.status === 'failed') {
    await keepWhatThereIs(end, sandbox, context);
    return end;
  }
  const declares = (metadata.outputs ?? []).length > 0;
  const artifacts = await keepArtifacts(sandbox, artifactsOf(context), { takesOutput: declares });
  const written = declares ? await readOutputFile(sandbox) : undefined;
  if (!written) return end;
  if ('problem' in written) return failed('output-invalid', written.problem, end.output);
  const mismatch = checkOutput({ metadata, output: written.value, artifacts });
  if (mismatch !== undefined) return failed('output-mismatch', mismatch, written.value);
  return { status: 'completed', output: written.value };
}

/** The run has failed already, and with what it failed is what its readers are told. */
async function keepWhatThereIs(
  end: Extract<AgentEnd, { status: 'failed' }>,
  sandbox: Sandbox,
  context: RunContext,
): Promise<void> {
  if (end.error.code === 'sandbox-lost') return;
  try {
    await keepArtifacts(sandbox, artifactsOf(context), { takesOutput: false });
  } catch {
    context.signal.throwIfAborted();
    const message = 'What the agent left in its output folder could not be kept.';
    await context.emit({ type: 'log-line', level: 'warn', message });
  }
}

/** Names below `tool-output/` are those of what tools printed: a file of the agent's must not take their place. */
function artifactsOf(context: RunContext): Pick<RunContext, 'artifact'> {
  return {
    artifact: (file) => {
      const isTaken = file.name.toLowerCase().startsWith('tool-output/');
      return context.artifact(isTaken ? { ...file, name: `output/${file.name}` } : file);
    },
  };
}

function failed(code: string, message: string, output: unknown): AgentEnd & { status: 'failed' } {
  return { status: 'failed', error: { code, message }, output };
}
