import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { Cross, Play } from '@strapi/icons';
import type { Environment, EnvironmentBuild } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../http/api-failure';
import { Panel } from '../../../ui/panel';
import { RunStatusBadge } from '../../../ui/run-status';
import { TextBlock } from '../../../ui/text-block';
import { TimeAgo } from '../../../ui/time-ago';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useCancelEnvironmentBuildMutation, useStartEnvironmentBuildMutation } from '../api';
import { isActive } from '../build-pace';
import { useBuildLog } from '../use-build-log';
import { ImageFacts } from './image-facts';

interface BuildPanelProps {
  environment: Environment;
  editable: boolean;
  /** There are edits that a build would not know of. */
  dirty: boolean;
  onEnd: () => void;
}

/** The image, and its making by the setup commands that are saved. */
export function BuildPanel({ environment, editable, dirty, onEnd }: BuildPanelProps) {
  const t = useT();
  const notify = useNotify();
  const [start, starting] = useStartEnvironmentBuildMutation();
  const [cancel, cancelling] = useCancelEnvironmentBuildMutation();
  const { build, skillId, setup } = environment;
  const active = isActive(build);
  const run = async (request: Promise<object>) => {
    const result = await request;
    if ('error' in result) notify.failure(result.error);
  };
  const actions = editable && (
    <Flex gap={2} wrap="wrap">
      {active && build ? (
        <Button
          size="S"
          variant="danger-light"
          startIcon={<Cross />}
          loading={cancelling.isLoading}
          onClick={() => void run(cancel(build))}
        >
          {t('environment.cancel-build')}
        </Button>
      ) : (
        <Button
          size="S"
          startIcon={<Play />}
          disabled={dirty || setup.trim() === ''}
          loading={starting.isLoading}
          onClick={() => void run(start(skillId))}
        >
          {t('environment.build')}
        </Button>
      )}
    </Flex>
  );
  return (
    <Panel title={t('environment.image')} actions={actions}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography tag="p" textColor="neutral600">
          {t(hintOf({ editable, dirty, setup }))}
        </Typography>
        <ImageFacts environment={environment} editable={editable && !active} />
        {build && <LastBuild build={build} onEnd={onEnd} />}
      </Flex>
    </Panel>
  );
}

function hintOf({ editable, dirty, setup }: { editable: boolean; dirty: boolean; setup: string }) {
  if (editable && dirty) return 'environment.build-save-first';
  return editable && setup.trim() === '' ? 'environment.build-no-setup' : 'environment.image-hint';
}

function LastBuild({ build, onEnd }: { build: EnvironmentBuild; onEnd: () => void }) {
  const t = useT();
  // A build that was over when the page was opened tells nobody that it ends.
  const log = useBuildLog(build.id, () => isActive(build) && onEnd());
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Flex gap={2} wrap="wrap" role="status">
        <Typography variant="sigma" textColor="neutral600">
          {t('environment.last-build')}
        </Typography>
        <RunStatusBadge status={build.status} />
        <Typography variant="pi" textColor="neutral600">
          <TimeAgo at={build.createdAt} />
        </Typography>
      </Flex>
      {build.error && (
        <Typography role="alert" textColor="danger600">
          {build.error.message}
        </Typography>
      )}
      {log.text !== '' && <TextBlock text={log.text} label={t('environment.build-output')} />}
      {log.reconnecting && <Typography textColor="neutral600">{t('environment.reconnecting')}</Typography>}
      {log.error !== undefined && (
        <Box role="alert">
          <Typography textColor="danger600">{toFailure(log.error).message}</Typography>
        </Box>
      )}
    </Flex>
  );
}
