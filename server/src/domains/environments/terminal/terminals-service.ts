import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import type {
  Actor,
  EnvironmentImage,
  TerminalClosing,
  TerminalTicket,
} from 'strapi-plugin-skills-shared/contracts';
import type { WebSocket } from 'ws';
import { configOf } from '../../../config';
import { adminUserOf } from '../../../http/actor';
import { isStillAllowed } from '../../../http/recheck-access';
import { sandboxFolders } from '../../../platform/sandbox';
import type { SkillRecord } from '../../skills';
import { environmentsOf } from '../environments-of';
import { seenSkill } from '../seen-skill';
import { openTerminalSandbox } from './open-terminal-sandbox';
import {
  imageBeingSaved,
  skillArchived,
  terminalMissing,
  terminalsDisabled,
  ticketUnknown,
  tooManyTerminals,
} from './refusals';
import { TerminalSession } from './terminal-session';
import { createTicketStore, type TicketStore } from './ticket-store';

/** What a ticket stands for. The request that asked for it is kept: it shows again and again whether its sender still may. */
interface Claim {
  id: string;
  skillId: string;
  person: Actor;
  ctx: Context;
}

interface OpenTerminal extends Claim {
  session: TerminalSession;
  saving: boolean;
  /** Digest of the image that its files go back to. */
  image: string | null;
}

/** The terminals of this server: none is known to another, and none survives it. */
export class TerminalsService {
  readonly #strapi: Core.Strapi;
  readonly #recheckMs: number;
  readonly #tickets: TicketStore<Claim>;
  readonly #terminals = new Map<string, OpenTerminal>();
  #stopped = false;

  constructor(strapi: Core.Strapi, options: { recheckMs?: number; clock?: () => number } = {}) {
    this.#strapi = strapi;
    this.#recheckMs = options.recheckMs ?? 10_000;
    this.#tickets = createTicketStore(options.clock);
  }

  /** 403 `terminals-disabled`, 409 `terminals-limit`, `skill-archived`; 404 for skills that are not seen, or have no sandbox. */
  async issueTicket(ctx: Context, skillId: string): Promise<TerminalTicket> {
    const person = adminUserOf(ctx);
    this.#assertRoom(person);
    const skill = await this.#usableSkill(ctx, skillId);
    const id = randomUUID();
    const claim: Claim = { id, skillId: skill.id, person, ctx };
    const { ticket, expiresAt } = this.#tickets.issue(person.id ?? '', claim);
    return { id, ticket, expiresAt: new Date(expiresAt).toISOString() };
  }

  /** Rejects with 403 `ticket-invalid`, and as `issueTicket` does. What it answers opens the shell over the socket. */
  async redeem(ticket: string): Promise<(socket: WebSocket) => void> {
    const claim = this.#tickets.redeem(ticket);
    if (!claim || !(await isStillAllowed(this.#strapi, claim.ctx))) throw ticketUnknown();
    await this.#usableSkill(claim.ctx, claim.skillId);
    this.#assertRoom(claim.person);
    return (socket) => {
      try {
        // Between the answer and the handshake another may have been opened.
        this.#assertRoom(claim.person);
      } catch {
        return socket.close(1013, 'limit');
      }
      this.#start(claim, socket);
    };
  }

  /** Takes another request of the same person for the one that asked for the ticket, whose session ends in half an hour. */
  renew(ctx: Context, id: string): void {
    this.#own(ctx, id).ctx = ctx;
  }

  /** Stores what is in `$HOME` as the skill's image. 404 `terminal-not-found` for others' terminals; 409 `image-being-saved`, `image-changed`. */
  async saveImage(ctx: Context, id: string, author: Actor): Promise<EnvironmentImage> {
    const terminal = this.#own(ctx, id);
    const { sandbox } = terminal.session;
    if (!sandbox) throw terminalMissing();
    if (terminal.saving) throw imageBeingSaved();
    terminal.saving = true;
    try {
      const archive = await sandbox.pack(sandboxFolders.home);
      const saved = await environmentsOf(this.#strapi).saveImage(terminal.skillId, {
        archive,
        madeBy: 'terminal',
        author,
        replaces: terminal.image,
      });
      terminal.image = saved.digest;
      return saved;
    } finally {
      terminal.saving = false;
    }
  }

  closeOfSkill(skillId: string): void {
    for (const terminal of this.#terminals.values()) {
      if (terminal.skillId === skillId) void terminal.session.close('skill');
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#terminals.values()].map(({ session }) => session.close('server-stop')));
  }

  #start(claim: Claim, socket: WebSocket): void {
    const { id, skillId } = claim;
    const strapi = this.#strapi;
    const session = new TerminalSession({
      id,
      socket,
      idleMs: configOf(strapi).terminal.idleMs,
      recheckMs: this.#recheckMs,
      open: async (signal) => {
        const opened = await openTerminalSandbox(strapi, await this.#usableSkill(claim.ctx, skillId), signal);
        const terminal = this.#terminals.get(id);
        if (terminal) terminal.image = opened.environment.image?.digest ?? null;
        return opened;
      },
      mustClose: () => this.#mustClose(id),
      onError: (error) => strapi.log.warn(`The terminal ${id} of skill ${skillId} broke: ${String(error)}`),
    });
    this.#terminals.set(id, { ...claim, session, saving: false, image: null });
    void session.closed.then(() => this.#terminals.delete(id));
  }

  async #mustClose(id: string): Promise<TerminalClosing | null> {
    const terminal = this.#terminals.get(id);
    if (!terminal || !(await isStillAllowed(this.#strapi, terminal.ctx))) return 'permission';
    const skill = await this.#usableSkill(terminal.ctx, terminal.skillId).catch(() => undefined);
    return skill ? null : 'skill';
  }

  #assertRoom(person: Actor): void {
    const { enabled, maxPerPerson } = configOf(this.#strapi).terminal;
    if (!enabled || this.#stopped) throw terminalsDisabled();
    const own = [...this.#terminals.values()].filter((terminal) => terminal.person.id === person.id);
    if (own.length >= maxPerPerson) throw tooManyTerminals(maxPerPerson);
  }

  async #usableSkill(ctx: Context, idOrAlias: string): Promise<SkillRecord> {
    const skill = await seenSkill(this.#strapi, ctx, idOrAlias);
    if (skill.archived) throw skillArchived();
    return skill;
  }

  #own(ctx: Context, id: string): OpenTerminal {
    const terminal = this.#terminals.get(id);
    if (!terminal || terminal.person.id !== adminUserOf(ctx).id) throw terminalMissing();
    return terminal;
  }
}

/** The plugin's one service of terminals. */
export function terminalsOf(strapi: Core.Strapi): TerminalsService {
  return strapi.plugin('skills').service('terminals');
}
