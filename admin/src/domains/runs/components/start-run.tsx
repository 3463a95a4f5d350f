import { useState } from 'react';
import { Flex } from '@strapi/design-system';
import { useLocation } from 'react-router-dom';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { ChoiceField } from '../../../forms/choice-field';
import { Loading } from '../../../ui/loading';
import { useT } from '../../../ui/use-t';
import { providerObstacle, useListPlacementsQuery, useWorkspace, type Workspace } from '../../skills';
import { AgentForm } from './agent-form';
import { PromptForm } from './prompt-form';
import type { RunDraft } from './run-draft';
import { RunForm } from './run-form';
import { useSampleInput } from './use-sample-input';

/** Where a bundle works on this server: its script alone, or an agent with its instructions. Else a connection's id. */
const sandbox = 'sandbox';
const agent = 'agent';

/** The form that starts a run, by what the version is: bound to a provider, or a bundle, which may live at providers too. */
export function StartRun({ onStarted }: { onStarted: (run: Run) => void }) {
  const { state, key } = useLocation();
  const workspace = useWorkspace();
  const draft = (state as RunDraft | null) ?? {};
  const common = { workspace, draft, onStarted };
  return workspace.content.metadata.provider ? (
    <StartProviderRun key={key} {...common} />
  ) : (
    <StartBundleRun key={key} {...common} />
  );
}

interface StartProps {
  workspace: Workspace;
  draft: RunDraft;
  onStarted: (run: Run) => void;
}

function StartProviderRun({ workspace: { skill, content }, draft, onStarted }: StartProps) {
  const t = useT();
  const connection = skill.binding?.connection;
  const obstacle = providerObstacle(t, skill, content);
  return (
    <PromptForm
      skillId={skill.id}
      connection={obstacle === undefined ? connection?.id : undefined}
      initialPrompt={draft.prompt ?? ''}
      initialModel={draft.model ?? ''}
      obstacle={obstacle}
      onStarted={onStarted}
    />
  );
}

function StartBundleRun({ workspace: { skill, content, allowed }, draft, onStarted }: StartProps) {
  const t = useT();
  const sample = useSampleInput(content);
  const { data: placements = [] } = useListPlacementsQuery(skill.id);
  // The same content lives there, whatever version it was published as.
  const homes = placements.flatMap(({ state, digest, connection }) =>
    state === 'live' && digest === content.digest && connection ? [connection] : [],
  );
  const places: readonly string[] = content.metadata.entrypoint === undefined ? [agent] : [sandbox, agent];
  const [chosen, setChosen] = useState<string | undefined>(
    draft.execution === 'hosted' ? draft.connection?.id : draft.execution,
  );
  const home = homes.find(({ id }) => id === chosen);
  const place = home ? undefined : (places.find((one) => one === chosen) ?? places[0]);
  if (!sample.ready) return <Loading />;
  const obstacle = content.usable ? undefined : t('run-form.unusable');
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {homes.length + places.length > 1 && (
        <ChoiceField
          name="execution"
          label={t('run.execution')}
          value={home?.id ?? place ?? null}
          choices={[
            ...places.map((value) => ({
              value,
              label: t(value === agent ? 'run.execution.agent' : 'run.execution.sandbox'),
            })),
            ...homes.map(({ id, name }) => ({ value: id, label: t('run-form.hosted-at', { name }) })),
          ]}
          onChange={setChosen}
        />
      )}
      {home ? (
        <PromptForm
          key={home.id}
          skillId={skill.id}
          connection={home.id}
          execution="hosted"
          initialPrompt={draft.prompt ?? ''}
          initialModel={draft.model ?? ''}
          obstacle={obstacle}
          onStarted={onStarted}
        />
      ) : place === agent ? (
        <AgentForm
          skill={skill}
          mayChoose={allowed.readConnections}
          draft={draft.execution === 'agent' ? draft : {}}
          obstacle={obstacle}
          onStarted={onStarted}
        />
      ) : (
        <RunForm
          key={JSON.stringify(content.metadata.inputs ?? [])}
          skillId={skill.id}
          inputs={content.metadata.inputs ?? []}
          initialInput={draft.input === undefined || draft.input === null ? sample.input : draft.input}
          obstacle={obstacle}
          onStarted={onStarted}
        />
      )}
    </Flex>
  );
}
