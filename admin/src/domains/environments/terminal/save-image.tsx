import { useState } from 'react';
import { Button, Dialog, Flex, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { codeOf, toFailure } from '../../../http/api-failure';
import { formatBytes } from '../../../ui/format';
import { useT } from '../../../ui/use-t';
import { useNotify } from '../../../ui/use-notify';
import { useSaveTerminalImageMutation } from './api';

/** What is installed in `$HOME` becomes what the skill's runs begin with. */
export function SaveImage({ terminalId }: { terminalId: string }) {
  const t = useT();
  const { locale } = useIntl();
  const notify = useNotify();
  const [asking, setAsking] = useState(false);
  const [save, { isLoading, error, reset }] = useSaveTerminalImageMutation();
  // Saving again would be refused again: what is in this terminal goes back to an image that is no more.
  const isOutdated = codeOf(error) === 'image-changed';
  const change = (open: boolean) => {
    if (isLoading) return;
    reset();
    setAsking(open);
  };
  const confirm = async () => {
    const result = await save(terminalId);
    if ('error' in result) return;
    setAsking(false);
    notify.success(t('terminal.image-saved', { size: formatBytes(result.data.size, locale) }));
  };
  return (
    <Dialog.Root open={asking} onOpenChange={change}>
      <Dialog.Trigger>
        <Button size="S" variant="secondary" startIcon={<Download />}>
          {t('terminal.save-image')}
        </Button>
      </Dialog.Trigger>
      <Dialog.Content>
        <Dialog.Header>{t('terminal.save-image-title')}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" alignItems="stretch" gap={3}>
            <Typography>{t('terminal.save-image-what')}</Typography>
            <Typography textColor="neutral600">{t('terminal.save-image-secrets')}</Typography>
            {isLoading && <Typography role="status">{t('terminal.image-saving')}</Typography>}
            {error && (
              <Typography role="alert" textColor="danger600">
                {isOutdated ? t('terminal.image-changed') : toFailure(error).message}
              </Typography>
            )}
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button fullWidth variant="tertiary" disabled={isLoading}>
              {t('common.cancel')}
            </Button>
          </Dialog.Cancel>
          <Button fullWidth loading={isLoading} disabled={isOutdated} onClick={() => void confirm()}>
            {t('terminal.save-image')}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}
