import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import type { ChatRequest, FunctionTool } from 'strapi-plugin-skills-shared/provider';
import { pumpChat, type PumpedAnswer, type RunChat, type createVendorFileNames } from '../../skills';
import type { AgentHost, Trajectory } from './agent-host';
import type { AgentState } from './agent-state';
import type { CallIds } from './call-ids';

export interface AnswerOptions {
  host: Pick<AgentHost, 'emit' | 'artifact'>;
  chat: RunChat;
  instructions: string;
  tools: FunctionTool[];
  trajectory: Trajectory;
  callIds: CallIds;
  nameOf: ReturnType<typeof createVendorFileNames>;
  /** Aborted when the agent has to stop. */
  signal: AbortSignal;
}

/** An answer of the model's, with the run's own names for the calls in it. */
export interface NamedAnswer extends PumpedAnswer {
  callIds: string[];
}

/** Characters of a vendor's id that events keep: see `pumpChat`. */
const MAX_TOLD_ID = 200;

/** Asks the model for its next turn. What it says is written into `state.answer` while it says it: a broken answer is one too. */
export async function nextAnswer(options: AnswerOptions, state: AgentState): Promise<NamedAnswer> {
  const { chat, signal, instructions, tools, nameOf, callIds, trajectory } = options;
  const told: { vendorId: string; id: string }[] = [];
  const before = state.answer;
  const partial = { text: '', citations: [] as NonNullable<AgentState['answer']>['citations'] };

  async function emit(event: RunEventPayload): Promise<void> {
    if (event.type === 'text-delta' && event.stream === 'answer') {
      partial.text += event.text;
      state.answer = { ...partial, finishReason: 'other' };
    }
    if (event.type === 'citation') partial.citations.push(event.citation);
    if (event.type !== 'tool-call' || event.by !== 'run') return options.host.emit(event);
    const id = callIds.next(event.id);
    told.push({ vendorId: event.id, id });
    // Nobody has to wait for it: calls are executed when all that was told is stored.
    trajectory.tell({ ...event, id });
  }

  const answer = await pumpChat(
    { emit, artifact: (file) => options.host.artifact(file), signal },
    { ...chatOf(chat), stream: (request) => chat.stream(request, { signal }) },
    { instructions, messages: [...state.messages], tools } satisfies Omit<ChatRequest, 'model'>,
    nameOf,
  );
  const { text, citations, finishReason } = answer;
  state.answer = text === '' && before ? { ...before, finishReason } : { text, citations, finishReason };
  state.fileNames.push(...answer.files.map(({ name }) => name));
  const ids = answer.message.toolCalls.map(({ id: vendorId }) => {
    const index = told.findIndex((each) => each.vendorId === vendorId.slice(0, MAX_TOLD_ID));
    return index < 0 ? callIds.next(vendorId) : (told.splice(index, 1)[0]?.id ?? '');
  });
  return { ...answer, callIds: ids };
}

const chatOf = ({ connection, model }: RunChat): Pick<RunChat, 'connection' | 'model'> => ({
  connection,
  model,
});
