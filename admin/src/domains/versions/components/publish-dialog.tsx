import { useState, type FormEvent } from 'react';
import { Button, Flex, Modal, Typography } from '@strapi/design-system';
import { Rocket } from '@strapi/icons';
import type { Version } from 'strapi-plugin-skills-shared/contracts';
import { TextField } from '../../../forms/text-field';
import { toFailure } from '../../../http/api-failure';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useReturnFocus } from '../../../ui/use-return-focus';
import { usePublishVersionMutation } from '../api';

/** Publishes a version, with a note on what is new in it. */
export function PublishDialog({ version, onClose }: { version: Version; onClose: () => void }) {
  const t = useT();
  const returnFocus = useReturnFocus();
  const notify = useNotify();
  const [note, setNote] = useState('');
  const [publish, { isLoading, error }] = usePublishVersionMutation();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const result = await publish({ id: version.id, skillId: version.skillId, note });
    if ('error' in result) return;
    notify.success(t('versions.published', { number: version.number }));
    onClose();
  };
  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <form onSubmit={submit}>
          <Modal.Header closeLabel={t('common.close')}>
            <Modal.Title>{t('versions.publish-title', { number: version.number })}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <Flex direction="column" alignItems="stretch" gap={4}>
              <Typography>{t('versions.publish-what')}</Typography>
              <TextField
                name="note"
                label={t('versions.note')}
                hint={t('versions.note-hint')}
                multiline
                value={note}
                onChange={setNote}
              />
              {error && (
                <Typography textColor="danger600" role="alert">
                  {toFailure(error).message}
                </Typography>
              )}
            </Flex>
          </Modal.Body>
          <Modal.Footer>
            <Button variant="tertiary" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" startIcon={<Rocket />} loading={isLoading}>
              {t('versions.publish')}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
}
