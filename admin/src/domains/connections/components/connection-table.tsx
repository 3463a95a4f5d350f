import { Table } from '@strapi/strapi/admin';
import { Badge, Flex, Typography } from '@strapi/design-system';
import { Link, useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Connection } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../http/permissions';
import { Clipped } from '../../../ui/clipped';
import { TimeAgo } from '../../../ui/time-ago';
import { useT, type Translate } from '../../../ui/use-t';
import { ProviderIcon } from '../../providers';
import { ConnectionMenu } from './connection-menu';
import { TestBadge } from './test-result';

const NameLink = styled(Link)`
  text-decoration: none;
  &:hover {
    text-decoration: underline;
    text-decoration-color: ${({ theme }) => theme.colors.neutral500};
  }
`;

const headersOf = (t: Translate) => [
  { name: 'name', label: t('connection.name'), sortable: true },
  { name: 'provider', label: t('connection.provider'), sortable: true },
  { name: 'active', label: t('connection.active'), sortable: false },
  { name: 'lastTest', label: t('connection.last-test'), sortable: false },
  { name: 'updatedAt', label: t('connection.modified'), sortable: true },
];

interface ConnectionTableProps {
  connections: Connection[];
  isLoading: boolean;
  allowed: Allowed;
}

export function ConnectionTable({ connections, isLoading, allowed }: ConnectionTableProps) {
  const t = useT();
  const navigate = useNavigate();
  const headers = headersOf(t);
  return (
    <Table.Root rows={connections} headers={headers} isLoading={isLoading}>
      <Table.Content>
        <Table.Head>
          {headers.map((header) => (
            <Table.HeaderCell key={header.name} {...header} />
          ))}
        </Table.Head>
        <Table.Empty content={t('connections.none-found')} />
        <Table.Loading>{t('common.loading')}</Table.Loading>
        <Table.Body>
          {connections.map((connection) => (
            <Table.Row
              key={connection.id}
              onClick={() => navigate(connection.id)}
              style={{ cursor: 'pointer' }}
              data-connection={connection.alias}
            >
              <Table.Cell>
                <Flex direction="column" alignItems="flex-start" gap={1}>
                  <NameLink to={connection.id} onClick={(event) => event.stopPropagation()}>
                    <Clipped fontWeight="semiBold" textColor="neutral800" maxWidth="24rem">
                      {connection.name}
                    </Clipped>
                  </NameLink>
                  <Clipped variant="pi" textColor="neutral600" maxWidth="24rem">
                    {connection.alias}
                  </Clipped>
                </Flex>
              </Table.Cell>
              <Table.Cell>
                <Provider connection={connection} />
              </Table.Cell>
              <Table.Cell>
                {connection.active ? (
                  <Badge variant="success">{t('connection.is-active')}</Badge>
                ) : (
                  <Badge>{t('connection.is-inactive')}</Badge>
                )}
              </Table.Cell>
              <Table.Cell>
                <TestBadge result={connection.lastTest} />
              </Table.Cell>
              <Table.Cell>
                <Typography textColor="neutral800">
                  <TimeAgo at={connection.updatedAt} />
                </Typography>
              </Table.Cell>
              <Table.Cell onClick={(event) => event.stopPropagation()}>
                <ConnectionMenu connection={connection} allowed={allowed} />
              </Table.Cell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table.Content>
    </Table.Root>
  );
}

function Provider({ connection: { provider } }: { connection: Connection }) {
  const t = useT();
  return (
    <Flex gap={2}>
      <ProviderIcon icon={provider.icon} size="1.6rem" />
      <Typography textColor="neutral800">{provider.displayName}</Typography>
      {!provider.installed && <Badge variant="danger">{t('connection.provider-gone')}</Badge>}
    </Flex>
  );
}
