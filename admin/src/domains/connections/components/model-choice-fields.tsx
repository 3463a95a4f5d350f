import { Grid } from '@strapi/design-system';
import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import { ChoiceField } from '../../../forms/choice-field';
import type { ApiFailure } from '../../../http/api-failure';
import { useT } from '../../../ui/use-t';
import { ModelField } from './model-field';
import type { ModelChoice } from './use-chat-connections';

/** Stands for no connection in the list: its empty value means that nothing is chosen. */
const none = 'none';

interface ModelChoiceFieldsProps {
  connections: readonly Pick<Connection, 'id' | 'name'>[];
  value: ModelChoice;
  onChange: (choice: ModelChoice) => void;
  /** What choosing no connection means, where that can be chosen. */
  noneLabel?: string;
  /** What the last request failed with; `path` says which of its fields are these. */
  failure?: ApiFailure;
  path?: readonly string[];
  /** One below the other, where there is little room. */
  stacked?: boolean;
  disabled?: boolean;
}

/** A connection, and a model of it. A connection is asked for its models when it is chosen, and not before. */
export function ModelChoiceFields(props: ModelChoiceFieldsProps) {
  const { connections, value, onChange, noneLabel, failure, path = [], stacked, disabled } = props;
  const t = useT();
  const at = failure?.details?.path?.join('/');
  const faultOf = (field: string) => (at === [...path, field].join('/') ? failure?.message : undefined);
  const width = stacked ? 12 : 6;
  return (
    <Grid.Root gap={4} style={{ alignItems: 'start' }}>
      <Grid.Item col={width} s={12} xs={12} direction="column" alignItems="stretch" minWidth={0}>
        <ChoiceField
          name="connection"
          label={t('run.connection')}
          value={value.connection === '' ? (noneLabel === undefined ? null : none) : value.connection}
          error={faultOf('connection')}
          disabled={disabled}
          choices={[
            ...(noneLabel === undefined ? [] : [{ value: none, label: noneLabel }]),
            ...connections.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(id) => onChange({ connection: id === none ? '' : id, model: '' })}
        />
      </Grid.Item>
      {value.connection !== '' && (
        <Grid.Item col={width} s={12} xs={12} direction="column" alignItems="stretch" minWidth={0}>
          <ModelField
            key={value.connection}
            connection={value.connection}
            value={value.model}
            error={faultOf('model')}
            disabled={disabled}
            onChange={(model) => onChange({ ...value, model })}
          />
        </Grid.Item>
      )}
    </Grid.Root>
  );
}
