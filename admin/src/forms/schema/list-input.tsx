import { Box, Button, Flex, IconButton, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { useT } from '../../ui/use-t';
import { fieldKey } from './field-errors';
import type { ListField } from './field-model';
import { Fieldset } from './fieldset';
import { useFormState } from './form-context';
import type { NestingProps } from './input-props';
import { isRecord } from './json-schema';
import { withDefaults } from './settings-values';

/** A list of objects: its fields for each, and a way to add and to take away. */
export function ListInput({ field, value, path, onChange, Fields }: NestingProps<ListField>) {
  const t = useT();
  const form = useFormState();
  const items: unknown[] = Array.isArray(value) ? value : [];
  const change = (to: unknown[]) =>
    onChange(to.length === 0 && !field.required && field.default === undefined ? undefined : to);
  const full = field.rules.maxItems !== undefined && items.length >= field.rules.maxItems;
  return (
    <Fieldset
      label={field.label}
      hint={field.hint}
      required={field.required}
      error={form.errors[fieldKey(path)]}
    >
      {items.map((item, index) => (
        <Box
          key={index}
          role="group"
          aria-label={t('schema-form.item', { number: index + 1 })}
          background="neutral100"
          hasRadius
          padding={4}
        >
          <Flex justifyContent="space-between" paddingBottom={3}>
            <Typography variant="sigma" textColor="neutral600">
              {t('schema-form.item', { number: index + 1 })}
            </Typography>
            <IconButton
              label={t('form.remove', { name: t('schema-form.item', { number: index + 1 }) })}
              disabled={form.disabled}
              onClick={() => change(items.filter((_, at) => at !== index))}
            >
              <Trash />
            </IconButton>
          </Flex>
          <Flex direction="column" alignItems="stretch" gap={4}>
            <Fields
              fields={field.item}
              value={isRecord(item) ? item : {}}
              at={[...path, index]}
              onChange={(to) => change(items.map((other, at) => (at === index ? to : other)))}
            />
          </Flex>
        </Box>
      ))}
      <Box>
        <Button
          size="S"
          variant="tertiary"
          startIcon={<Plus />}
          disabled={form.disabled || full}
          onClick={() => change([...items, withDefaults(field.item)])}
        >
          {t('schema-form.add-item')}
        </Button>
      </Box>
    </Fieldset>
  );
}
