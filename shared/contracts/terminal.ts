import { z } from 'zod';

/** What opens the WebSocket `/skills/terminals/<ticket>`, once and soon. */
export const terminalTicketSchema = z.object({
  /** Of the terminal that it will be. */
  id: z.string(),
  ticket: z.string(),
  expiresAt: z.iso.datetime(),
});

export const terminalSizeSchema = z.object({
  columns: z.number().int().min(1).max(1000),
  rows: z.number().int().min(1).max(1000),
});

/** What the browser tells in text frames; binary frames are what was typed. */
export const terminalRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('resize'), ...terminalSizeSchema.shape }),
  /** So many more bytes are on the screen. A shell waits when a megabyte is on its way; more than was sent closes the terminal. */
  z.object({ type: z.literal('taken'), bytes: z.number().int().min(1) }),
]);

/**
 * Why a terminal is closed: its shell has ended; nobody used it; its person may not have one any more; its skill was archived or purged; it
 * went over a limit; the server stops; it could not be opened, or broke.
 */
export const terminalClosingSchema = z.enum([
  'ended',
  'idle',
  'permission',
  'skill',
  'limit',
  'server-stop',
  'failed',
]);

/** What the server tells in text frames; binary frames are what the terminal shows. */
export const terminalNoticeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    id: z.string(),
    /** What holds between the shell and the server, in words. */
    isolation: z.object({ name: z.string(), notes: z.array(z.string()) }),
    /** Hosts that it may reach; none is no network. */
    hosts: z.array(z.string()),
    /** After so many milliseconds without a key and without output it is closed. */
    idleMs: z.number().int(),
  }),
  z.object({
    type: z.literal('closed'),
    reason: terminalClosingSchema,
    exitCode: z.number().int().nullable(),
    /** The limit's name, or what went wrong, for people. */
    message: z.string().nullable(),
  }),
]);

export type TerminalTicket = z.infer<typeof terminalTicketSchema>;
export type TerminalRequest = z.infer<typeof terminalRequestSchema>;
export type TerminalClosing = z.infer<typeof terminalClosingSchema>;
export type TerminalNotice = z.infer<typeof terminalNoticeSchema>;
