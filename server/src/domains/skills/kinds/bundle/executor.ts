import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import type { ExecResult, Sandbox, SandboxLimit } from '../../../../platform/sandbox/sandbox';
import { sandboxFolders } from '../../../../platform/sandbox/sandbox-folders';
import type { Executor, RunContext, RunOutcome } from '../kind';
import type { CheckOutput } from './entrypoint/check-output';
import { interpreterOf, scriptExtensions } from './entrypoint/interpreters';
import { definesRun, pythonRunner } from './entrypoint/python-entrypoint';
import { keepArtifacts, readOutput } from './entrypoint/results';
import { TextStream } from './entrypoint/text-stream';
import { runHosted } from './hosting/run-hosted';
import { withDefaults } from './ports/port-schema';
import { runByAgent } from './run-by-agent';

const inputPath = `${sandboxFolders.work}/input.json`;
const runnerPath = `${sandboxFolders.work}/call-run.py`;
/** Bytes of an entrypoint that are looked at to see whether it defines `run`. */
const maxSourceBytes = 1024 * 1024;

const limitWords: Record<SandboxLimit, string> = {
  time: 'took longer than a run may',
  memory: 'used more memory than a run may',
  processes: 'started more processes than a run may',
  disk: 'wrote more to the disk than a run may',
  output: 'printed more than a run may',
};

/**
 * Runs a bundle's entrypoint alone in a sandbox, without a model; or has an agent work by the bundle's instructions; or runs the bundle at the
 * vendor where it lives, by a model of its.
 */
export function createBundleExecutor({ checkOutput }: { checkOutput: CheckOutput }): Executor {
  return {
    async execute(context) {
      if (context.target.execution === 'hosted') return runHosted(context);
      if (context.target.execution === 'agent') return runByAgent(context, checkOutput);
      const script = findScript(context);
      if ('error' in script) return { status: 'failed', error: script.error };
      const { metadata } = context.version;
      const sandbox = await context.sandbox({ network: metadata.allowNetwork === true });
      if (!(await sandbox.has(script.program))) {
        const { name } = sandbox.isolation;
        return failed(
          'interpreter-missing',
          `${script.path} needs ${script.program}, which the sandbox (${name}) of this server does not have.`,
        );
      }
      const command = await layOut(context, sandbox, script);
      const streams = { stdout: new TextStream(), stderr: new TextStream() };
      const result = await runScript(context, sandbox, command, streams);
      context.signal.throwIfAborted();
      if (result.exceeded) {
        return failed(
          limitCode(result.exceeded),
          `The script ${limitWords[result.exceeded]}, and was ended.`,
        );
      }
      const artifacts = await keepArtifacts(sandbox, context);
      if (result.exitCode !== 0) return failed('exit-code', describeExit(result, streams.stderr));
      const output = await readOutput(sandbox, streams.stdout);
      if ('problem' in output) return failed('output-invalid', output.problem);
      const mismatch = checkOutput({ metadata, output: output.value, artifacts });
      if (mismatch) return { ...failed('output-mismatch', mismatch), output: output.value };
      return { status: 'completed', output: output.value };
    },
  };
}

interface Script {
  path: string;
  program: string;
}

function findScript({ version }: RunContext): Script | { error: { code: string; message: string } } {
  const path = version.metadata.entrypoint?.replace(/^\.\//, '');
  if (path === undefined)
    return refused('no-entrypoint', 'The skill names no entrypoint, so there is nothing to run.');
  if (!version.files.some((file) => file.path === path)) {
    return refused('entrypoint-missing', `The entrypoint ${path} is not among the skill's files.`);
  }
  const program = interpreterOf(path);
  if (program !== undefined) return { path, program };
  return refused(
    'interpreter-unknown',
    `The entrypoint ${path} has none of the extensions that name an interpreter: ${scriptExtensions.join(', ')}.`,
  );
}

/** Writes the input where the script finds it, and answers the command that starts it. */
async function layOut(context: RunContext, sandbox: Sandbox, { path, program }: Script): Promise<string[]> {
  await sandbox.writeFile(inputPath, Buffer.from(inputJson(context)));
  for (const file of context.inputFiles) {
    await sandbox.writeFile(`${sandboxFolders.input}/${file.name}`, await file.open());
  }
  if (program !== 'python3' || !definesRun(await readSource(context, path))) return [program, path];
  await sandbox.writeFile(runnerPath, Buffer.from(pythonRunner));
  return [program, runnerPath, path];
}

async function runScript(
  context: RunContext,
  sandbox: Sandbox,
  command: string[],
  streams: { stdout: TextStream; stderr: TextStream },
): Promise<ExecResult> {
  const emitText = async (stream: 'stdout' | 'stderr', text: string) => {
    if (text !== '') await context.emit({ type: 'text-delta', stream, text });
  };
  const shown = command.filter((word) => word !== runnerPath).join(' ');
  await context.emit({ type: 'run-start', isolation: sandbox.isolation.name, command: shown });
  await log(context, 'info', `Started ${shown} with ${count(context.inputFiles.length, 'input file')}.`);
  const result = await sandbox.exec(command, {
    stdin: inputJson(context),
    signal: context.signal,
    env: {
      SKILL_INPUT: inputPath,
      SKILL_INPUT_DIR: sandboxFolders.input,
      SKILL_OUTPUT_DIR: sandboxFolders.output,
      // Python holds back what it prints into a pipe; the live log would show it at the end.
      PYTHONUNBUFFERED: '1',
      PYTHONIOENCODING: 'utf-8',
    },
    onOutput: (stream, chunk) => emitText(stream, streams[stream].push(chunk)),
  });
  await emitText('stdout', streams.stdout.end());
  await emitText('stderr', streams.stderr.end());
  const ending = result.exitCode === null ? 'It was ended' : `It ended with exit code ${result.exitCode}`;
  await log(context, result.exitCode === 0 ? 'info' : 'error', `${ending} after ${result.durationMs} ms.`);
  return result;
}

async function readSource({ version }: RunContext, path: string): Promise<string> {
  let source = '';
  for await (const chunk of await version.open(path)) {
    source += String(chunk);
    if (source.length > maxSourceBytes) break;
  }
  return source;
}

/** What the script reads: the input with the declared defaults for what it leaves out. */
const inputJson = ({ input, version }: RunContext) =>
  JSON.stringify(withDefaults(version.metadata.inputs, input) ?? {});
const limitCode = (limit: SandboxLimit) => (limit === 'processes' ? 'process-limit' : `${limit}-limit`);
const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

function describeExit(result: ExecResult, stderr: TextStream): string {
  const last = stderr.lastLines(10, 2000);
  return `The script ended with exit code ${result.exitCode}.${last === '' ? '' : `\n${last}`}`;
}

function refused(code: string, message: string) {
  return { error: { code, message } };
}

function failed(code: string, message: string): RunOutcome & { status: 'failed' } {
  return { status: 'failed', error: { code, message } };
}

function log(
  context: RunContext,
  level: Extract<RunEventPayload, { type: 'log-line' }>['level'],
  message: string,
): Promise<void> {
  return context.emit({ type: 'log-line', level, message });
}
