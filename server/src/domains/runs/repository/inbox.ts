import type { RunEventPayload, RunMessage } from 'strapi-plugin-skills-shared/contracts';
import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import type { Database } from '../../../platform/database';
import type { SecretMask } from '../../../platform/secret-mask';
import type { Lease } from '../run-record';
import type { createApprovalRows, NewApproval } from './approvals';
import type { EventRows } from './events';
import type { LeaseRows } from './leases';
import type { createMessageRows } from './messages';

export interface InboxOptions {
  database: Database;
  events: EventRows;
  leases: LeaseRows;
  messages: ReturnType<typeof createMessageRows>;
  approvals: ReturnType<typeof createApprovalRows>;
}

export interface DecidedCall {
  approved: boolean;
  note: string | null;
  by: Actor;
}

/** What people send to an agent, as its lease holder takes it: rows and events change together, or not at all. */
export function createInbox({ database, events, leases, messages, approvals }: InboxOptions) {
  /** Answers the last number. */
  async function tell({ runId, token }: Lease, payloads: readonly RunEventPayload[]): Promise<number> {
    const at = await database.readClock();
    return events.append(
      { runId, status: 'running', token },
      payloads.map((payload) => ({ at, payload })),
    );
  }

  return {
    hasMessages: async (runId: string): Promise<boolean> => (await messages.countUntaken(runId)) > 0,

    /**
     * Those that nobody has taken, oldest first; taken, and in the trajectory, when this resolves. Secrets are masked in what is answered
     * and in what stays stored. `seq` is the run's last number then.
     */
    async takeMessages(
      lease: Lease,
      mask: Pick<SecretMask, 'text'>,
    ): Promise<{ messages: RunMessage[]; seq?: number }> {
      return database.transaction(async () => {
        await leases.assertHeld(lease);
        const untaken = await messages.untaken(lease.runId);
        if (untaken.length === 0) return { messages: [] };
        await messages.markTaken(untaken.map(({ id }) => id));
        const taken = untaken.map((message) => ({ ...message, text: mask.text(message.text) }));
        for (const [index, { id, text }] of taken.entries()) {
          if (text !== untaken[index]?.text) await messages.rewrite(id, text);
        }
        return { messages: taken, seq: await tell(lease, taken.map(eventOf)) };
      });
    },

    ...createAsking({ database, leases, approvals, tell }),
  };
}

function eventOf({ id, text, author }: RunMessage): RunEventPayload {
  return { type: 'message', id, text, author };
}

interface AskingOptions extends Pick<InboxOptions, 'database' | 'leases' | 'approvals'> {
  tell(lease: Lease, payloads: readonly RunEventPayload[]): Promise<number>;
}

function createAsking({ database, leases, approvals, tell }: AskingOptions) {
  return {
    /** The inputs come without secrets. Calls that were asked about before are passed over. Answers the last number when there are new ones. */
    requestApprovals(lease: Lease, calls: readonly NewApproval[]): Promise<number | undefined> {
      return database.transaction(async () => {
        await leases.assertHeld(lease);
        const known = new Set((await approvals.list(lease.runId)).map(({ callId }) => callId));
        const fresh = calls.filter(({ callId }) => !known.has(callId));
        if (fresh.length === 0) return undefined;
        await approvals.add(lease.runId, known.size, fresh);
        return tell(
          lease,
          fresh.map(({ callId, name, input }) => ({ type: 'approval-request', callId, name, input })),
        );
      });
    },

    /** What was decided, by call. */
    async decisions(runId: string): Promise<ReadonlyMap<string, DecidedCall>> {
      const decided = new Map<string, DecidedCall>();
      for (const { callId, approved, note, decidedBy } of await approvals.list(runId)) {
        if (approved !== null && decidedBy !== null) decided.set(callId, { approved, note, by: decidedBy });
      }
      return decided;
    },
  };
}
