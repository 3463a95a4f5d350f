import { useState } from 'react';
import { Flex } from '@strapi/design-system';
import { useLocation } from 'react-router-dom';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { ChoiceField } from '../../../forms/choice-field';
import { Loading } from '../../../ui/loading';
import { useT } from '../../../ui/use-t';
import { useListPlacementsQuery, useWorkspace, type Workspace } from '../../skills';
import { PromptForm } from './prompt-form';
import { RunForm } from './run-form';
import { useSampleInput } from './use-sample-input';

/** What another run of the same skill begins with. */
export type RunDraft = Partial<Pick<Run, 'input' | 'prompt' | 'model' | 'execution' | 'connection'>>;

/** What a run says of itself that another one can begin with. */
export function draftOf({ input, prompt, model, execution, connection }: Run): RunDraft {
  return { input, prompt, model, execution, connection };
}

/** Where a bundle works: in this server's sandbox. */
const sandbox = 'sandbox';

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
  const obstacle = !connection
    ? t('run-form.connection-gone')
    : !connection.provider.installed
      ? t('run-form.adapter-gone')
      : !connection.active
        ? t('run-form.connection-inactive')
        : content.usable
          ? undefined
          : t('run-form.unusable-form');
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

function StartBundleRun({ workspace: { skill, content }, draft, onStarted }: StartProps) {
  const t = useT();
  const sample = useSampleInput(content);
  const { data: placements = [] } = useListPlacementsQuery(skill.id);
  // The same content lives there, whatever version it was published as.
  const homes = placements.flatMap(({ state, digest, connection }) =>
    state === 'live' && digest === content.digest && connection ? [connection] : [],
  );
  const [chosen, setChosen] = useState(
    draft.execution === 'hosted' ? (draft.connection?.id ?? sandbox) : sandbox,
  );
  const home = homes.find(({ id }) => id === chosen);
  if (!sample.ready) return <Loading />;
  const obstacle = content.usable ? undefined : t('run-form.unusable');
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {homes.length > 0 && (
        <ChoiceField
          name="execution"
          label={t('run.execution')}
          value={home?.id ?? sandbox}
          choices={[
            { value: sandbox, label: t('run.execution.sandbox') },
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
