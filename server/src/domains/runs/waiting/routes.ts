import { runApprovalsCreateSchema, runApprovalSchema } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import { defineRoute } from '../../../http/define-route';
import { ownRun, seenRun } from '../access';
import { runParamsSchema } from '../route-inputs';
import { runsOf } from '../runs-of';

const answered = z.object({ data: z.array(runApprovalSchema) });

const listInPanel = defineRoute({
  api: 'admin',
  method: 'GET',
  path: '/runs/:id/approvals',
  controller: 'run-admin',
  action: 'findApprovals',
  permission: 'runs.read',
  input: { params: runParamsSchema },
  output: answered,
  async handler({ ctx, strapi, params }) {
    const run = await seenRun(strapi, ctx, params.id);
    return { data: await runsOf(strapi).approvals.list(run.id) };
  },
});

const decideInPanel = defineRoute({
  api: 'admin',
  method: 'POST',
  path: '/runs/:id/approvals',
  controller: 'run-admin',
  action: 'decide',
  permission: 'runs.approve',
  input: { params: runParamsSchema, body: runApprovalsCreateSchema },
  output: answered,
  async handler({ ctx, strapi, params, body, actor }) {
    const run = await seenRun(strapi, ctx, params.id);
    return { data: await runsOf(strapi).approvals.decide(run.id, body.decisions, actor) };
  },
});

const list = defineRoute({
  api: 'content',
  method: 'GET',
  path: '/skill-runs/:id/approvals',
  controller: 'run',
  action: 'findApprovals',
  input: { params: runParamsSchema },
  output: answered,
  async handler({ strapi, params, actor }) {
    const run = await ownRun(strapi, params.id, actor);
    return { data: await runsOf(strapi).approvals.list(run.id) };
  },
});

const decide = defineRoute({
  api: 'content',
  method: 'POST',
  path: '/skill-runs/:id/approvals',
  controller: 'run',
  action: 'decide',
  input: { params: runParamsSchema, body: runApprovalsCreateSchema },
  output: answered,
  async handler({ strapi, params, body, actor }) {
    const run = await ownRun(strapi, params.id, actor);
    return { data: await runsOf(strapi).approvals.decide(run.id, body.decisions, actor) };
  },
});

export const approvalRoutes = [listInPanel, decideInPanel, list, decide];
