import { useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { CloudUpload } from '@strapi/icons';
import { Failed } from '../../../../../ui/failed';
import { Loading } from '../../../../../ui/loading';
import { Panel } from '../../../../../ui/panel';
import { useT } from '../../../../../ui/use-t';
import { useWorkspace } from '../../../workspace/workspace-context';
import { useListPlacementsQuery } from './api';
import { PlaceDialog } from './place-dialog';
import { PlacementRow } from './placement-row';

/** How often a placement under way is looked at, in milliseconds. */
const pollMs = 2000;

/** Where a bundle lives at providers: which version, in what state; publish, publish again, withdraw, check. */
export function PlacementsPanel() {
  const t = useT();
  const { skill, allowed, content } = useWorkspace();
  const [placing, setPlacing] = useState(false);
  const [moving, setMoving] = useState(false);
  const { data, error, refetch } = useListPlacementsQuery(skill.id, { pollingInterval: moving ? pollMs : 0 });
  const underWay = data?.some(({ state }) => state === 'publishing' || state === 'withdrawing') ?? false;
  if (underWay !== moving) setMoving(underWay);
  const mayManage = allowed.managePlacements && !skill.archived;
  return (
    <Panel
      title={t('placements.title')}
      actions={
        mayManage && (
          <Button
            size="S"
            variant="secondary"
            startIcon={<CloudUpload />}
            disabled={!content.usable}
            onClick={() => setPlacing(true)}
          >
            {t('placements.publish')}
          </Button>
        )
      }
    >
      {error && !data ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : data.length === 0 ? (
        <Typography textColor="neutral600">{t('placements.none')}</Typography>
      ) : (
        <Flex tag="ul" direction="column" alignItems="stretch" gap={4} aria-label={t('placements.title')}>
          {data.map((placement) => (
            <PlacementRow key={placement.id} placement={placement} mayManage={mayManage} />
          ))}
        </Flex>
      )}
      {placing && <PlaceDialog onClose={() => setPlacing(false)} />}
    </Panel>
  );
}
