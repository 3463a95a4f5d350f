import { useRef, useState } from 'react';
import { Button, Flex, Modal, Typography } from '@strapi/design-system';
import { Upload } from '@strapi/icons';
import type { ImportResult } from 'strapi-plugin-skills-shared/contracts';
import { FindingList } from '../../../ui/finding-list';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useUploadVersionMutation } from '../api';

/** Uploads a bundle as a new version. What came of it is shown when there is anything to say beyond that it worked. */
export function UploadVersion({ skillId }: { skillId: string }) {
  const t = useT();
  const notify = useNotify();
  const input = useRef<HTMLInputElement>(null);
  const [upload, { isLoading }] = useUploadVersionMutation();
  const [result, setResult] = useState<ImportResult>();

  const send = async (file: File) => {
    const form = new FormData();
    form.append('file', file);
    const answer = await upload({ skillId, form });
    if ('error' in answer) return notify.failure(answer.error);
    const { outcome, versionNumber, findings, error } = answer.data;
    if (outcome === 'unchanged') notify.success(t('versions.unchanged'));
    else if (!error) notify.success(t('versions.uploaded', { number: versionNumber ?? 0 }));
    if (findings.length > 0 || error) setResult(answer.data);
  };

  return (
    <>
      <Button
        variant="secondary"
        startIcon={<Upload />}
        loading={isLoading}
        onClick={() => input.current?.click()}
      >
        {t('versions.upload')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".zip,.skill,.gz,.tgz"
        aria-label={t('versions.upload')}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) void send(file);
          target.value = '';
        }}
      />
      {result && (
        <Modal.Root open onOpenChange={(open) => !open && setResult(undefined)}>
          <Modal.Content>
            <Modal.Header closeLabel={t('common.close')}>
              <Modal.Title>{t('versions.upload-result')}</Modal.Title>
            </Modal.Header>
            <Modal.Body>
              <Flex direction="column" alignItems="stretch" gap={4}>
                {result.error && (
                  <Typography textColor="danger600" role="alert" style={{ overflowWrap: 'anywhere' }}>
                    {result.error.message}
                    {result.error.path && ` (${result.error.path})`}
                  </Typography>
                )}
                <FindingList findings={result.findings} />
              </Flex>
            </Modal.Body>
            <Modal.Footer>
              <span />
              <Button onClick={() => setResult(undefined)}>{t('common.done')}</Button>
            </Modal.Footer>
          </Modal.Content>
        </Modal.Root>
      )}
    </>
  );
}
