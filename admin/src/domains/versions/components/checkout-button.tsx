import { useState } from 'react';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { Button, Dialog, IconButton } from '@strapi/design-system';
import { ClockCounterClockwise } from '@strapi/icons';
import type { Skill, Version } from 'strapi-plugin-skills-shared/contracts';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useCheckoutVersionMutation } from '../api';

interface CheckoutButtonProps {
  version: Version;
  skill: Skill;
  /** Shown by its icon alone: in a row of a table. */
  compact?: boolean;
}

/** Makes a version the current one again, after a question: what the workspace shows and runs. Nothing is lost by it. */
export function CheckoutButton({ version, skill, compact = false }: CheckoutButtonProps) {
  const t = useT();
  const notify = useNotify();
  const [asking, setAsking] = useState(false);
  const [checkout, { isLoading }] = useCheckoutVersionMutation();
  const confirm = async () => {
    const result = await checkout({ skillId: skill.id, versionId: version.id, revision: skill.revision });
    setAsking(false);
    if ('error' in result) notify.failure(result.error);
    else notify.success(t('versions.checked-out', { number: version.number }));
  };
  return (
    <>
      {compact ? (
        <IconButton
          label={t('versions.checkout-number', { number: version.number })}
          variant="ghost"
          disabled={isLoading}
          onClick={() => setAsking(true)}
        >
          <ClockCounterClockwise />
        </IconButton>
      ) : (
        <Button
          size="S"
          variant="tertiary"
          startIcon={<ClockCounterClockwise />}
          loading={isLoading}
          onClick={() => setAsking(true)}
        >
          {t('versions.checkout-number', { number: version.number })}
        </Button>
      )}
      <Dialog.Root open={asking} onOpenChange={setAsking}>
        <ConfirmDialog
          title={t('versions.checkout-title', { number: version.number })}
          variant="default"
          onConfirm={confirm}
        >
          {t('versions.checkout-question', {
            number: version.number,
            current: skill.currentVersion.number,
          })}
        </ConfirmDialog>
      </Dialog.Root>
    </>
  );
}
