import { useState } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { Version } from 'strapi-plugin-skills-shared/contracts';
import { ChoiceField } from '../../../../../forms/choice-field';
import { Failed } from '../../../../../ui/failed';
import { Loading } from '../../../../../ui/loading';
import { Panel } from '../../../../../ui/panel';
import { useT, type MessageKey, type Translate } from '../../../../../ui/use-t';
import { CheckoutButton, useGetVersionQuery, useListVersionsQuery } from '../../../../versions';
import { useWorkspace } from '../../../workspace/workspace-context';
import { settingChanges, settingText } from './setting-changes';

const Grid = styled.table`
  width: 100%;
  border-collapse: collapse;
  font-size: 1.4rem;
  color: ${({ theme }) => theme.colors.neutral800};
  th,
  td {
    padding: 0.8rem 1.2rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    text-align: left;
    vertical-align: top;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  thead th {
    background: ${({ theme }) => theme.colors.neutral100};
    font-weight: 600;
  }
`;

function labelOf(t: Translate, { number, isCurrent, isPublished }: Version): string {
  const marks = [
    ...(isCurrent ? [t('versions.is-current')] : []),
    ...(isPublished ? [t('versions.is-published')] : []),
  ];
  const name = t('version.number', { number });
  return marks.length > 0 ? `${name} (${marks.join(', ')})` : name;
}

const names: Record<string, MessageKey> = {
  description: 'skill.description',
  connection: 'skill.connection',
  provider: 'info.provider',
  skillType: 'skill.type',
};

/** A field in the words of the panel; a setting by its place in the settings. */
function fieldName(t: Translate, field: string): string {
  const key = names[field];
  return key ? t(key) : field.replace(/^settings\./, '');
}

/** Compares two versions field by field, and rolls back to the earlier. */
export function VersionDiff() {
  const t = useT();
  const { skill, editable } = useWorkspace();
  const [chosenBefore, setBefore] = useState<string>();
  const [chosenAfter, setAfter] = useState<string>();
  const { data, error, refetch } = useListVersionsQuery({ skillId: skill.id, page: 1, pageSize: 100 });
  const versions = data?.data ?? [];
  const after = versions.find(({ id }) => id === chosenAfter) ?? versions.find(({ isCurrent }) => isCurrent);
  const before =
    versions.find(({ id }) => id === chosenBefore) ??
    versions.find(({ id }) => id === after?.parentId) ??
    versions.find(({ id }) => id !== after?.id);
  const choices = versions.map((version) => ({ value: version.id, label: labelOf(t, version) }));
  return (
    <Panel title={t('diff.title')}>
      {error && !data ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : !before || !after ? (
        <Typography textColor="neutral600">{t('diff.only-one')}</Typography>
      ) : (
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Flex gap={4} wrap="wrap" alignItems="flex-end">
            <Box minWidth="20rem" flex="1">
              <ChoiceField
                name="before"
                label={t('diff.before')}
                value={before.id}
                choices={choices}
                onChange={setBefore}
              />
            </Box>
            <Box minWidth="20rem" flex="1">
              <ChoiceField
                name="after"
                label={t('diff.after')}
                value={after.id}
                choices={choices}
                onChange={setAfter}
              />
            </Box>
            {editable && !before.isCurrent && <CheckoutButton version={before} skill={skill} />}
          </Flex>
          <Changes before={before} after={after} />
        </Flex>
      )}
    </Panel>
  );
}

function Changes({ before, after }: { before: Version; after: Version }) {
  const t = useT();
  const old = useGetVersionQuery(before.id);
  const now = useGetVersionQuery(after.id);
  const error = old.error ?? now.error;
  if (error) return <Failed error={error} onRetry={() => void Promise.all([old.refetch(), now.refetch()])} />;
  if (!old.currentData || !now.currentData) return <Loading />;
  const changes = settingChanges(old.currentData, now.currentData);
  if (changes.length === 0) return <Typography textColor="neutral600">{t('diff.none')}</Typography>;
  return (
    <Box overflow="auto" tabIndex={0} role="region" aria-label={t('diff.title')}>
      <Grid>
        <thead>
          <tr>
            <th scope="col">{t('diff.field')}</th>
            <th scope="col">{t('version.number', { number: before.number })}</th>
            <th scope="col">{t('version.number', { number: after.number })}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, before: was, after: is }) => (
            <tr key={field} data-field={field}>
              <th scope="row">{fieldName(t, field)}</th>
              <td>{settingText(was)}</td>
              <td>{settingText(is)}</td>
            </tr>
          ))}
        </tbody>
      </Grid>
    </Box>
  );
}
