import {
  Badge,
  Box,
  Button,
  Flex,
  Loader,
  ProgressBar,
  Typography,
  type BadgeProps,
} from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import type {
  ImportConflictChoice,
  ImportOutcome,
  ImportResult,
} from 'strapi-plugin-skills-shared/contracts';
import { NavLink } from 'react-router-dom';
import { useT } from '../../../ui/use-t';
import { FindingList } from '../../../ui/finding-list';
import type { ImportItem } from './use-import';

const looks: Record<ImportOutcome, BadgeProps['variant']> = {
  created: 'success',
  'new-version': 'success',
  unchanged: 'neutral',
  skipped: 'neutral',
  conflict: 'warning',
  refused: 'danger',
};

interface ImportItemRowProps {
  item: ImportItem;
  mayUpdate: boolean;
  onResolve: (item: ImportItem, choice: ImportConflictChoice) => void;
  onRetry: (item: ImportItem) => void;
}

/** One upload: how far it is, then what became of each skill in it. */
export function ImportItemRow({ item, mayUpdate, onResolve, onRetry }: ImportItemRowProps) {
  const t = useT();
  const conflicts = item.state === 'done' && item.results.some(({ outcome }) => outcome === 'conflict');
  const choices: ImportConflictChoice[] = mayUpdate
    ? ['new-version', 'new-skill', 'skip']
    : ['new-skill', 'skip'];
  return (
    <Box tag="li" padding={4} hasRadius borderColor="neutral200">
      <Flex justifyContent="space-between" gap={3} wrap="wrap">
        <Typography fontWeight="semiBold" style={{ overflowWrap: 'anywhere' }}>
          {item.source.name}
        </Typography>
        {item.state === 'waiting' && <Typography textColor="neutral600">{t('import.waiting')}</Typography>}
        {item.state === 'sending' && item.sent >= 1 && <Loader small>{t('import.checking')}</Loader>}
        {item.failure && (
          <Button size="S" variant="tertiary" startIcon={<ArrowClockwise />} onClick={() => onRetry(item)}>
            {t('common.retry')}
          </Button>
        )}
      </Flex>
      {item.state === 'sending' && item.sent < 1 && (
        <Box paddingTop={2}>
          <ProgressBar
            value={Math.round(item.sent * 100)}
            aria-label={t('import.progress', { name: item.source.name })}
          />
        </Box>
      )}
      {item.failure && (
        <Typography textColor="danger600" tag="p" paddingTop={2} role="alert">
          {item.failure}
        </Typography>
      )}
      {item.state === 'done' && item.results.map((result) => <Result key={result.source} result={result} />)}
      {conflicts && (
        <Flex gap={2} wrap="wrap" paddingTop={3} role="group" aria-label={t('import.choose')}>
          <Typography>{t('import.choose')}</Typography>
          {choices.map((choice) => (
            <Button key={choice} size="S" variant="secondary" onClick={() => onResolve(item, choice)}>
              {t(`import.choice.${choice as 'new-version' | 'new-skill' | 'skip'}`)}
            </Button>
          ))}
        </Flex>
      )}
    </Box>
  );
}

function Result({ result }: { result: ImportResult }) {
  const t = useT();
  // A refusal for what validation found is told by the finding, with its line.
  const error = result.findings.some(({ message }) => message === result.error?.message)
    ? null
    : result.error;
  return (
    <Flex direction="column" alignItems="stretch" gap={2} paddingTop={3} data-outcome={result.outcome}>
      <Flex gap={2} wrap="wrap">
        <Badge variant={looks[result.outcome]}>{t(`import.outcome.${result.outcome}`)}</Badge>
        {result.skillId ? (
          <NavLink to={`/plugins/skills/skills/${result.skillId}`}>
            <Typography textColor="primary600">{result.alias}</Typography>
          </NavLink>
        ) : (
          <Typography textColor="neutral600">{result.alias ?? result.source}</Typography>
        )}
        {result.versionNumber !== null && (
          <Typography textColor="neutral600">
            {t('version.number', { number: result.versionNumber })}
          </Typography>
        )}
      </Flex>
      {error && (
        <Typography textColor="danger600" tag="p" style={{ overflowWrap: 'anywhere' }}>
          {error.message}
          {error.path && ` (${error.path})`}
        </Typography>
      )}
      {result.findings.length > 0 && <FindingList findings={result.findings} />}
    </Flex>
  );
}
