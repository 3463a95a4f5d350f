import { Box, Button, Flex, IconButton, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { TextField } from '../../../../../forms/text-field';
import { useT } from '../../../../../ui/use-t';

interface Entry {
  key: string;
  value: string;
}

interface MetadataEditorProps {
  entries: readonly Entry[];
  disabled: boolean;
  onChange: (entries: Entry[]) => void;
}

/** The free `metadata` of the specification: keys with texts. */
export function MetadataEditor({ entries, disabled, onChange }: MetadataEditorProps) {
  const t = useT();
  const change = (index: number, changes: Partial<Entry>) =>
    onChange(entries.map((entry, at) => (at === index ? { ...entry, ...changes } : entry)));
  return (
    <Box tag="fieldset" borderColor="neutral200" hasRadius padding={4} minWidth={0}>
      <Typography tag="legend" variant="pi" fontWeight="bold" paddingLeft={1} paddingRight={1}>
        {t('frontmatter.metadata')}
      </Typography>
      <Flex direction="column" alignItems="stretch" gap={3}>
        {entries.map(({ key, value }, index) => (
          <Flex key={index} gap={2} alignItems="flex-end">
            <Box flex="1" minWidth={0}>
              <TextField
                name={`metadata.${index}.key`}
                label={t('frontmatter.metadata-key')}
                value={key}
                disabled={disabled}
                onChange={(next) => change(index, { key: next })}
              />
            </Box>
            <Box flex="2" minWidth={0}>
              <TextField
                name={`metadata.${index}.value`}
                label={t('frontmatter.metadata-value')}
                value={value}
                disabled={disabled}
                onChange={(next) => change(index, { value: next })}
              />
            </Box>
            <IconButton
              label={t('form.remove', { name: key })}
              disabled={disabled}
              onClick={() => onChange(entries.filter((_, at) => at !== index))}
            >
              <Trash />
            </IconButton>
          </Flex>
        ))}
        <Box>
          <Button
            size="S"
            variant="tertiary"
            startIcon={<Plus />}
            disabled={disabled}
            onClick={() => onChange([...entries, { key: '', value: '' }])}
          >
            {t('frontmatter.add-metadata')}
          </Button>
        </Box>
      </Flex>
    </Box>
  );
}
