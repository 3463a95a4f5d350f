import { useState } from 'react';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { Box, Button, Dialog, Flex, Typography } from '@strapi/design-system';
import { Check, Trash } from '@strapi/icons';
import type { Run, RunChanges } from 'strapi-plugin-skills-shared/contracts';
import { toFailure, type ApiFailure } from '../../../../http/api-failure';
import { TimeAgo } from '../../../../ui/time-ago';
import { useNotify } from '../../../../ui/use-notify';
import { useT, type MessageKey } from '../../../../ui/use-t';
import { TextLink } from '../../../../ui/text-link';
import { useDecideRunChangesMutation } from '../../api';

interface ChangeDecisionProps {
  run: Run;
  decision: RunChanges['decision'];
  /** Why nobody can decide here. */
  obstacle: MessageKey | undefined;
  /** Of the changes, those that are chosen. */
  paths: readonly string[];
  total: number;
  onConflicts: (paths: readonly string[]) => void;
}

/** What was decided about a run's changes, or the buttons that decide it. */
export function ChangeDecision(props: ChangeDecisionProps) {
  return props.decision ? <Decided run={props.run} decision={props.decision} /> : <Undecided {...props} />;
}

function Decided({ run, decision }: { run: Run; decision: NonNullable<RunChanges['decision']> }) {
  const t = useT();
  const name = decision.by.name || t(`actor.${decision.by.type}`);
  return (
    <Flex gap={2} wrap="wrap" role="status">
      <Typography textColor="neutral800">
        {t(decision.decision === 'taken' ? 'changes.taken-by' : 'changes.dropped-by', {
          name,
          count: decision.paths.length,
        })}
      </Typography>
      <Typography variant="pi" textColor="neutral600">
        <TimeAgo at={decision.at} />
      </Typography>
      {decision.version &&
        (run.skill ? (
          <TextLink to={`/plugins/skills/skills/${run.skill.id}`}>
            <Typography textColor="primary600">
              {t('version.number', { number: decision.version.number })}
            </Typography>
          </TextLink>
        ) : (
          <Typography>{t('version.number', { number: decision.version.number })}</Typography>
        ))}
    </Flex>
  );
}

/** The files that were changed meanwhile, as a conflict names them. */
function conflictsIn({ details }: ApiFailure): string[] {
  const paths = details?.code === 'changes-conflict' ? details.paths : undefined;
  return Array.isArray(paths) ? paths.filter((path): path is string => typeof path === 'string') : [];
}

function Undecided({ run, obstacle, paths, total, onConflicts }: ChangeDecisionProps) {
  const t = useT();
  const notify = useNotify();
  const [asking, setAsking] = useState(false);
  const [decide, { isLoading, error }] = useDecideRunChangesMutation();
  const failure = error ? toFailure(error) : undefined;

  const send = async (decision: 'take' | 'drop') => {
    const chosen = decision === 'take' && paths.length < total ? { paths: [...paths] } : {};
    const result = await decide({ run, decision, ...chosen });
    if ('error' in result) onConflicts(conflictsIn(toFailure(result.error)));
    else {
      onConflicts([]);
      notify.success(t(decision === 'take' ? 'changes.were-taken' : 'changes.were-dropped'));
    }
  };
  if (obstacle) return <Typography textColor="neutral600">{t(obstacle)}</Typography>;
  return (
    <Flex direction="column" alignItems="stretch" gap={3} minWidth={0}>
      <Typography textColor="neutral700">{t('changes.what')}</Typography>
      <Flex gap={2} wrap="wrap">
        <Button
          size="S"
          startIcon={<Check />}
          loading={isLoading}
          disabled={paths.length === 0}
          onClick={() => send('take')}
        >
          {t('changes.take', { count: paths.length })}
        </Button>
        <Button
          size="S"
          variant="danger-light"
          startIcon={<Trash />}
          disabled={isLoading}
          onClick={() => setAsking(true)}
        >
          {t('changes.drop')}
        </Button>
      </Flex>
      {failure && (
        <Box role="alert">
          <Typography textColor="danger600" style={{ overflowWrap: 'anywhere' }}>
            {failure.message}
          </Typography>
        </Box>
      )}
      <Dialog.Root open={asking} onOpenChange={setAsking}>
        <ConfirmDialog title={t('changes.drop')} onConfirm={() => send('drop')}>
          {t('changes.drop-question', { count: total })}
        </ConfirmDialog>
      </Dialog.Root>
    </Flex>
  );
}
