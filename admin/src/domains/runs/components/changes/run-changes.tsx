import { Badge, Box, Checkbox, Flex, Typography } from '@strapi/design-system';
import { File } from '@strapi/icons';
import type { Run, RunChange } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../../http/permissions';
import { Failed } from '../../../../ui/failed';
import { Loading } from '../../../../ui/loading';
import { visibleText } from '../../../../ui/plain-text';
import { useT } from '../../../../ui/use-t';
import { useGetSkillQuery } from '../../../skills';
import { useGetRunChangesQuery } from '../../api';
import { Disclosure } from '../disclosure';
import { hasEnded, livePoll } from '../run-state';
import { ChangeDecision } from './change-decision';
import { decisionObstacle } from './decision-obstacle';
import type { ChangeChoice } from './use-change-choice';
import { ChangedFile } from './changed-file';

const looks = { added: 'success', modified: 'primary', removed: 'danger' } as const;

interface RunChangesProps {
  run: Run;
  allowed: Allowed;
  choice: ChangeChoice;
}

/**
 * The files of the skill that an agent's run left otherwise than it found them, each with what differs. Once the run has ended they are
 * taken into a draft, or dropped; until then, and without anybody deciding, nothing happens to them.
 */
export function RunChanges({ run, allowed, choice }: RunChangesProps) {
  const t = useT();
  const { data, error, refetch } = useGetRunChangesQuery(run.id, {
    pollingInterval: livePoll(run.status),
  });
  const { data: skill } = useGetSkillQuery(run.skill?.id ?? '', { skip: !run.skill || !allowed.readSkills });
  const { left, conflicts, choose, setConflicts } = choice;
  if (error && !data) return <Failed error={error} onRetry={refetch} />;
  if (!data) return <Loading />;
  const { changes, decision } = data;
  if (changes.length === 0)
    return (
      <Typography textColor="neutral600">
        {t(hasEnded(run.status) ? 'changes.none' : 'changes.not-yet')}
      </Typography>
    );
  const obstacle = decisionObstacle({ run, skill, mayUpdate: allowed.update });
  const choosing = decision === null && obstacle === undefined;
  const taken = new Set(decision?.paths ?? []);
  return (
    <Flex direction="column" alignItems="stretch" gap={4} minWidth={0}>
      <ChangeDecision
        run={run}
        decision={decision}
        obstacle={obstacle}
        paths={changes.map(({ path }) => path).filter((path) => !left.has(path))}
        total={changes.length}
        onConflicts={setConflicts}
      />
      <Flex tag="ul" direction="column" alignItems="stretch" gap={2} minWidth={0}>
        {changes.map((change) => (
          <Box tag="li" key={change.path} data-change={change.path} minWidth={0}>
            <Flex gap={3} alignItems="flex-start" minWidth={0}>
              {choosing && (
                <Box paddingTop={2} shrink={0}>
                  <Checkbox
                    aria-label={t('changes.choose', { path: visibleText(change.path) })}
                    checked={!left.has(change.path)}
                    onCheckedChange={(chosen) => choose(change.path, chosen === true)}
                  />
                </Box>
              )}
              <Box flex="1" minWidth={0}>
                <Disclosure
                  name={`change${change.path}`}
                  icon={<File fill="neutral600" aria-hidden width="1.4rem" height="1.4rem" />}
                  title={visibleText(change.path)}
                  state={
                    <ChangeState
                      change={change}
                      conflict={conflicts.has(change.path)}
                      taken={taken.has(change.path)}
                    />
                  }
                >
                  <ChangedFile runId={run.id} change={change} />
                </Disclosure>
              </Box>
            </Flex>
          </Box>
        ))}
      </Flex>
    </Flex>
  );
}

function ChangeState({ change, conflict, taken }: { change: RunChange; conflict: boolean; taken: boolean }) {
  const t = useT();
  return (
    <>
      {conflict && (
        <Badge size="S" variant="warning">
          {t('changes.conflict')}
        </Badge>
      )}
      {taken && <Badge size="S">{t('changes.taken')}</Badge>}
      <Badge size="S" variant={looks[change.change]}>
        {t(`changes.${change.change}`)}
      </Badge>
    </>
  );
}
