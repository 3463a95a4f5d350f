import { Badge, Button, Flex, Typography } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { Environment } from 'strapi-plugin-skills-shared/contracts';
import { formatBytes } from '../../../ui/format';
import { TimeAgo } from '../../../ui/time-ago';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useRemoveEnvironmentImageMutation } from '../api';

/** What `$HOME` holds when a run begins: by which digest it is known on runs, how large it is, who made it and how. */
export function ImageFacts({ environment, editable }: { environment: Environment; editable: boolean }) {
  const t = useT();
  const { locale } = useIntl();
  const notify = useNotify();
  const [remove, { isLoading }] = useRemoveEnvironmentImageMutation();
  const { image, imageOutdated, skillId } = environment;
  if (!image) return <Typography textColor="neutral600">{t('environment.no-image')}</Typography>;
  const onRemove = async () => {
    const result = await remove(skillId);
    if ('error' in result) notify.failure(result.error);
    else notify.success(t('environment.image-removed'));
  };
  return (
    <Flex justifyContent="space-between" gap={3} wrap="wrap">
      <Flex direction="column" alignItems="flex-start" gap={1}>
        <Flex gap={2} wrap="wrap">
          <Typography tag="code" title={image.digest} style={{ fontFamily: 'ui-monospace, monospace' }}>
            {image.digest.slice(0, 12)}
          </Typography>
          <Typography>{formatBytes(image.size, locale)}</Typography>
          {imageOutdated && <Badge variant="warning">{t('environment.outdated')}</Badge>}
        </Flex>
        <Typography variant="pi" textColor="neutral600">
          {t(`environment.made-by.${image.madeBy}`, { name: image.createdBy.name })}{' '}
          <TimeAgo at={image.createdAt} />
        </Typography>
        {imageOutdated && (
          <Typography variant="pi" textColor="neutral600">
            {t('environment.outdated-why')}
          </Typography>
        )}
      </Flex>
      {editable && (
        <Button
          size="S"
          variant="danger-light"
          startIcon={<Trash />}
          loading={isLoading}
          onClick={() => void onRemove()}
        >
          {t('environment.remove-image')}
        </Button>
      )}
    </Flex>
  );
}
