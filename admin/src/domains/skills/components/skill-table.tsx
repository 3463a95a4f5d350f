import { Table } from '@strapi/strapi/admin';
import { Badge, Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { Link, useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Skill } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../http/permissions';
import { Clipped } from '../../../ui/clipped';
import { RunStatusBadge } from '../../../ui/run-status';
import { TimeAgo } from '../../../ui/time-ago';
import { useT, type Translate } from '../../../ui/use-t';
import { kindName } from '../kinds/registry';
import { SkillRowMenu } from './skill-row-menu';
import { SkillStatus } from './skill-status';

const NameLink = styled(Link)`
  text-decoration: none;
  &:hover {
    text-decoration: underline;
    text-decoration-color: ${({ theme }) => theme.colors.neutral500};
  }
`;

const headersOf = (t: Translate, anyBound: boolean) => [
  { name: 'name', label: t('skill.name'), sortable: true },
  { name: 'kind', label: t('skill.kind'), sortable: true },
  ...(anyBound
    ? [
        { name: 'type', label: t('skill.type'), sortable: false },
        { name: 'connection', label: t('skill.connection'), sortable: false },
      ]
    : []),
  { name: 'status', label: t('skill.status'), sortable: true },
  { name: 'version', label: t('skill.version'), sortable: false },
  { name: 'lastRunAt', label: t('skill.last-run'), sortable: true },
  { name: 'updatedAt', label: t('skill.modified'), sortable: true },
];

interface SkillTableProps {
  skills: Skill[];
  isLoading: boolean;
  allowed: Allowed;
  selected: Skill[];
  onSelect: (skills: Skill[]) => void;
  onArchived: (skills: Skill[]) => void;
}

export function SkillTable({ skills, isLoading, allowed, selected, onSelect, onArchived }: SkillTableProps) {
  const t = useT();
  const navigate = useNavigate();
  // Columns that only provider skills fill take room from the others, so they come with the first of those.
  const anyBound = skills.some(({ binding }) => binding !== null);
  const headers = headersOf(t, anyBound);
  const selectable = allowed.update || allowed.archive;
  return (
    <Table.Root
      rows={skills}
      headers={headers}
      isLoading={isLoading}
      selectedRows={selected}
      onSelectedRowsChange={onSelect}
    >
      <Table.Content>
        <Table.Head>
          {selectable && <Table.HeaderCheckboxCell />}
          {headers.map((header) => (
            <Table.HeaderCell key={header.name} {...header} />
          ))}
        </Table.Head>
        <Table.Empty content={t('skills.none-found')} />
        <Table.Loading>{t('common.loading')}</Table.Loading>
        <Table.Body>
          {skills.map((skill) => (
            <Table.Row
              key={skill.id}
              onClick={() => navigate(skill.id)}
              style={{ cursor: 'pointer' }}
              data-skill={skill.alias}
            >
              {selectable && <Table.CheckboxCell id={skill.id} />}
              <Table.Cell>
                <SkillName skill={skill} maxWidth={anyBound ? '19rem' : '28rem'} />
              </Table.Cell>
              <Table.Cell>
                <Typography textColor="neutral800">{kindName(t, skill.kind)}</Typography>
              </Table.Cell>
              {anyBound && (
                <Table.Cell>
                  <Type skill={skill} />
                </Table.Cell>
              )}
              {anyBound && (
                <Table.Cell>
                  <Connection skill={skill} />
                </Table.Cell>
              )}
              <Table.Cell>
                <SkillStatus status={skill.status} />
              </Table.Cell>
              <Table.Cell>
                <Version skill={skill} />
              </Table.Cell>
              <Table.Cell onClick={(event) => event.stopPropagation()}>
                <LastRun skill={skill} linked={allowed.readRuns} />
              </Table.Cell>
              <Table.Cell>
                <Typography textColor="neutral800">
                  <TimeAgo at={skill.updatedAt} />
                </Typography>
              </Table.Cell>
              <Table.Cell onClick={(event) => event.stopPropagation()}>
                <SkillRowMenu skill={skill} allowed={allowed} onArchived={onArchived} />
              </Table.Cell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table.Content>
    </Table.Root>
  );
}

function SkillName({ skill, maxWidth }: { skill: Skill; maxWidth: string }) {
  const t = useT();
  return (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      <Flex gap={2}>
        <NameLink to={skill.id} onClick={(event) => event.stopPropagation()}>
          <Clipped fontWeight="semiBold" textColor="neutral800" maxWidth={maxWidth}>
            {skill.name}
          </Clipped>
        </NameLink>
        {!skill.usable && <WarningCircle fill="danger600" role="img" aria-label={t('skill.unusable')} />}
        {!skill.active && <Badge size="S">{t('skill.inactive')}</Badge>}
        {skill.archived && <Badge size="S">{t('skill.archived')}</Badge>}
        {skill.visibility === 'user' && <Badge size="S">{t('skill.private')}</Badge>}
      </Flex>
      <Clipped variant="pi" textColor="neutral600" maxWidth={maxWidth}>
        {skill.name === skill.alias ? skill.description : `${skill.alias} · ${skill.description}`}
      </Clipped>
    </Flex>
  );
}

function Type({ skill: { binding } }: { skill: Skill }) {
  if (!binding) return <Typography textColor="neutral500">–</Typography>;
  return (
    <Clipped maxWidth="11rem" textColor="neutral800">
      {binding.skillTypeName}
    </Clipped>
  );
}

function Connection({ skill: { binding } }: { skill: Skill }) {
  const t = useT();
  if (!binding) return <Typography textColor="neutral500">–</Typography>;
  const { connection, providerId } = binding;
  const missing = !connection || !connection.provider.installed;
  return (
    <Flex direction="column" alignItems="flex-start">
      <Flex gap={2}>
        <Clipped maxWidth="11rem" textColor={connection ? 'neutral800' : 'danger600'}>
          {connection?.name ?? t('skill.no-connection')}
        </Clipped>
        {connection && !connection.active && <Badge size="S">{t('skill.inactive')}</Badge>}
      </Flex>
      <Clipped maxWidth="11rem" variant="pi" textColor={missing ? 'danger600' : 'neutral600'}>
        {connection && missing
          ? t('provider-skill.adapter-gone-badge')
          : (connection?.provider.displayName ?? providerId)}
      </Clipped>
    </Flex>
  );
}

function Version({ skill: { currentVersion, publishedVersion } }: { skill: Skill }) {
  const t = useT();
  return (
    <Flex direction="column" alignItems="flex-start">
      <Typography textColor="neutral800">{t('version.number', { number: currentVersion.number })}</Typography>
      {publishedVersion && publishedVersion.number !== currentVersion.number && (
        <Typography variant="pi" textColor="neutral600">
          {t('version.published-number', { number: publishedVersion.number })}
        </Typography>
      )}
    </Flex>
  );
}

function LastRun({ skill: { lastRun }, linked }: { skill: Skill; linked: boolean }) {
  const t = useT();
  if (!lastRun) return <Typography textColor="neutral500">{t('skill.never-run')}</Typography>;
  const told = (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      <RunStatusBadge status={lastRun.status} />
      <Typography variant="pi" textColor="neutral600">
        <TimeAgo at={lastRun.at} />
      </Typography>
    </Flex>
  );
  return linked ? <NameLink to={`/plugins/skills/runs/${lastRun.id}`}>{told}</NameLink> : told;
}
