import { type FormEvent, type KeyboardEvent, type RefObject } from 'react';
import { Box, Button, Field, Flex, Textarea, Typography } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { RunSummary } from 'strapi-plugin-skills-shared/contracts';
import { composesText } from '../../../forms/composes-text';
import type { ApiFailure } from '../../../http/api-failure';
import { useT } from '../../../ui/use-t';
import { useWorkspace } from '../../skills';
import { CancelButton } from '../../runs';
import { RunOptionsFields } from './run-options-fields';
import { RunSettings } from './run-settings';
import { SteeringNotes } from './steering-notes';
import type { ComposerState } from './use-composer';
import type { RunTarget } from './use-run-target';

/** The most that a prompt or a message may have, in characters. */
const textLength = 100_000;

interface ComposerProps {
  composer: ComposerState;
  target: RunTarget;
  /** The run that goes on in the thread: what is written is said to it. */
  active: RunSummary | undefined;
  /** Why nothing can be sent now. */
  obstacle: string | undefined;
  busy: boolean;
  failure: ApiFailure | undefined;
  onSend: () => void;
  /** Where to write, for who leads there. */
  field: RefObject<HTMLTextAreaElement>;
}

/** Where a prompt is written; while a run goes on, what is written joins its conversation. */
export function Composer(props: ComposerProps) {
  const { composer, target, active, obstacle, busy, failure, onSend, field } = props;
  const t = useT();
  const { allowed } = useWorkspace();
  const at = failure?.details?.path?.[0];
  const known = active
    ? ['text']
    : ['prompt', 'model', 'connection', 'skills', 'budget', 'approval', 'files'];
  const elsewhere = failure && !known.includes(String(at)) ? failure.message : undefined;
  const ready = obstacle === undefined && composer.draft.text.trim() !== '' && !busy;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onSend();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || composesText(event)) return;
    event.preventDefault();
    if (ready) onSend();
  };
  return (
    <Box background="neutral0" hasRadius shadow="tableShadow" padding={4}>
      <form onSubmit={submit} noValidate aria-label={t(active ? 'tester.steer-form' : 'tester.prompt-form')}>
        <Flex direction="column" alignItems="stretch" gap={4}>
          {active && <SteeringNotes run={active} />}
          <Field.Root
            name="prompt"
            error={at === 'prompt' || at === 'text' ? failure?.message : undefined}
            hint={t(active ? 'tester.steer-hint' : 'tester.prompt-hint')}
          >
            <Field.Label>{t(active ? 'tester.steer' : 'run.prompt')}</Field.Label>
            <Textarea
              ref={field}
              value={composer.draft.text}
              maxLength={textLength}
              minHeight="7.2rem"
              onChange={(event) => composer.setDraft({ text: event.target.value })}
              onKeyDown={onKeyDown}
            />
            <Field.Error />
            <Field.Hint />
          </Field.Root>
          {!active && (
            <RunSettings
              target={target}
              choice={composer.choice}
              failure={failure}
              onChoose={composer.setChoice}
            />
          )}
          {!active && !target.bound && (
            <RunOptionsFields
              options={composer.options}
              files={composer.draft.files}
              failure={failure}
              onChange={composer.setOptions}
              onFiles={(files) => composer.setDraft({ files })}
            />
          )}
          {(obstacle ?? elsewhere) && (
            <Typography
              textColor={elsewhere === undefined ? 'neutral600' : 'danger600'}
              role={elsewhere === undefined ? 'status' : 'alert'}
              style={{ overflowWrap: 'anywhere' }}
            >
              {elsewhere ?? obstacle}
            </Typography>
          )}
          <Flex justifyContent="space-between" gap={3} wrap="wrap">
            {active ? <span /> : <VersionInUse />}
            <Flex gap={2}>
              {active && allowed.cancelRuns && <CancelButton runId={active.id} />}
              <Button type="submit" startIcon={<PaperPlane />} loading={busy} disabled={!ready}>
                {t(active ? 'tester.steer-send' : 'tester.send')}
              </Button>
            </Flex>
          </Flex>
        </Flex>
      </form>
    </Box>
  );
}

/** Which version the next run has: the one that is checked out here, whatever is published. */
function VersionInUse() {
  const t = useT();
  const { skill } = useWorkspace();
  const { currentVersion, publishedVersion } = skill;
  return (
    <Typography variant="pi" textColor="neutral600">
      {t('tester.runs-version')}{' '}
      <Link to={`/plugins/skills/skills/${skill.id}/versions`} style={{ textDecoration: 'none' }}>
        <Typography variant="pi" textColor="primary600">
          {t('version.number', { number: currentVersion.number })}
        </Typography>
      </Link>
      {publishedVersion && publishedVersion.id !== currentVersion.id && (
        <>
          {' · '}
          {t('tester.published-version', { number: publishedVersion.number })}
        </>
      )}
    </Typography>
  );
}
