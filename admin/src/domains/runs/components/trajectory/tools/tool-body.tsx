import { lazy, Suspense, type ReactNode } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../../../http/permissions';
import { Loading } from '../../../../../ui/loading';
import { plainText, visibleText } from '../../../../../ui/plain-text';
import { JsonBlock, TextBlock } from '../../../../../ui/text-block';
import { useT } from '../../../../../ui/use-t';
import { ChildRunLink } from '../../children/child-run-link';
import { hasEnded } from '../../run-state';
import { inputOf, textIn } from '../tool-summary';
import type { ToolItem } from '../trajectory-item';
import { WholeOutput } from './whole-output';

const TextDiff = lazy(async () => ({ default: (await import('../../../../../ui/text-diff')).TextDiff }));

interface ToolBodyProps {
  item: ToolItem;
  run: Run;
  allowed: Allowed;
}

/** What a tool was asked and what it answered, in the form that its kind is best read in. */
export function ToolBody({ item, run, allowed }: ToolBodyProps) {
  return (
    <>
      {item.child && <ChildRunLink runId={item.child.runId} alias={item.child.alias} allowed={allowed} />}
      <ToolInput name={item.name} input={inputOf(item)} known={Boolean(item.call ?? item.request)} />
      <ToolResult item={item} running={!hasEnded(run.status)} />
      {item.result?.artifact !== undefined && <WholeOutput run={run} name={item.result.artifact} />}
    </>
  );
}

export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Flex direction="column" alignItems="stretch" gap={1} minWidth={0}>
      <Typography variant="sigma" textColor="neutral600">
        {label}
      </Typography>
      {children}
    </Flex>
  );
}

function Path({ path }: { path: string }) {
  return (
    <Typography
      textColor="neutral800"
      style={{
        overflowWrap: 'anywhere',
        fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      }}
    >
      {visibleText(path)}
    </Typography>
  );
}

/**
 * What a tool is asked. A model may send anything: an input that is not what the tool takes is shown as the JSON that it is. Nothing in
 * it can hide, since people decide by it.
 */
export function ToolInput({ name, input, known = true }: { name: string; input: unknown; known?: boolean }) {
  const t = useT();
  const label = t('answer.tool-input');
  if (!known) {
    return (
      <Typography variant="pi" textColor="neutral600">
        {t('tool.input-earlier')}
      </Typography>
    );
  }
  const [command, path] = [textIn(input, 'command'), textIn(input, 'path')];
  if (name === 'bash' && command !== undefined) {
    return (
      <Labelled label={t('tool.command')}>
        <TextBlock text={`$ ${visibleText(command)}`} label={label} />
      </Labelled>
    );
  }
  const [before, after] = [textIn(input, 'oldText'), textIn(input, 'newText')];
  if (name === 'edit_file' && path !== undefined && before !== undefined && after !== undefined) {
    return (
      <Labelled label={t('tool.file')}>
        <Path path={path} />
        <Suspense fallback={<Loading />}>
          <TextDiff before={visibleText(before)} after={visibleText(after)} path={path} label={label} />
        </Suspense>
      </Labelled>
    );
  }
  const content = textIn(input, 'content');
  if (name === 'write_file' && path !== undefined && content !== undefined) {
    return (
      <Labelled label={t('tool.file')}>
        <Path path={path} />
        <TextBlock text={visibleText(content)} label={label} />
      </Labelled>
    );
  }
  return (
    <Labelled label={label}>
      {typeof input === 'string' ? (
        <TextBlock text={visibleText(input)} label={label} />
      ) : (
        <TextBlock text={visibleText(JSON.stringify(input, null, 2) ?? 'null')} label={label} />
      )}
    </Labelled>
  );
}

function ToolResult({
  item: { name, call, result, request, decision },
  running,
}: {
  item: ToolItem;
  running: boolean;
}) {
  const t = useT();
  const label = t(name === 'bash' ? 'tool.output' : 'answer.tool-result');
  if (!result) {
    const waits = request !== undefined && decision === undefined;
    return (
      <Typography variant="pi" textColor="neutral600">
        {call?.by === 'provider'
          ? t('answer.tool-result-untold')
          : t(running ? (waits ? 'approval.waits' : 'tool.under-way') : 'answer.tool-result-none')}
      </Typography>
    );
  }
  return (
    <Labelled label={label}>
      {typeof result.output === 'string' ? (
        <TextBlock text={plainText(result.output)} label={label} />
      ) : (
        <JsonBlock value={result.output} label={label} />
      )}
    </Labelled>
  );
}
