import { Combobox, ComboboxOption, Field } from '@strapi/design-system';
import { Filters, useField } from '@strapi/strapi/admin';
import { useState } from 'react';
import type { RunExecution, RunStatus } from 'strapi-plugin-skills-shared/contracts';
import { kindChoices, useListSkillsQuery } from '../../skills';
import { choiceFilter, periodFilter } from '../../../ui/list-filter';
import type { FilterParameters } from '../../../ui/list-filters';
import { useT, type Translate } from '../../../ui/use-t';
import { useGetRunStartersQuery } from '../api';

export const runFilterParameters: FilterParameters = {
  'skill.$eq': 'skill',
  'kind.$eq': 'kind',
  'status.$eq': 'status',
  'startedBy.$eq': 'startedBy',
  'origin.$eq': 'origin',
  'execution.$eq': 'execution',
  'createdAt.$gte': 'from',
  'createdAt.$lte': 'to',
};

const executions: readonly RunExecution[] = ['agent', 'sandbox', 'provider', 'hosted'];
const statuses: readonly RunStatus[] = ['queued', 'running', 'waiting', 'completed', 'failed', 'cancelled'];

/** A skill, found by typing: there may be a hundred thousand. */
function SkillInput({ name, 'aria-label': label }: Filters.ValueInputProps) {
  const t = useT();
  const field = useField<string>(name);
  const [typed, setTyped] = useState('');
  const { data, isFetching } = useListSkillsQuery({ _q: typed, pageSize: 20, sort: 'name' });
  return (
    <Field.Root name={name}>
      <Combobox
        aria-label={label}
        autocomplete="none"
        noOptionsMessage={() => t(isFetching ? 'common.loading' : 'skills.none-found')}
        value={field.value ?? ''}
        onChange={(value: string | undefined) => field.onChange(name, value ?? '')}
        onInputChange={(event) => setTyped(event.target.value)}
        onClear={() => {
          setTyped('');
          field.onChange(name, '');
        }}
      >
        {(data?.data ?? []).map((skill) => (
          <ComboboxOption key={skill.id} value={skill.alias}>
            {skill.name === skill.alias ? skill.name : `${skill.name} (${skill.alias})`}
          </ComboboxOption>
        ))}
      </Combobox>
    </Field.Root>
  );
}

function useRunFilters(t: Translate): Filters.Filter[] {
  const { data: starters = [] } = useGetRunStartersQuery();
  const people = starters.flatMap(({ id, name, type }) =>
    id === null ? [] : [{ value: id, label: name || t(`actor.${type}`) }],
  );
  return [
    choiceFilter(
      t,
      'status',
      t('run.status'),
      statuses.map((status) => ({ value: status, label: t(`run.status.${status}`) })),
    ),
    {
      name: 'skill',
      label: t('run.skill'),
      type: 'custom',
      input: SkillInput,
      operators: [{ label: t('filter.is'), value: '$eq' }],
    },
    choiceFilter(t, 'kind', t('skill.kind'), kindChoices(t)),
    ...(people.length > 0 ? [choiceFilter(t, 'startedBy', t('run.started-by'), people)] : []),
    choiceFilter(t, 'origin', t('run.origin'), [
      { value: 'panel', label: t('run.origin.panel') },
      { value: 'api', label: t('run.origin.api') },
      { value: 'command', label: t('run.origin.command') },
    ]),
    choiceFilter(
      t,
      'execution',
      t('run.execution'),
      executions.map((value) => ({ value, label: t(`run.execution.${value}`) })),
    ),
    periodFilter(t, 'createdAt', t('run.created')),
  ];
}

/** What the list of runs is narrowed by: skill, kind, status, who, from where, and when. */
export function RunFilters() {
  const t = useT();
  return (
    <Filters.Root options={useRunFilters(t)}>
      <Filters.Trigger />
      <Filters.Popover zIndex={499} />
      <Filters.List />
    </Filters.Root>
  );
}
