import { useState } from 'react';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { Button, Dialog } from '@strapi/design-system';
import { EyeStriked } from '@strapi/icons';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useWithdrawSkillMutation } from '../api';

/** Takes the published version away from agents, after a question. */
export function WithdrawButton({ skillId }: { skillId: string }) {
  const t = useT();
  const notify = useNotify();
  const [asking, setAsking] = useState(false);
  const [withdraw, { isLoading }] = useWithdrawSkillMutation();
  const confirm = async () => {
    const result = await withdraw(skillId);
    setAsking(false);
    if ('error' in result) notify.failure(result.error);
    else notify.success(t('versions.withdrawn'));
  };
  return (
    <>
      <Button
        variant="danger-light"
        startIcon={<EyeStriked />}
        loading={isLoading}
        onClick={() => setAsking(true)}
      >
        {t('versions.withdraw')}
      </Button>
      <Dialog.Root open={asking} onOpenChange={setAsking}>
        <ConfirmDialog title={t('versions.withdraw')} onConfirm={confirm} variant="danger-light">
          {t('versions.withdraw-question')}
        </ConfirmDialog>
      </Dialog.Root>
    </>
  );
}
