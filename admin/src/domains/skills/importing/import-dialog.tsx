import { useRef, useState, type DragEvent } from 'react';
import { Box, Button, Flex, Modal, Typography } from '@strapi/design-system';
import { CloudUpload } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { formatBytes } from '../../../ui/format';
import { useT } from '../../../ui/use-t';
import { useReturnFocus } from '../../../ui/use-return-focus';
import { useNotify } from '../../../ui/use-notify';
import { useGetBundleLimitsQuery } from '../api';
import { skillsIn, sourcesOf } from './bundle-source';
import { ImportItemRow } from './import-item-row';
import { droppedEntries, readDropped } from './read-dropped';
import { useImport } from './use-import';

const DropZone = styled(Flex)<{ $over: boolean }>`
  border: 2px dashed ${({ theme, $over }) => ($over ? theme.colors.primary600 : theme.colors.neutral300)};
  background: ${({ theme, $over }) => ($over ? theme.colors.primary100 : theme.colors.neutral100)};
  border-radius: ${({ theme }) => theme.borderRadius};
`;

interface ImportDialogProps {
  mayUpdate: boolean;
  onClose: () => void;
}

/** Takes archives and folders, chosen or dropped, one or many, and tells what became of each. */
export function ImportDialog({ mayUpdate, onClose }: ImportDialogProps) {
  const t = useT();
  const returnFocus = useReturnFocus();
  const { locale } = useIntl();
  const notify = useNotify();
  const { items, add, resolve, retry, busy } = useImport();
  const { data: limits } = useGetBundleLimitsQuery();
  const [over, setOver] = useState(false);
  const archiveInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement | null>(null);

  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    try {
      add(await readDropped(droppedEntries(event.dataTransfer)));
    } catch (error) {
      notify.failure(error);
    }
  };
  const folderChosen = (files: FileList) =>
    add(skillsIn([...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }))));

  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <Modal.Header closeLabel={t('common.close')}>
          <Modal.Title>{t('import.title')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={4}>
            <DropZone
              $over={over}
              direction="column"
              gap={3}
              padding={6}
              onDragOver={(event: DragEvent) => {
                event.preventDefault();
                setOver(true);
              }}
              onDragLeave={() => setOver(false)}
              onDrop={drop}
              data-testid="import-drop"
            >
              <CloudUpload width="3.2rem" height="3.2rem" fill="primary600" aria-hidden />
              <Typography fontWeight="semiBold" textAlign="center">
                {t('import.drop')}
              </Typography>
              <Flex gap={2} wrap="wrap" justifyContent="center">
                <Button variant="secondary" onClick={() => archiveInput.current?.click()}>
                  {t('import.choose-archive')}
                </Button>
                <Button variant="tertiary" onClick={() => folderInput.current?.click()}>
                  {t('import.choose-folder')}
                </Button>
              </Flex>
              <Typography variant="pi" textColor="neutral600" textAlign="center">
                {limits
                  ? t('import.limits', {
                      bytes: formatBytes(limits.maxBytes, locale),
                      files: limits.maxFiles,
                    })
                  : t('import.formats')}
              </Typography>
              <input
                ref={archiveInput}
                type="file"
                hidden
                multiple
                accept=".zip,.skill,.gz,.tgz"
                aria-label={t('import.choose-archive')}
                onChange={({ target }) => {
                  add(sourcesOf([...(target.files ?? [])]));
                  target.value = '';
                }}
              />
              <input
                ref={(element) => {
                  folderInput.current = element;
                  // React knows no such attribute; browsers choose folders by it.
                  element?.setAttribute('webkitdirectory', '');
                }}
                type="file"
                hidden
                aria-label={t('import.choose-folder')}
                onChange={({ target }) => {
                  if (target.files) folderChosen(target.files);
                  target.value = '';
                }}
              />
            </DropZone>
            {items.length > 0 && (
              <Flex
                tag="ul"
                direction="column"
                alignItems="stretch"
                gap={3}
                aria-live="polite"
                aria-label={t('import.results')}
              >
                {items.map((item) => (
                  <ImportItemRow
                    key={item.key}
                    item={item}
                    mayUpdate={mayUpdate}
                    onResolve={resolve}
                    onRetry={retry}
                  />
                ))}
              </Flex>
            )}
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Box />
          <Button variant={items.length > 0 && !busy ? 'default' : 'tertiary'} onClick={onClose}>
            {t(items.length > 0 ? 'common.done' : 'common.cancel')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
