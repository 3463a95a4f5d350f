import { Badge, Box, Button, EmptyStateLayout, Flex, LinkButton, Typography } from '@strapi/design-system';
import { ArrowLeft, PuzzlePiece } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { useAllowed } from '../../../../../http/allowed';
import { Failed } from '../../../../../ui/failed';
import { Loading } from '../../../../../ui/loading';
import { useT } from '../../../../../ui/use-t';
import { ProviderIcon } from '../../../../providers';
import { ChoiceCard, ChoiceGrid } from '../../../components/choice-card';
import { useListSkillTypesQuery } from '../api';
import { TypeFailures } from '../type-failures';

interface ChooseTypeProps {
  connection: string;
  onChoose: (skillType: string) => void;
  onBack: () => void;
}

/** Step 2: what the skill switches on at the provider. */
export function ChooseType({ connection, onChoose, onBack }: ChooseTypeProps) {
  const t = useT();
  const allowed = useAllowed();
  const { currentData, error, refetch, isFetching } = useListSkillTypesQuery({ connection });
  const types = currentData?.types ?? [];
  const failures = currentData?.failures ?? [];
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Box>
        <Button variant="ghost" size="S" startIcon={<ArrowLeft />} onClick={onBack}>
          {t('new-skill.other-connection')}
        </Button>
      </Box>
      <TypeFailures failures={failures} busy={isFetching} onRetry={() => void refetch()} />
      {error && !currentData ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : !currentData ? (
        <Flex direction="column" gap={2}>
          <Loading />
          <Typography textColor="neutral600">{t('new-skill.asking-types')}</Typography>
        </Flex>
      ) : types.length === 0 && failures.length === 0 ? (
        <Box background="neutral0" hasRadius shadow="tableShadow">
          <EmptyStateLayout
            icon={<PuzzlePiece width="4.8rem" height="4.8rem" fill="neutral500" aria-hidden />}
            content={t('new-skill.no-types')}
            action={
              allowed.readConnections && (
                <LinkButton tag={Link} to={`/plugins/skills/connections/${connection}`} variant="secondary">
                  {t('new-skill.open-connection')}
                </LinkButton>
              )
            }
          />
        </Box>
      ) : (
        <ChoiceGrid label={t('new-skill.step.type')}>
          {types.map((type) => (
            <li key={type.skillTypeId}>
              <ChoiceCard
                icon={<ProviderIcon icon={type.icon} />}
                title={type.name}
                badges={type.toolScopes.map((scope) => (
                  <Badge key={scope} size="S">
                    {scope}
                  </Badge>
                ))}
                onClick={() => onChoose(type.skillTypeId)}
              >
                <Typography variant="pi" textColor="neutral600">
                  {type.description}
                </Typography>
              </ChoiceCard>
            </li>
          ))}
        </ChoiceGrid>
      )}
    </Flex>
  );
}
