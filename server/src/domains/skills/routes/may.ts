import type { Context } from 'koa';
import { DeniedError } from '../../../http/errors';

/** Whether the caller of the admin API has a permission beyond the one that its route asks for. */
export function may(ctx: Context, action: string): boolean {
  const ability: { can(action: string): boolean } = ctx.state.userAbility;
  return ability.can(`plugin::skills.${action}`);
}

/** 403 `publish-forbidden` for a save that is to be published by one who may only save. */
export function refuseToPublish(ctx: Context, request: object): void {
  const asked = 'publish' in request && request.publish === true;
  if (!asked || may(ctx, 'skills.publish')) return;
  throw new DeniedError('You may save this skill, but not publish it.', {
    code: 'publish-forbidden',
    path: ['publish'],
  });
}
