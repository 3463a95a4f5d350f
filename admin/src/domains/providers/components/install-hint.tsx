import { Box, Flex, IconButton, Typography } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useClipboard } from '@strapi/strapi/admin';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';

const commands = [
  'npm install strapi-provider-skills-openai',
  'npm install strapi-provider-skills-anthropic',
] as const;

/** How a provider comes into this Strapi: a package, and a restart. */
export function InstallHint() {
  const t = useT();
  return (
    <Flex direction="column" alignItems="stretch" gap={3} width="100%" maxWidth="56rem">
      <Typography textColor="neutral600">{t('providers.install')}</Typography>
      {commands.map((command) => (
        <CopyableCommand key={command} command={command} />
      ))}
      <Typography textColor="neutral600">{t('providers.install-restart')}</Typography>
    </Flex>
  );
}

function CopyableCommand({ command }: { command: string }) {
  const t = useT();
  const notify = useNotify();
  const { copy } = useClipboard();
  const onCopy = async () => {
    if (await copy(command)) notify.success(t('providers.copied'));
    else notify.failure(new Error(t('providers.not-copied')));
  };
  return (
    <Flex
      background="neutral100"
      borderColor="neutral200"
      hasRadius
      paddingLeft={4}
      paddingRight={2}
      paddingTop={2}
      paddingBottom={2}
      gap={2}
      justifyContent="space-between"
    >
      <Box overflow="auto" minWidth={0}>
        <Typography tag="code" style={{ fontFamily: 'monospace', whiteSpace: 'nowrap' }}>
          {command}
        </Typography>
      </Box>
      <IconButton label={t('providers.copy', { command })} variant="ghost" onClick={onCopy}>
        <Duplicate />
      </IconButton>
    </Flex>
  );
}
