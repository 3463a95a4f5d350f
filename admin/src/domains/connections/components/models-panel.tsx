import { useState } from 'react';
import type { ConnectionModel } from 'strapi-plugin-skills-shared/contracts';
import { Box, Button, Flex, Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { Failed } from '../../../ui/failed';
import { Loading } from '../../../ui/loading';
import { Panel } from '../../../ui/panel';
import { useT } from '../../../ui/use-t';
import { useGetConnectionModelsQuery } from '../api';

/** The models that the vendor offers over this connection. It is asked only when somebody wants to know. */
export function ModelsPanel({ id }: { id: string }) {
  const t = useT();
  const [asked, setAsked] = useState(false);
  const { data: models, error, isFetching, refetch } = useGetConnectionModelsQuery(id, { skip: !asked });
  return (
    <Panel
      title={t('connection.models-title')}
      actions={
        <Button
          size="S"
          variant="tertiary"
          startIcon={<ArrowClockwise />}
          loading={isFetching}
          onClick={() => (asked ? void refetch() : setAsked(true))}
        >
          {t(asked ? 'connection.models-refresh' : 'connection.models-show')}
        </Button>
      }
    >
      {!asked ? (
        <Typography variant="pi" textColor="neutral600">
          {t('connection.models-hint')}
        </Typography>
      ) : error && !isFetching ? (
        <Failed error={error} />
      ) : !models ? (
        <Loading />
      ) : models.length === 0 ? (
        <Typography textColor="neutral600">{t('connection.models-none')}</Typography>
      ) : (
        <ModelTable models={models} />
      )}
    </Panel>
  );
}

function ModelTable({ models }: { models: readonly ConnectionModel[] }) {
  const t = useT();
  const { formatNumber } = useIntl();
  const price = (dollars: number) =>
    formatNumber(dollars, { style: 'currency', currency: 'USD', maximumFractionDigits: 3 });
  return (
    <Box maxHeight="40rem" overflow="auto">
      <Table colCount={3} rowCount={models.length + 1}>
        <Thead>
          <Tr>
            <Th>
              <Typography variant="sigma">{t('connection.model')}</Typography>
            </Th>
            <Th>
              <Typography variant="sigma">{t('connection.model-context')}</Typography>
            </Th>
            <Th>
              <Typography variant="sigma">{t('connection.model-price')}</Typography>
            </Th>
          </Tr>
        </Thead>
        <Tbody>
          {models.map((model) => (
            <Tr key={model.id}>
              <Td>
                <Flex direction="column" alignItems="flex-start">
                  <Typography textColor="neutral800">{model.name ?? model.id}</Typography>
                  {model.name && model.name !== model.id && (
                    <Typography variant="pi" textColor="neutral600">
                      {model.id}
                    </Typography>
                  )}
                </Flex>
              </Td>
              <Td>
                <Typography textColor="neutral800">
                  {model.contextTokens === null
                    ? t('connection.model-unknown')
                    : formatNumber(model.contextTokens)}
                </Typography>
              </Td>
              <Td>
                <Typography textColor="neutral800">
                  {model.price
                    ? t('connection.model-price-value', {
                        input: price(model.price.input),
                        output: price(model.price.output),
                      })
                    : t('connection.model-unknown')}
                </Typography>
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Box>
  );
}
