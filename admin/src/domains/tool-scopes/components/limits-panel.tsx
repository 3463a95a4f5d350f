import { useState } from 'react';
import type { ToolScope } from 'strapi-plugin-skills-shared/contracts';
import { Flex, Searchbar, Typography } from '@strapi/design-system';
import { useAllowed } from '../../../http/allowed';
import { Failed } from '../../../ui/failed';
import { Loading } from '../../../ui/loading';
import { Panel } from '../../../ui/panel';
import { useT } from '../../../ui/use-t';
import { useListScopeLimitsQuery } from '../api';
import { LimitEditor } from './limit-editor';

/** From so many on, a list is easier searched than read. */
const worthSearching = 10;

/** What API tokens and roles are limited to. */
export function LimitsPanel({ scopes }: { scopes: readonly ToolScope[] }) {
  const t = useT();
  const allowed = useAllowed();
  const {
    data: limits,
    error,
    refetch,
  } = useListScopeLimitsQuery(undefined, {
    refetchOnMountOrArgChange: true,
  });
  const [words, setWords] = useState('');
  const found = (limits ?? []).filter(({ subject }) =>
    subject.name.toLowerCase().includes(words.trim().toLowerCase()),
  );
  return (
    <Panel title={t('scopes.limits')}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Typography textColor="neutral600">{t('scopes.limits-what')}</Typography>
        {limits && limits.length > worthSearching && (
          <Searchbar
            name="search-limits"
            value={words}
            placeholder={t('scopes.search')}
            clearLabel={t('scopes.search-clear')}
            onClear={() => setWords('')}
            onChange={(event) => setWords(event.target.value)}
          >
            {t('scopes.search')}
          </Searchbar>
        )}
        {error && !limits ? (
          <Failed error={error} onRetry={refetch} />
        ) : !limits ? (
          <Loading />
        ) : found.length === 0 ? (
          <Typography textColor="neutral600">
            {t(limits.length === 0 ? 'scopes.no-subjects' : 'scopes.none-found')}
          </Typography>
        ) : (
          <Flex tag="ul" direction="column" alignItems="stretch">
            {found.map((limit) => (
              <LimitEditor
                key={`${limit.subject.type}:${limit.subject.id}`}
                limit={limit}
                scopes={scopes}
                editable={allowed.updateScopeLimits}
              />
            ))}
          </Flex>
        )}
      </Flex>
    </Panel>
  );
}
