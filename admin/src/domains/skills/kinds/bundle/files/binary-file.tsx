import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { VersionFile } from 'strapi-plugin-skills-shared/contracts';
import { FilePreview } from '../../../../../ui/file-preview';
import { formatBytes } from '../../../../../ui/format';
import { saveBlob } from '../../../../../ui/save-blob';
import { useNotify } from '../../../../../ui/use-notify';
import { useT } from '../../../../../ui/use-t';
import { useWorkspace } from '../../../workspace/workspace-context';
import { nameOf } from './file-tree';
import { useLoadFile } from './use-file-content';

/** A file that is not edited here: looked at, where it can be, and downloaded. */
export function BinaryFile({ file }: { file: VersionFile }) {
  const t = useT();
  const { locale } = useIntl();
  const notify = useNotify();
  const { content } = useWorkspace();
  const loadFile = useLoadFile(content.id);
  const load = () => loadFile(file.path);
  const download = () =>
    load()
      .then((blob) => saveBlob(blob, nameOf(file.path)))
      .catch(notify.failure);
  return (
    <Box padding={4} overflow="auto" height="100%">
      <Flex gap={4} paddingBottom={4} wrap="wrap">
        <Typography textColor="neutral600">{formatBytes(file.size, locale)}</Typography>
        <Button size="S" variant="tertiary" startIcon={<Download />} onClick={download}>
          {t('common.download')}
        </Button>
      </Flex>
      <FilePreview name={file.path} size={file.size} digest={file.digest} load={load} />
    </Box>
  );
}
