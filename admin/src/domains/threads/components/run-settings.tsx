import { Typography } from '@strapi/design-system';
import type { ApiFailure } from '../../../http/api-failure';
import { useT } from '../../../ui/use-t';
import { ChatConnectionsNote, ModelChoiceFields, ModelField, type ModelChoice } from '../../connections';
import type { RunTarget } from './use-run-target';

interface RunSettingsProps {
  target: RunTarget;
  choice: ModelChoice;
  onChoose: (choice: ModelChoice) => void;
  failure: ApiFailure | undefined;
}

/** Which model answers: of all connections that can chat, or of the one that the skill is bound to. */
export function RunSettings({ target, choice, onChoose, failure }: RunSettingsProps) {
  const t = useT();
  const { connections, bound, found } = target;
  const [only] = connections;
  if (bound) {
    return only ? (
      <ModelField
        connection={only.id}
        value={choice.model}
        error={failure?.details?.path?.[0] === 'model' ? failure.message : undefined}
        onChange={(model) => onChoose({ connection: only.id, model })}
      />
    ) : null;
  }
  if (found.error !== undefined) return <ChatConnectionsNote found={found} />;
  if (!only) {
    return (
      <Typography variant="pi" textColor="neutral600">
        {t('tester.server-chooses')}
      </Typography>
    );
  }
  return (
    <>
      <ModelChoiceFields connections={connections} value={choice} failure={failure} onChange={onChoose} />
      <ChatConnectionsNote found={found} />
    </>
  );
}
