import { useDeferredValue } from 'react';
import { Flex } from '@strapi/design-system';
import { SwitchField } from '../../../forms/switch-field';
import { TextField } from '../../../forms/text-field';
import { useT } from '../../../ui/use-t';
import { useGetConnectionAliasExistsQuery } from '../api';
import type { ConnectionDraft } from './connection-form';

interface ConnectionFieldsProps {
  draft: Pick<ConnectionDraft, 'name' | 'alias' | 'active'>;
  disabled: boolean;
  onChange: (values: Partial<ConnectionDraft>) => void;
  /** What the server, or an attempt, found wrong with a field. */
  faultOf: (field: 'name' | 'alias') => string | undefined;
  /** The connection that is edited, whose own alias is not taken. */
  id?: string;
}

/** The rule of the contract (`connectionAliasSchema`), whose values do not belong in the panel. */
const aliasRule = /^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/;

/** What every connection has, whatever its provider: name, alias, and whether it is in use. */
export function ConnectionFields({ draft, disabled, onChange, faultOf, id }: ConnectionFieldsProps) {
  const t = useT();
  const asked = useDeferredValue(draft.alias);
  const wellFormed = aliasRule.test(asked);
  // Of the alias that was asked about, and of no earlier one.
  const { currentData: taken } = useGetConnectionAliasExistsQuery(
    { alias: asked, except: id },
    { skip: disabled || !wellFormed },
  );
  const isTaken = taken === true && asked === draft.alias;
  const malformed = draft.alias !== '' && !aliasRule.test(draft.alias);
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      <TextField
        name="name"
        label={t('connection.name')}
        required
        value={draft.name}
        error={faultOf('name')}
        disabled={disabled}
        maxLength={255}
        onChange={(name) => onChange({ name })}
      />
      <TextField
        name="alias"
        label={t('connection.alias')}
        hint={t(id === undefined ? 'connection.alias-hint-new' : 'connection.alias-hint')}
        value={draft.alias}
        error={
          faultOf('alias') ??
          (malformed ? t('connection.alias-malformed') : isTaken ? t('connection.alias-taken') : undefined)
        }
        disabled={disabled}
        maxLength={100}
        onChange={(alias) => onChange({ alias })}
      />
      <SwitchField
        name="active"
        label={t('connection.active')}
        hint={t('connection.active-hint')}
        checked={draft.active}
        disabled={disabled}
        onChange={(active) => onChange({ active })}
      />
    </Flex>
  );
}
