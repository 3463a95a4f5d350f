import { useState } from 'react';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { Badge, Box, Button, Dialog, Flex, Typography, type BadgeProps } from '@strapi/design-system';
import { CloudUpload, SealCheck, Trash } from '@strapi/icons';
import type { Placement, PlacementState } from 'strapi-plugin-skills-shared/contracts';
import { TimeAgo } from '../../../../../ui/time-ago';
import { useNotify } from '../../../../../ui/use-notify';
import { useT } from '../../../../../ui/use-t';
import { useWorkspace } from '../../../workspace/workspace-context';
import { useCheckPlacementMutation, usePlaceMutation, useWithdrawPlacementMutation } from './api';

const looks: Record<PlacementState, BadgeProps['variant']> = {
  publishing: 'primary',
  live: 'success',
  failed: 'danger',
  withdrawing: 'warning',
  missing: 'danger',
};

/** One version at one connection: its state, the provider's ids, and what can be done about it. */
export function PlacementRow({ placement, mayManage }: { placement: Placement; mayManage: boolean }) {
  const t = useT();
  const { version, connection, state, hostedId, hostedVersion, error, updatedAt } = placement;
  return (
    <Box tag="li" data-placement={state} minWidth={0}>
      <Flex direction="column" alignItems="stretch" gap={2}>
        <Flex gap={2} wrap="wrap">
          <Typography fontWeight="semiBold" textColor="neutral800">
            {connection?.name ?? t('skill.no-connection')}
          </Typography>
          <Typography textColor="neutral600">{t('version.number', { number: version.number })}</Typography>
          <Badge size="S" variant={looks[state]}>
            {t(`placement.state.${state}`)}
          </Badge>
        </Flex>
        <Typography variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
          {hostedId && `${hostedId}${hostedVersion ? ` · ${hostedVersion}` : ''} · `}
          <TimeAgo at={updatedAt} />
        </Typography>
        {error && (
          <Typography variant="pi" textColor="danger600" style={{ overflowWrap: 'anywhere' }}>
            {error.message}
          </Typography>
        )}
        {mayManage && <Actions placement={placement} />}
      </Flex>
    </Box>
  );
}

function Actions({ placement: { id, connection, state, version } }: { placement: Placement }) {
  const t = useT();
  const notify = useNotify();
  const { skill, content } = useWorkspace();
  const [asking, setAsking] = useState(false);
  const [place, placing] = usePlaceMutation();
  const [withdraw, withdrawing] = useWithdrawPlacementMutation();
  const [check, checking] = useCheckPlacementMutation();
  const underWay = state === 'publishing' || state === 'withdrawing';
  const publishesAgain = state === 'failed' || state === 'missing' || version.id !== content.id;

  const publish = async () => {
    if (!connection) return;
    const request = { connection: connection.id, version: content.number };
    const result = await place({ skillId: skill.id, placement: request });
    if ('error' in result) notify.failure(result.error);
  };
  const look = async () => {
    const result = await check({ skillId: skill.id, id });
    if ('error' in result) return notify.failure(result.error);
    if (result.data.state === 'live') notify.success(t('placements.still-there'));
  };
  const remove = async () => {
    const result = await withdraw({ skillId: skill.id, id });
    setAsking(false);
    if ('error' in result) notify.failure(result.error);
    else notify.success(t('placements.withdrawn'));
  };

  return (
    <Flex gap={2} wrap="wrap">
      {connection && publishesAgain && (
        <Button
          size="S"
          variant="secondary"
          startIcon={<CloudUpload />}
          disabled={underWay || !content.usable}
          loading={placing.isLoading}
          onClick={publish}
        >
          {t('placements.publish-number', { number: content.number })}
        </Button>
      )}
      {connection && (
        <Button
          size="S"
          variant="tertiary"
          startIcon={<SealCheck />}
          disabled={underWay}
          loading={checking.isLoading}
          onClick={look}
        >
          {t('placements.check')}
        </Button>
      )}
      <Button
        size="S"
        variant="danger-light"
        startIcon={<Trash />}
        disabled={underWay}
        loading={withdrawing.isLoading}
        onClick={() => setAsking(true)}
      >
        {t('placements.withdraw')}
      </Button>
      <Dialog.Root open={asking} onOpenChange={setAsking}>
        <ConfirmDialog title={t('placements.withdraw')} variant="danger-light" onConfirm={remove}>
          {t('placements.withdraw-question', { name: connection?.name ?? t('skill.no-connection') })}
        </ConfirmDialog>
      </Dialog.Root>
    </Flex>
  );
}
