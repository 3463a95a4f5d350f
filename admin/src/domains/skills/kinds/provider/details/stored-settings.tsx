import { Flex, Typography } from '@strapi/design-system';
import type { SettingsValue } from '../../../../../forms/schema';
import { JsonBlock } from '../../../../../ui/text-block';
import { useT } from '../../../../../ui/use-t';

/** Settings as they are stored, where there is nobody to say what they mean. */
export function StoredSettings({ settings }: { settings: SettingsValue }) {
  const t = useT();
  if (Object.keys(settings).length === 0)
    return <Typography textColor="neutral600">{t('provider-skill.no-settings')}</Typography>;
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Typography variant="sigma" textColor="neutral600">
        {t('provider-skill.stored-settings')}
      </Typography>
      <JsonBlock value={settings} label={t('provider-skill.stored-settings')} />
    </Flex>
  );
}
