import { IconButton, Menu } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import type { Version } from 'strapi-plugin-skills-shared/contracts';
import { assertOk } from '../../../http/skills-api';
import { useAuthorizedFetch } from '../../../http/use-authorized-fetch';
import { saveBlob } from '../../../ui/save-blob';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';

const formats = ['zip', 'tar.gz'] as const;

/** Downloads a version as an archive. */
export function DownloadMenu({ version, alias }: { version: Version; alias: string }) {
  const t = useT();
  const notify = useNotify();
  const fetch = useAuthorizedFetch();
  const download = async (format: (typeof formats)[number]) => {
    try {
      const response = await assertOk(await fetch(`/skills/versions/${version.id}/archive?format=${format}`));
      saveBlob(await response.blob(), `${alias}-${version.number}.${format}`);
    } catch (error) {
      notify.failure(error);
    }
  };
  return (
    <Menu.Root>
      <Menu.Trigger
        tag={IconButton}
        icon={<Download aria-hidden />}
        endIcon={null}
        label={t('versions.download', { number: version.number })}
        variant="ghost"
      />
      <Menu.Content popoverPlacement="bottom-end">
        {formats.map((format) => (
          <Menu.Item key={format} onSelect={() => download(format)}>
            .{format}
          </Menu.Item>
        ))}
      </Menu.Content>
    </Menu.Root>
  );
}
