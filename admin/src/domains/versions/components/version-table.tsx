import { useState } from 'react';
import { Table } from '@strapi/strapi/admin';
import { Badge, Button, Flex, Typography } from '@strapi/design-system';
import { CrossCircle, Rocket, WarningCircle } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { Skill, Version } from 'strapi-plugin-skills-shared/contracts';
import { Clipped } from '../../../ui/clipped';
import { formatBytes } from '../../../ui/format';
import { TimeAgo } from '../../../ui/time-ago';
import { useT } from '../../../ui/use-t';
import { CheckoutButton } from './checkout-button';
import { DownloadMenu } from './download-menu';
import { PublishDialog } from './publish-dialog';

interface VersionTableProps {
  versions: Version[];
  skill: Skill;
  /** Whether people look at its content as files. */
  withFiles: boolean;
  /** Whether another version may be made the current one. */
  editable: boolean;
  isLoading: boolean;
  mayPublish: boolean;
}

export function VersionTable(props: VersionTableProps) {
  const { versions, skill, withFiles, editable, isLoading, mayPublish } = props;
  const t = useT();
  const { locale } = useIntl();
  const [publishing, setPublishing] = useState<Version>();
  const headers = [
    { name: 'number', label: t('versions.number'), sortable: false },
    { name: 'note', label: t('versions.note'), sortable: false },
    { name: 'content', label: t('versions.content'), sortable: false },
    { name: 'createdBy', label: t('versions.author'), sortable: false },
    { name: 'updatedAt', label: t('skill.modified'), sortable: false },
  ];
  return (
    <Table.Root rows={versions} headers={headers} isLoading={isLoading}>
      <Table.Content>
        <Table.Head>
          {headers.map((header) => (
            <Table.HeaderCell key={header.name} {...header} />
          ))}
        </Table.Head>
        <Table.Empty />
        <Table.Loading>{t('common.loading')}</Table.Loading>
        <Table.Body>
          {versions.map((version) => (
            <Table.Row key={version.id} data-version={version.number}>
              <Table.Cell>
                <Flex gap={2}>
                  <Typography fontWeight="semiBold" textColor="neutral800">
                    {t('version.number', { number: version.number })}
                  </Typography>
                  {version.label && (
                    <Clipped maxWidth="8rem" textColor="neutral600">
                      {version.label}
                    </Clipped>
                  )}
                  <Badges version={version} />
                </Flex>
              </Table.Cell>
              <Table.Cell>
                {version.note ? (
                  <Clipped maxWidth="18rem" textColor="neutral800">
                    {version.note}
                  </Clipped>
                ) : (
                  <Typography textColor="neutral500">–</Typography>
                )}
              </Table.Cell>
              <Table.Cell>
                <Flex direction="column" alignItems="flex-start" gap={1}>
                  {withFiles && (
                    <Typography textColor="neutral800">
                      {t('versions.files', { count: version.fileCount })} ·{' '}
                      {formatBytes(version.size, locale)}
                    </Typography>
                  )}
                  <Faults version={version} />
                  {!withFiles && version.errorCount + version.warningCount === 0 && (
                    <Typography textColor="neutral600">{t('versions.sound')}</Typography>
                  )}
                </Flex>
              </Table.Cell>
              <Table.Cell>
                <Clipped maxWidth="12rem" textColor="neutral800">
                  {version.createdBy.name || t(`actor.${version.createdBy.type}`)}
                </Clipped>
              </Table.Cell>
              <Table.Cell>
                <Typography textColor="neutral800">
                  <TimeAgo at={version.updatedAt} />
                </Typography>
              </Table.Cell>
              <Table.Cell>
                <Flex gap={2} justifyContent="flex-end">
                  {mayPublish && !version.isPublished && version.usable && (
                    <Button
                      size="S"
                      variant="secondary"
                      startIcon={<Rocket />}
                      onClick={() => setPublishing(version)}
                    >
                      {t('versions.publish')}
                    </Button>
                  )}
                  {editable && !version.isCurrent && (
                    <CheckoutButton compact version={version} skill={skill} />
                  )}
                  {withFiles && <DownloadMenu version={version} alias={skill.alias} />}
                </Flex>
              </Table.Cell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table.Content>
      {publishing && <PublishDialog version={publishing} onClose={() => setPublishing(undefined)} />}
    </Table.Root>
  );
}

function Badges({ version }: { version: Version }) {
  const t = useT();
  return (
    <>
      {version.isPublished && (
        <Badge size="S" variant="success">
          {t('versions.is-published')}
        </Badge>
      )}
      {version.isCurrent && (
        <Badge size="S" variant="primary">
          {t('versions.is-current')}
        </Badge>
      )}
      {version.state === 'draft' && <Badge size="S">{t('versions.is-draft')}</Badge>}
    </>
  );
}

function Faults({ version: { errorCount, warningCount } }: { version: Version }) {
  const t = useT();
  return (
    <>
      {errorCount > 0 && (
        <Flex gap={1}>
          <CrossCircle fill="danger600" aria-hidden />
          <Typography variant="pi">{t('findings.errors', { count: errorCount })}</Typography>
        </Flex>
      )}
      {warningCount > 0 && (
        <Flex gap={1}>
          <WarningCircle fill="warning600" aria-hidden />
          <Typography variant="pi">{t('findings.warnings', { count: warningCount })}</Typography>
        </Flex>
      )}
    </>
  );
}
