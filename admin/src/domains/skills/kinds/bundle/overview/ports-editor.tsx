import { Box, Button, Flex, Grid, IconButton, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import type { Port, PortType } from 'strapi-plugin-skills-shared/contracts';
import { ChoiceField } from '../../../../../forms/choice-field';
import { SwitchField } from '../../../../../forms/switch-field';
import { TextField } from '../../../../../forms/text-field';
import { useT } from '../../../../../ui/use-t';

/** The types that a port may have; the contract's list is a value, and values of contracts do not belong in the panel. */
const types: readonly PortType[] = [
  'string',
  'text',
  'number',
  'integer',
  'boolean',
  'object',
  'array',
  'json',
  'file',
];

interface PortsEditorProps {
  kind: 'inputs' | 'outputs';
  ports: readonly Port[];
  disabled: boolean;
  onChange: (ports: Port[]) => void;
}

/** The declared inputs or outputs: a row each. What a row does not show of a port (default, choices, MIME type) is kept. */
export function PortsEditor({ kind, ports, disabled, onChange }: PortsEditorProps) {
  const t = useT();
  const change = (index: number, changes: Partial<Port>) =>
    onChange(ports.map((port, at) => (at === index ? { ...port, ...changes } : port)));
  return (
    <Box tag="fieldset" borderColor="neutral200" hasRadius padding={4} minWidth={0}>
      <Typography tag="legend" variant="pi" fontWeight="bold" paddingLeft={1} paddingRight={1}>
        {t(`frontmatter.${kind}`)}
      </Typography>
      <Flex direction="column" alignItems="stretch" gap={4}>
        {ports.map((port, index) => (
          <Grid.Root key={index} gap={3} data-port={kind}>
            <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch">
              <TextField
                name={`${kind}.${index}.name`}
                label={t('port.name')}
                value={port.name ?? ''}
                disabled={disabled}
                onChange={(name) => change(index, { name })}
              />
            </Grid.Item>
            <Grid.Item col={3} s={12} xs={12} direction="column" alignItems="stretch">
              <ChoiceField
                name={`${kind}.${index}.type`}
                label={t('port.type')}
                value={port.type}
                disabled={disabled}
                choices={types.map((type) => ({ value: type, label: t(`port.type.${type}`) }))}
                onChange={(type) => change(index, { type })}
              />
            </Grid.Item>
            <Grid.Item col={4} s={9} xs={9} direction="column" alignItems="stretch">
              <SwitchField
                name={`${kind}.${index}.required`}
                label={t('port.required')}
                checked={port.required ?? false}
                disabled={disabled}
                onChange={(required) => change(index, { required })}
              />
            </Grid.Item>
            <Grid.Item col={1} s={3} xs={3} alignItems="flex-end" justifyContent="flex-end">
              <IconButton
                label={t('form.remove', { name: port.name ?? String(index + 1) })}
                disabled={disabled}
                onClick={() => onChange(ports.filter((_, at) => at !== index))}
              >
                <Trash />
              </IconButton>
            </Grid.Item>
            <Grid.Item col={12} direction="column" alignItems="stretch">
              <TextField
                name={`${kind}.${index}.description`}
                label={t('port.description')}
                value={port.description ?? ''}
                disabled={disabled}
                onChange={(description) =>
                  change(index, { description: description === '' ? undefined : description })
                }
              />
            </Grid.Item>
          </Grid.Root>
        ))}
        <Box>
          <Button
            size="S"
            variant="tertiary"
            startIcon={<Plus />}
            disabled={disabled}
            onClick={() => onChange([...ports, { name: '', type: 'string' }])}
          >
            {t(`frontmatter.add-${kind}`)}
          </Button>
        </Box>
      </Flex>
    </Box>
  );
}
