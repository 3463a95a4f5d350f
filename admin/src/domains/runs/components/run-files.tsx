import { useState } from 'react';
import { Accordion, Box, Button, Flex, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { RunFile } from 'strapi-plugin-skills-shared/contracts';
import { assertOk, escapePath } from '../../../http/skills-api';
import { useAuthorizedFetch } from '../../../http/use-authorized-fetch';
import { FilePreview } from '../../../ui/file-preview';
import { formatBytes } from '../../../ui/format';
import { saveBlob } from '../../../ui/save-blob';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';

interface RunFilesProps {
  runId: string;
  /** Where they lie below the run. */
  place: 'artifacts' | 'input-files';
  files: readonly RunFile[];
}

/** Files of a run, each with a preview that is loaded when it is opened. The first is open. */
export function RunFiles({ runId, place, files }: RunFilesProps) {
  const t = useT();
  const [open, setOpen] = useState<string>();
  // Of those that come later, none closes what is read.
  if (open === undefined && files[0]) setOpen(files[0].name);
  if (files.length === 0) {
    return (
      <Typography textColor="neutral600">
        {t(place === 'artifacts' ? 'artifacts.none' : 'run.no-input-files')}
      </Typography>
    );
  }
  return (
    <Accordion.Root value={open ?? ''} onValueChange={(value) => setOpen(String(value))} collapsible>
      {files.map((file) => (
        <Accordion.Item key={file.name} value={file.name} data-artifact={file.name}>
          <Accordion.Header>
            <Accordion.Trigger>
              <span style={{ overflowWrap: 'anywhere' }}>{file.name}</span>
            </Accordion.Trigger>
          </Accordion.Header>
          <Accordion.Content>
            {open === file.name && <OpenFile runId={runId} place={place} file={file} />}
          </Accordion.Content>
        </Accordion.Item>
      ))}
    </Accordion.Root>
  );
}

interface OpenFileProps {
  runId: string;
  place: 'artifacts' | 'input-files';
  file: RunFile;
  /** Whether its name is shown: where it does not stand above already. */
  named?: boolean;
}

/** A file with what it is, a way to download it, and its preview. */
export function OpenFile({ runId, place, file, named = false }: OpenFileProps) {
  const t = useT();
  const { locale } = useIntl();
  const notify = useNotify();
  const fetch = useAuthorizedFetch();
  const load = async () =>
    (await assertOk(await fetch(`/skills/runs/${runId}/${place}/${escapePath(file.name)}`))).blob();
  const download = () =>
    load()
      .then((blob) => saveBlob(blob, file.name.slice(file.name.lastIndexOf('/') + 1)))
      .catch(notify.failure);
  return (
    <Box padding={4}>
      <Flex gap={3} paddingBottom={4} wrap="wrap">
        {named && (
          <Typography fontWeight="semiBold" style={{ overflowWrap: 'anywhere' }}>
            {file.name}
          </Typography>
        )}
        <Typography variant="pi" textColor="neutral600">
          {file.mime} · {formatBytes(file.size, locale)}
        </Typography>
        <Typography variant="pi" textColor="neutral500" title={file.digest}>
          SHA-256 {file.digest.slice(0, 12)}…
        </Typography>
        <Button size="S" variant="tertiary" startIcon={<Download />} onClick={download}>
          {t('common.download')}
        </Button>
      </Flex>
      <FilePreview name={file.name} mime={file.mime} size={file.size} digest={file.digest} load={load} />
    </Box>
  );
}
