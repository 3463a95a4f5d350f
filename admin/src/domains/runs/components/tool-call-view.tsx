import { Badge, Flex, Typography } from '@strapi/design-system';
import { Cog } from '@strapi/icons';
import { JsonBlock, TextBlock } from '../../../ui/text-block';
import { useT } from '../../../ui/use-t';
import type { AnswerToolCall } from './answer-model';
import { Disclosure } from './disclosure';

/** As much of an input as tells one call from another. */
const summaryCharacters = 160;

/** What tools are most often asked by, the most telling first. */
const tellingKeys = ['query', 'url', 'command', 'code', 'prompt'];

/** The call's input in a line: what it is asked by, else the JSON. */
function summaryOf(input: unknown): string {
  if (typeof input === 'string') return input.slice(0, summaryCharacters);
  const values = typeof input === 'object' && input !== null ? new Map(Object.entries(input)) : new Map();
  const told: unknown = tellingKeys
    .map((key): unknown => values.get(key))
    .find((value) => typeof value === 'string' && value !== '');
  const text = typeof told === 'string' ? told : (JSON.stringify(input) ?? '');
  return text === '{}' || text === 'null' ? '' : text.slice(0, summaryCharacters);
}

function Value({ value, label }: { value: unknown; label: string }) {
  return (
    <Flex direction="column" alignItems="stretch" gap={1} minWidth={0}>
      <Typography variant="sigma" textColor="neutral600">
        {label}
      </Typography>
      {typeof value === 'string' ? (
        <TextBlock text={value} label={label} />
      ) : (
        <JsonBlock value={value} label={label} />
      )}
    </Flex>
  );
}

/** One use of a tool: its name and what it was asked; input and result when it is opened. `running`: the run goes on. */
export function ToolCallView({ call, running }: { call: AnswerToolCall; running: boolean }) {
  const t = useT();
  const { result } = call;
  return (
    <Disclosure
      icon={<Cog fill="neutral600" aria-hidden width="1.4rem" height="1.4rem" />}
      title={call.name}
      summary={summaryOf(call.input)}
      state={
        result?.isError ? (
          <Badge size="S" variant="danger">
            {t('answer.tool-failed')}
          </Badge>
        ) : (
          !result && running && <Badge size="S">{t('answer.tool-called')}</Badge>
        )
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Value value={call.input} label={t('answer.tool-input')} />
        {result ? (
          <Value value={result.output} label={t('answer.tool-result')} />
        ) : (
          <Typography variant="pi" textColor="neutral600">
            {t(call.by === 'provider' ? 'answer.tool-result-untold' : 'answer.tool-result-none')}
          </Typography>
        )}
      </Flex>
    </Disclosure>
  );
}
