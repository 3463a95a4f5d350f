import { Box, Typography } from '@strapi/design-system';
import { TagsField } from '../../../forms/tags-field';
import { useT } from '../../../ui/use-t';

interface HostsFieldProps {
  hosts: readonly string[];
  /** Whether the role may open hosts. */
  mayOpen: boolean;
  /** Whether the server's configuration lets them be opened. */
  hostsAllowed: boolean;
  disabled: boolean;
  error: string | undefined;
  onChange: (hosts: string[]) => void;
}

/** Where sandboxes of the skill may reach to; who may say so is a permission of its own. */
export function HostsField({ hosts, mayOpen, hostsAllowed, disabled, error, onChange }: HostsFieldProps) {
  const t = useT();
  return (
    <>
      {!hostsAllowed && (
        <Box
          role="note"
          background="warning100"
          borderColor="warning200"
          hasRadius
          padding={3}
          marginBottom={3}
        >
          <Typography textColor="neutral800">{t('environment.hosts-off')}</Typography>
        </Box>
      )}
      {hosts.length === 0 && (
        <Typography tag="p" textColor="neutral600" paddingBottom={2}>
          {t('environment.no-hosts')}
        </Typography>
      )}
      <TagsField
        name="allowedHosts"
        label={t('environment.hosts')}
        hint={t(mayOpen ? 'environment.hosts-hint' : 'environment.hosts-denied')}
        values={hosts}
        error={error}
        disabled={disabled || !mayOpen}
        placeholder="pypi.org, *.example.com:8443"
        onChange={onChange}
      />
    </>
  );
}
