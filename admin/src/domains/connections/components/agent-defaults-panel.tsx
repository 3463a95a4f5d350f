import { useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import type { AgentDefaults } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../http/api-failure';
import type { Allowed } from '../../../http/permissions';
import { Panel } from '../../../ui/panel';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useGetAgentDefaultsQuery, useSaveAgentDefaultsMutation } from '../api';
import { ModelChoiceFields } from './model-choice-fields';
import { useChatConnections, type ModelChoice } from './use-chat-connections';

const choiceOf = ({ connection, model }: AgentDefaults): ModelChoice => ({
  connection: connection?.id ?? '',
  model: model ?? '',
});

/** What agents work with when neither the run nor the skill says so. Not shown before there is anything to choose from. */
export function AgentDefaultsPanel({ allowed }: { allowed: Allowed }) {
  const t = useT();
  const { data } = useGetAgentDefaultsQuery();
  const { connections } = useChatConnections({ skip: false });
  if (!data || (connections.length === 0 && !data.connection)) return null;
  // One that is inactive now stays what is stored, and can be replaced.
  const stored = data.connection;
  const choices =
    stored && connections.every(({ id }) => id !== stored.id)
      ? [...connections, { id: stored.id, name: t('agent.connection-inactive', { name: stored.name }) }]
      : connections;
  return (
    <Panel title={t('agent-defaults.title')}>
      <AgentDefaultsForm
        key={JSON.stringify(choiceOf(data))}
        stored={choiceOf(data)}
        connections={choices}
        editable={allowed.updateConnections}
      />
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
