import { Box, Flex, Loader, Typography } from '@strapi/design-system';
import { Lightbulb } from '@strapi/icons';
import type { Run, RunFile } from 'strapi-plugin-skills-shared/contracts';
import { contentKind } from '../../../ui/content-kind';
import { Failed } from '../../../ui/failed';
import { useT } from '../../../ui/use-t';
import type { AnswerBlock } from './answer-model';
import { Disclosure } from './disclosure';
import { GrowingMarkdown } from './growing-markdown';
import { OpenFile, RunFiles } from './run-files';
import { hasEnded } from './run-state';
import { SourceList } from './source-list';
import { ToolCallView } from './tool-call-view';
import type { RunEvents } from './use-run-events';

function Block({ block, running }: { block: AnswerBlock; running: boolean }) {
  const t = useT();
  if (block.kind === 'answer') return <GrowingMarkdown text={block.text} />;
  if (block.kind === 'tool') return <ToolCallView call={block.call} running={running} />;
  return (
    <Disclosure
      icon={<Lightbulb fill="neutral600" aria-hidden width="1.4rem" height="1.4rem" />}
      title={t('answer.reasoning')}
    >
      <GrowingMarkdown text={block.text} />
    </Disclosure>
  );
}

/** What a run has made: images at once, whatever else each behind its name. */
function Made({ runId, files }: { runId: string; files: readonly RunFile[] }) {
  const t = useT();
  if (files.length === 0) return null;
  const isImage = ({ name, mime }: RunFile) => contentKind(name, mime) === 'image';
  const others = files.filter((file) => !isImage(file));
  return (
    <section aria-label={t('answer.files')}>
      <Typography variant="sigma" textColor="neutral600" tag="h3">
        {t('answer.files')}
      </Typography>
      <Flex direction="column" alignItems="stretch" gap={3} paddingTop={2}>
        {files.filter(isImage).map((file) => (
          <Box key={file.name} borderColor="neutral200" hasRadius data-artifact={file.name}>
            <OpenFile runId={runId} place="artifacts" file={file} named />
          </Box>
        ))}
        {others.length > 0 && <RunFiles runId={runId} place="artifacts" files={others} />}
      </Flex>
    </section>
  );
}

/** What a model has answered, as it comes: its text, what it thought and did in between, its sources and files. */
export function AnswerView({ run, events }: { run: Run; events: RunEvents }) {
  const t = useT();
  const { answer, state, error, retry } = events;
  if (state === 'failed') return <Failed error={error} onRetry={retry} />;
  const running = !hasEnded(run.status);
  const nothing = answer.blocks.length === 0;
  return (
    <Flex direction="column" alignItems="stretch" gap={4} minWidth={0} aria-busy={running}>
      {nothing && !running && <Typography textColor="neutral600">{t('answer.none')}</Typography>}
      {answer.blocks.map((block, index) => (
        <Block key={index} block={block} running={running} />
      ))}
      {running && (
        <Flex gap={2} role="status">
          <Loader small>{t('answer.working')}</Loader>
          <Typography variant="pi" textColor="neutral600">
            {t(
              state === 'reconnecting'
                ? 'log.state.reconnecting'
                : run.status === 'queued'
                  ? 'answer.queued'
                  : 'answer.working',
            )}
          </Typography>
        </Flex>
      )}
      <CutNote run={run} />
      <SourceList sources={answer.sources} />
      <Made runId={run.id} files={answer.files} />
    </Flex>
  );
}

/** Why an answer that ended is not what one might take it for: it was cut, or refused. */
function CutNote({ run }: { run: Run }) {
  const t = useT();
  const reason = finishReasonOf(run.output);
  if (reason !== 'length' && reason !== 'refusal') return null;
  return (
    <Typography textColor="warning700" role="status">
      {t(reason === 'length' ? 'answer.cut' : 'answer.refused')}
    </Typography>
  );
}

function finishReasonOf(output: unknown): unknown {
  return typeof output === 'object' && output !== null && 'finishReason' in output
    ? output.finishReason
    : undefined;
}
