import { useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import type { AgentDefaults } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../http/api-failure';
import type { Allowed } from '../../../http/permissions';
import { Failed } from '../../../ui/failed';
import { Panel } from '../../../ui/panel';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useGetAgentDefaultsQuery, useSaveAgentDefaultsMutation } from '../api';
import { ChatConnectionsNote } from './chat-connections-note';
import { connectionChoices } from './connection-choices';
import { ModelChoiceFields } from './model-choice-fields';
import { useChatConnections, type ModelChoice } from './use-chat-connections';

const choiceOf = ({ connection, model }: AgentDefaults): ModelChoice => ({
  connection: connection?.id ?? '',
  model: model ?? '',
});

/** What agents work with when neither the run nor the skill says so. Not shown before there is anything to choose from. */
export function AgentDefaultsPanel({ allowed }: { allowed: Allowed }) {
  const t = useT();
  const { data, error, refetch } = useGetAgentDefaultsQuery();
  const found = useChatConnections({ skip: false });
  if (!data) {
    return error ? (
      <Panel title={t('agent-defaults.title')}>
        <Failed error={error} onRetry={() => void refetch()} />
      </Panel>
    ) : null;
  }
  if (found.connections.length === 0 && !data.connection && found.error === undefined) return null;
  const choices = connectionChoices(found, data.connection, (name) =>
    t('agent.connection-inactive', { name }),
  );
  return (
    <Panel title={t('agent-defaults.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <AgentDefaultsForm
          key={JSON.stringify(choiceOf(data))}
          stored={choiceOf(data)}
          connections={choices}
          editable={allowed.updateConnections}
        />
        <ChatConnectionsNote found={found} />
      </Flex>
    </Panel>
  );
}

interface AgentDefaultsFormProps {
  stored: ModelChoice;
  connections: readonly { id: string; name: string }[];
  editable: boolean;
}

function AgentDefaultsForm({ stored, connections, editable }: AgentDefaultsFormProps) {
  const t = useT();
  const notify = useNotify();
  const [choice, setChoice] = useState(stored);
  const [save, { isLoading, error }] = useSaveAgentDefaultsMutation();
  const dirty = choice.connection !== stored.connection || choice.model !== stored.model;
  const submit = async () => {
    const result = await save({
      connection: choice.connection === '' ? null : choice.connection,
      model: choice.model === '' ? null : choice.model,
    });
    if ('error' in result) notify.failure(result.error);
    else notify.success(t('agent-defaults.saved'));
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography variant="pi" textColor="neutral600">
        {t('agent-defaults.what')}
      </Typography>
      <ModelChoiceFields
        connections={connections}
        value={choice}
        noneLabel={t('agent-defaults.none')}
        failure={error ? toFailure(error) : undefined}
        disabled={!editable}
        onChange={setChoice}
      />
      {editable && (
        <Flex>
          <Button size="S" startIcon={<Check />} disabled={!dirty} loading={isLoading} onClick={submit}>
            {t('common.save')}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}
