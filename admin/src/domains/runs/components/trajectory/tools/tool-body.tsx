import { Typography } from '@strapi/design-system';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../../../http/permissions';
import { CopyButton } from '../../../../../ui/copy-button';
import { plainText } from '../../../../../ui/plain-text';
import { JsonBlock, TextBlock } from '../../../../../ui/text-block';
import { useT } from '../../../../../ui/use-t';
import { ChildRunLink } from '../../children/child-run-link';
import { hasEnded } from '../../run-state';
import { inputOf } from '../tool-summary';
import type { ToolItem } from '../trajectory-item';
import { Labelled } from './labelled';
import { ToolInput } from './tool-input';
import { WholeOutput } from './whole-output';

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
  const { output } = result;
  const text = () => (typeof output === 'string' ? output : (JSON.stringify(output, null, 2) ?? 'null'));
  return (
    <Labelled label={label} action={<CopyButton label={t('copy.output')} text={text} />}>
      {typeof output === 'string' ? (
        <TextBlock text={plainText(output)} label={label} />
      ) : (
        <JsonBlock value={output} label={label} />
      )}
    </Labelled>
  );
}
