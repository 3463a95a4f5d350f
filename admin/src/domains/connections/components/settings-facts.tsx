import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import { Flex, Typography } from '@strapi/design-system';
import { SecretStored } from '../../../forms/schema';
import { useT } from '../../../ui/use-t';

interface SettingsFactsProps {
  connection: Connection;
  /** The adapter is there, but this role may not see it. */
  hidden: boolean;
}

/** Settings as they are stored, where there is no schema to draw a form from: the adapter is gone, or the role may not see it. */
export function SettingsFacts({ connection, hidden }: SettingsFactsProps) {
  const t = useT();
  const settings = Object.entries(connection.settings);
  const secrets = Object.entries(connection.secrets);
  if (settings.length === 0 && secrets.length === 0) {
    return <Typography textColor="neutral600">{t('schema-form.nothing')}</Typography>;
  }
  const told = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {hidden && (
        <Typography variant="pi" textColor="neutral600">
          {t('connection.settings-hidden')}
        </Typography>
      )}
      <Flex tag="dl" direction="column" alignItems="stretch" gap={4}>
        {settings.map(([name, value]) => (
          <Flex key={name} direction="column" alignItems="stretch" gap={1}>
            <Typography tag="dt" variant="pi" fontWeight="bold">
              {name}
            </Typography>
            <Typography tag="dd" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
              {told(value)}
            </Typography>
          </Flex>
        ))}
        {secrets.map(([name, state]) => (
          <Flex key={name} direction="column" alignItems="stretch" gap={1}>
            <Typography tag="dt" variant="pi" fontWeight="bold">
              {name}
            </Typography>
            <dd>
              <SecretStored state={state} />
            </dd>
          </Flex>
        ))}
      </Flex>
    </Flex>
  );
}
