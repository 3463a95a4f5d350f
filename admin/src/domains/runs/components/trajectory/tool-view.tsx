import { Badge, Flex, Typography } from '@strapi/design-system';
import { Code, Cog, File, Folder, Pencil, Sparkle } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../../http/permissions';
import { useT } from '../../../../ui/use-t';
import { formatDuration } from '../../../../ui/format';
import { Disclosure } from '../disclosure';
import { hasEnded } from '../run-state';
import { Figure } from './figure';
import { ToolBody } from './tools/tool-body';
import { summaryOf } from './tool-summary';
import type { ToolItem } from './trajectory-item';
import { isUndecided } from './trajectory-rows';

const icons: Record<string, typeof Cog> = {
  bash: Code,
  read_file: File,
  write_file: Pencil,
  edit_file: Pencil,
  list_files: Folder,
  load_skill: File,
  skill_call: Sparkle,
};

interface ToolViewProps {
  item: ToolItem;
  run: Run;
  allowed: Allowed;
  /** Milliseconds that the call took, where that is known. */
  ms?: number;
}

/** One use of a tool: its name and what it was asked; input, decision and result when it is opened. */
export function ToolView({ item, run, allowed, ms }: ToolViewProps) {
  const t = useT();
  const { locale } = useIntl();
  const Icon = icons[item.name] ?? Cog;
  return (
    <Disclosure
      name={`tool${item.callId}`}
      icon={<Icon fill="neutral600" aria-hidden width="1.4rem" height="1.4rem" />}
      title={item.name || t('tool.unnamed')}
      summary={summaryOf(item)}
      state={
        <>
          <State item={item} running={!hasEnded(run.status)} />
          {ms !== undefined && <Figure width="5.6rem">{formatDuration(ms, locale)}</Figure>}
        </>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4} minWidth={0}>
        {item.decision && <Decision decision={item.decision} />}
        <ToolBody item={item} run={run} allowed={allowed} />
      </Flex>
    </Disclosure>
  );
}

function State({ item, running }: { item: ToolItem; running: boolean }) {
  const t = useT();
  if (item.decision?.approved === false) {
    return (
      <Badge size="S" variant="warning">
        {t('approval.denied')}
      </Badge>
    );
  }
  if (item.result?.isError) {
    return (
      <Badge size="S" variant="danger">
        {t('answer.tool-failed')}
      </Badge>
    );
  }
  if (item.result || !running) return null;
  return isUndecided(item) ? (
    <Badge size="S" variant="warning">
      {t('approval.waits')}
    </Badge>
  ) : (
    <Badge size="S">{t('answer.tool-called')}</Badge>
  );
}

/** Who decided, and what they said. */
export function Decision({
  decision: { approved, note, by },
}: {
  decision: NonNullable<ToolItem['decision']>;
}) {
  const t = useT();
  const name = by.name || t(`actor.${by.type}`);
  return (
    <Typography
      variant="pi"
      textColor={approved ? 'success700' : 'warning700'}
      tag="p"
      style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
    >
      {t(approved ? 'approval.approved-by' : 'approval.denied-by', { name })}
      {note ? ` “${note}”` : ''}
    </Typography>
  );
}
