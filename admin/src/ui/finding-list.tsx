import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { CrossCircle, WarningCircle } from '@strapi/icons';
import type { Finding } from 'strapi-plugin-skills-shared/contracts';
import { useT } from './use-t';

interface FindingListProps {
  findings: readonly Finding[];
  /** What can be done about a finding, beside it. */
  actionsFor?: (finding: Finding) => ReactNode;
}

/** What validation found: the sentence, and the field and line it is about. Errors stand first. */
export function FindingList({ findings, actionsFor }: FindingListProps) {
  const t = useT();
  const sorted = [...findings].sort((a, b) => a.severity.localeCompare(b.severity));
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={2} aria-label={t('findings.title')}>
      {sorted.map((finding, index) => (
        <Box
          tag="li"
          key={`${finding.code}-${index}`}
          padding={3}
          hasRadius
          background={finding.severity === 'error' ? 'danger100' : 'warning100'}
          data-finding={finding.code}
        >
          <Flex gap={3} alignItems="flex-start" wrap="wrap">
            <Box paddingTop={1}>
              {finding.severity === 'error' ? (
                <CrossCircle fill="danger600" aria-label={t('findings.error')} />
              ) : (
                <WarningCircle fill="warning600" aria-label={t('findings.warning')} />
              )}
            </Box>
            <Box flex="1" minWidth="16rem">
              <Typography textColor="neutral800" tag="p" style={{ overflowWrap: 'anywhere' }}>
                {finding.message}
              </Typography>
              <Typography variant="pi" textColor="neutral600" tag="p">
                {placeOf(finding, t)}
              </Typography>
            </Box>
            {actionsFor && <Flex gap={2}>{actionsFor(finding)}</Flex>}
          </Flex>
        </Box>
      ))}
    </Flex>
  );
}

function placeOf({ file, field, line, code }: Finding, t: ReturnType<typeof useT>): string {
  return [file, field && t('findings.field', { field }), line && t('findings.line', { line }), code]
    .filter(Boolean)
    .join(' · ');
}
