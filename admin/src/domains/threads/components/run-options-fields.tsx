import { useId, useState } from 'react';
import { Box, Field, Flex, Grid, MultiSelect, MultiSelectOption, TextButton } from '@strapi/design-system';
import { ChevronDown, ChevronRight } from '@strapi/icons';
import { TagsField } from '../../../forms/tags-field';
import { TextField } from '../../../forms/text-field';
import type { ApiFailure } from '../../../http/api-failure';
import { useT } from '../../../ui/use-t';
import { useListSkillsQuery, useWorkspace } from '../../skills';
import { FilePicker } from './file-picker';
import { budgetFields, countOptions, wrongBudgets, type RunOptions } from './run-options';

interface RunOptionsFieldsProps {
  options: RunOptions;
  onChange: (change: Partial<RunOptions>) => void;
  files: readonly File[];
  onFiles: (files: readonly File[]) => void;
  failure: ApiFailure | undefined;
}

/** What an agent's run can be given beside its prompt: closed until somebody wants it. */
export function RunOptionsFields({ options, onChange, files, onFiles, failure }: RunOptionsFieldsProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const id = useId();
  const at = failure?.details?.path?.[0];
  const faultOf = (field: string) => (at === field ? failure?.message : undefined);
  const count = options.skills.length + countOptions(options) + files.length;
  const faulty = ['skills', 'budget', 'approval', 'files'].some((field) => at === field);
  const shown = open || faulty;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Box>
        <TextButton
          type="button"
          aria-expanded={shown}
          aria-controls={id}
          startIcon={shown ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
          onClick={() => setOpen(!shown)}
        >
          {count === 0 ? t('tester.options') : t('tester.options-count', { count })}
        </TextButton>
      </Box>
      <div id={id} hidden={!shown}>
        {shown && (
          <Flex direction="column" alignItems="stretch" gap={4}>
            <FurtherSkills
              values={options.skills}
              error={faultOf('skills')}
              onChange={(skills) => onChange({ skills })}
            />
            <FilePicker files={files} error={faultOf('files')} onChange={onFiles} />
            <TagsField
              name="approval"
              label={t('tester.approval')}
              hint={t('tester.approval-hint')}
              placeholder={t('tester.approval-placeholder')}
              values={options.approval}
              error={faultOf('approval')}
              onChange={(approval) => onChange({ approval })}
            />
            <Budget options={options} error={faultOf('budget')} onChange={onChange} />
          </Flex>
        )}
      </div>
    </Flex>
  );
}

interface FurtherSkillsProps {
  values: readonly string[];
  error: string | undefined;
  onChange: (skills: string[]) => void;
}

/** Other skills that the agent may load and call. */
function FurtherSkills({ values, error, onChange }: FurtherSkillsProps) {
  const t = useT();
  const { skill } = useWorkspace();
  const { data } = useListSkillsQuery({ pageSize: 100, sort: 'name:asc' });
  const known = (data?.data ?? []).filter(({ id }) => id !== skill.id);
  const gone = values.filter((alias) => known.every((other) => other.alias !== alias));
  const choices = [
    ...known.map(({ alias, name }) => ({ alias, label: name === alias ? name : `${name} (${alias})` })),
    ...gone.map((alias) => ({ alias, label: alias })),
  ];
  return (
    <Field.Root name="skills" error={error} hint={t('tester.skills-hint')}>
      <Field.Label>{t('tester.skills')}</Field.Label>
      <MultiSelect
        withTags
        value={[...values]}
        placeholder={t('tester.skills-none')}
        onChange={onChange}
        onClear={() => onChange([])}
      >
        {choices.map(({ alias, label }) => (
          <MultiSelectOption key={alias} value={alias}>
            {label}
          </MultiSelectOption>
        ))}
      </MultiSelect>
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}

interface BudgetProps {
  options: RunOptions;
  error: string | undefined;
  onChange: (change: Partial<RunOptions>) => void;
}

/** What the run may take at most; left empty, the server's own limits hold. */
function Budget({ options, error, onChange }: BudgetProps) {
  const t = useT();
  const { budget } = options;
  const wrong = wrongBudgets(options);
  return (
    <Box role="group" aria-label={t('tester.budget')}>
      <Grid.Root gap={3} style={{ alignItems: 'start' }}>
        {budgetFields.map((field) => (
          <Grid.Item key={field} col={3} s={6} xs={6} direction="column" alignItems="stretch">
            <TextField
              name={`budget-${field}`}
              label={t(`tester.budget.${field}`)}
              value={budget[field]}
              placeholder={t('tester.budget-default')}
              error={wrong.includes(field) ? t('tester.budget-wrong') : undefined}
              onChange={(value) => onChange({ budget: { ...budget, [field]: value } })}
            />
          </Grid.Item>
        ))}
      </Grid.Root>
      {error && (
        <Field.Root error={error}>
          <Field.Error />
        </Field.Root>
      )}
    </Box>
  );
}
