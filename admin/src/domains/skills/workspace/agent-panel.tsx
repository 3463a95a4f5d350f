import { Button, Flex, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import type { Skill } from 'strapi-plugin-skills-shared/contracts';
import { useKeptForm } from '../../../forms/use-kept-form';
import { toFailure } from '../../../http/api-failure';
import { Panel } from '../../../ui/panel';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import {
  ChatConnectionsNote,
  connectionChoices,
  ModelChoiceFields,
  useChatConnections,
  type ModelChoice,
} from '../../connections';
import { useUpdateSkillMutation } from '../api';
import { useWorkspace } from './workspace-context';

const choiceOf = ({ agent }: Skill): ModelChoice => ({
  connection: agent.connection?.id ?? '',
  model: agent.model ?? '',
});

/** What the skill's agent works with when a run does not say so. A role that may not see connections sees only which it is. */
export function AgentPanel() {
  const t = useT();
  const notify = useNotify();
  const { skill, editable, allowed } = useWorkspace();
  const found = useChatConnections({ skip: !allowed.readConnections });
  const [update, { isLoading, error }] = useUpdateSkillMutation();
  const { form, dirty, set, settle } = useKeptForm(choiceOf(skill), `${skill.id} ${skill.revision}`);
  const stored = skill.agent.connection;
  const choices = connectionChoices(found, stored, (name) => t('agent.connection-inactive', { name }));

  const submit = async () => {
    const agent = {
      connection: form.connection === '' ? null : form.connection,
      model: form.model === '' ? null : form.model,
    };
    const result = await update({ id: skill.id, changes: { revision: skill.revision, agent } });
    if ('error' in result) return notify.failure(result.error);
    settle(form, choiceOf(result.data));
    notify.success(t('settings.saved'));
  };
  return (
    <Panel
      title={t('agent.title')}
      actions={
        editable &&
        allowed.readConnections && (
          <Button size="S" startIcon={<Check />} disabled={!dirty} loading={isLoading} onClick={submit}>
            {t('common.save')}
          </Button>
        )
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography variant="pi" textColor="neutral600">
          {t('agent.what')}
        </Typography>
        {allowed.readConnections ? (
          <>
            <ModelChoiceFields
              stacked
              connections={choices}
              value={form}
              noneLabel={t('agent.none')}
              failure={error ? toFailure(error) : undefined}
              path={['agent']}
              disabled={!editable}
              onChange={set}
            />
            <ChatConnectionsNote found={found} />
          </>
        ) : (
          <Typography>
            {stored
              ? [stored.name, skill.agent.model].filter((text) => text !== null).join(' · ')
              : t('agent.none')}
          </Typography>
        )}
      </Flex>
    </Panel>
  );
}
