import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { Clock, File, Files, Information, Lightbulb, Play, Scissors, WarningCircle } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../../http/permissions';
import { contentKind } from '../../../../ui/content-kind';
import { CopyButton } from '../../../../ui/copy-button';
import { plainText } from '../../../../ui/plain-text';
import { TextBlock } from '../../../../ui/text-block';
import { useT } from '../../../../ui/use-t';
import { Disclosure } from '../disclosure';
import { GrowingMarkdown } from '../growing-markdown';
import { OpenFile } from '../run-files';
import { SourceList } from '../source-list';
import { StepLine } from './step-line';
import { ToolView } from './tool-view';
import type { TrajectoryMeasures } from './trajectory-measures';
import type { ItemOf, TextItem, TrajectoryItem } from './trajectory-item';

const iconSize = { 'aria-hidden': true, width: '1.4rem', height: '1.4rem' } as const;

interface ItemViewProps {
  item: TrajectoryItem;
  run: Run;
  allowed: Allowed;
  measures: TrajectoryMeasures;
  /** Whether it is what the run is at. */
  active: boolean;
}

/** One thing that a run did. */
export function ItemView({ item, run, allowed, measures, active }: ItemViewProps) {
  const t = useT();
  switch (item.kind) {
    case 'text':
      return <Text item={item} active={active} />;
    case 'tool':
      return <ToolView item={item} run={run} allowed={allowed} ms={measures.calls.get(item.from)} />;
    case 'message':
      return <Message item={item} />;
    case 'artifact':
      return <Artifact runId={run.id} item={item} />;
    case 'end':
      return <End item={item} />;
    case 'step':
      return <StepLine step={item.step} measures={measures.steps.get(item.from)} />;
    case 'skill-load':
      return (
        <Note icon={<File {...iconSize} fill="neutral500" />}>
          {t('trajectory.skill-load', { alias: item.alias, number: item.version })}
        </Note>
      );
    case 'file-load':
      return (
        <Note icon={<File {...iconSize} fill="neutral500" />}>
          {t('trajectory.file-load', { alias: item.alias, path: item.path })}
        </Note>
      );
    case 'context-trim':
      return (
        <Note icon={<Scissors {...iconSize} fill="neutral500" />}>
          {t('trajectory.context-trim', { count: item.results, characters: item.characters })}
        </Note>
      );
    case 'wait':
      return <Wait item={item} />;
    case 'resume':
      return <Note icon={<Play {...iconSize} fill="neutral500" />}>{t('trajectory.resume')}</Note>;
    case 'changes':
      return (
        <Note icon={<Files {...iconSize} fill="primary600" />}>
          {t('trajectory.changes', {
            count: item.added + item.modified + item.removed,
            added: item.added,
            modified: item.modified,
            removed: item.removed,
          })}
        </Note>
      );
    case 'log':
      return <Log item={item} />;
  }
}

/** A line of what happened beside the words and the tools. */
function Note({
  icon,
  children,
  color = 'neutral600',
}: {
  icon: ReactNode;
  children: ReactNode;
  color?: string;
}) {
  return (
    <Flex gap={2} alignItems="flex-start" minWidth={0}>
      <Box shrink={0} style={{ lineHeight: 0, paddingTop: '0.2rem' }}>
        {icon}
      </Box>
      <Typography variant="pi" textColor={color} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {children}
      </Typography>
    </Flex>
  );
}

function Text({ item, active }: { item: TextItem; active: boolean }) {
  const t = useT();
  if (item.stream === 'reasoning') {
    return (
      <Disclosure
        name={`reasoning${item.from}`}
        icon={<Lightbulb {...iconSize} fill="neutral600" />}
        title={t('answer.reasoning')}
        summary={item.text.slice(-200).replace(/\s+/g, ' ')}
      >
        <GrowingMarkdown text={item.text} />
      </Disclosure>
    );
  }
  if (item.stream !== 'answer')
    return <TextBlock text={plainText(item.text)} label={t(`trajectory.${item.stream}`)} />;
  return (
    <Flex alignItems="flex-start" gap={2} minWidth={0} aria-busy={active}>
      <Flex direction="column" alignItems="stretch" gap={3} minWidth={0} flex="1">
        <GrowingMarkdown text={item.text} />
        <SourceList sources={item.sources} />
      </Flex>
      {item.text !== '' && <CopyButton label={t('copy.answer')} text={() => item.text} />}
    </Flex>
  );
}

function Message({ item }: { item: ItemOf<'message'> }) {
  const t = useT();
  const { author } = item;
  return (
    <Flex direction="column" alignItems="flex-end" gap={1} paddingLeft={{ initial: 4, medium: 10 }}>
      <Typography variant="pi" textColor="neutral600">
        {author.name || t(`actor.${author.type}`)}
      </Typography>
      <Box background="primary100" hasRadius padding={3} minWidth={0} maxWidth="100%">
        <Typography
          tag="p"
          textColor="neutral800"
          data-message
          style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxHeight: '32rem', overflow: 'auto' }}
        >
          {item.text}
        </Typography>
      </Box>
    </Flex>
  );
}

function Artifact({ runId, item: { artifact } }: { runId: string; item: ItemOf<'artifact'> }) {
  const t = useT();
  if (contentKind(artifact.name, artifact.mime) === 'image') {
    return (
      <Box borderColor="neutral200" hasRadius data-artifact={artifact.name}>
        <OpenFile runId={runId} place="artifacts" file={artifact} named />
      </Box>
    );
  }
  return (
    <Disclosure
      name={`artifact${artifact.digest}${artifact.name}`}
      icon={<File {...iconSize} fill="neutral600" />}
      title={artifact.name}
      summary={t('trajectory.artifact')}
    >
      <OpenFile runId={runId} place="artifacts" file={artifact} />
    </Disclosure>
  );
}

function Wait({ item }: { item: ItemOf<'wait'> }) {
  const t = useT();
  const { formatDate } = useIntl();
  return (
    <Note icon={<Clock {...iconSize} fill="warning600" />}>
      {t(`trajectory.waits.${item.reason}`)}{' '}
      {t('trajectory.wait-until', {
        until: formatDate(item.deadline, { dateStyle: 'medium', timeStyle: 'short' }),
      })}
    </Note>
  );
}

function Log({ item: { level, message } }: { item: ItemOf<'log'> }) {
  const bad = level === 'error' || level === 'warn';
  const Icon = bad ? WarningCircle : Information;
  const color = { debug: 'neutral500', info: 'neutral600', warn: 'warning700', error: 'danger600' }[level];
  return (
    <Note icon={<Icon {...iconSize} fill={color} />} color={color}>
      {plainText(message)}
    </Note>
  );
}

/** How a run ended that did not end as it was meant to. What to do about it stands above, with the run's facts. */
function End({ item: { status, error } }: { item: ItemOf<'end'> }) {
  const t = useT();
  return (
    <Note icon={<WarningCircle {...iconSize} fill="danger600" />} color={error ? 'danger600' : 'neutral600'}>
      {error?.message ?? t(status === 'cancelled' ? 'run.status.cancelled' : 'run.status.failed')}
    </Note>
  );
}
