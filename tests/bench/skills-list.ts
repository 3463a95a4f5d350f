import type { Core } from '@strapi/types';
import { v7 as uuid } from 'uuid';
import { bootStrapi } from '../support/strapi';
import { percentile, ratioFigure, type Figure } from './figure';

const ROWS = 100_000;
const REQUESTS = 400;
/** The first requests warm the compiler and the database's pages up for both sides. */
const WARM_UP_REQUESTS = 60;
const PAGE_SIZE = 25;
/** Agents page near the front; both sides are asked for the same pages. */
const PAGES = 20;
/** SQLite joins no more than 500 rows to one statement; the columns of a row are many. */
const BATCH = 200;

export const name = 'skills-list';

/** `GET /api/skills` over Strapi's own find on a plain content type of as many rows, each as it answers by default: p95, asked in turns. */
export async function run(): Promise<Figure[]> {
  const app = await bootStrapi();
  try {
    await fill(app.strapi);
    const token = await app.contentToken(['skill.find']);
    const plain = await app.contentToken(['api::article.article.find']);
    const sides = [
      {
        token: token.token,
        path: (page: number) => `/api/skills?page=${page}&pageSize=${PAGE_SIZE}`,
        times: [] as number[],
      },
      {
        token: plain.token,
        path: (page: number) => `/api/articles?pagination[page]=${page}&pagination[pageSize]=${PAGE_SIZE}`,
        times: [] as number[],
      },
    ] as const;
    for (let request = 0; request < REQUESTS; request += 1) {
      const order = request % 2 === 0 ? sides : [...sides].reverse();
      for (const side of order)
        side.times.push(await timed(`${app.url}${side.path(1 + (request % PAGES))}`, side.token));
    }
    const [ours, theirs] = sides.map(({ times }) => percentile(times.slice(WARM_UP_REQUESTS), 95));
    return [
      ratioFigure('list of 100,000 skills, p95, over a plain content type', {
        value: ours ?? Number.NaN,
        baseline: theirs ?? Number.NaN,
        unit: 'ms',
        limit: 1,
      }),
    ];
  } finally {
    await app.destroy();
  }
}

async function timed(url: string, token: string): Promise<number> {
  const start = performance.now();
  const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
  const body = (await response.json()) as { data?: unknown[]; meta?: { pagination: { total: number } } };
  const time = performance.now() - start;
  if (body.data?.length !== PAGE_SIZE || body.meta?.pagination.total !== ROWS) {
    throw new Error(`${url} answered ${response.status}: ${JSON.stringify(body).slice(0, 200)}`);
  }
  return time;
}

/** What databases do by themselves as time goes by: the planner knows the tables, and indexes alone can be counted. */
const upkeep = {
  sqlite: 'analyze',
  postgres: 'vacuum analyze',
  mysql: 'analyze table skills_skills, skills_tags, articles',
};

/** As many skills as articles, written straight to their tables: what is measured is reading. */
async function fill(strapi: Core.Strapi): Promise<void> {
  const knex = strapi.db.connection;
  for (let start = 0; start < ROWS; start += BATCH) {
    const skills = Array.from({ length: BATCH }, (_, index) => skillRow(start + index));
    await knex('skills_skills').insert(skills);
    await knex('articles').insert(skills.map(articleRow));
    await knex('skills_tags').insert(
      skills.flatMap(({ document_id }, index) =>
        ['panel', 'agents'].map((shelf) => ({
          skill_id: document_id,
          shelf,
          position: 0,
          tag: `Tag ${index % 50}`,
          tag_key: `tag ${index % 50}`,
        })),
      ),
    );
  }
  await knex.raw(upkeep[strapi.db.dialect.client as keyof typeof upkeep]);
}

function skillRow(index: number) {
  const alias = `skill-${index}`;
  const title = `Skill number ${index}`;
  const description = `Does the thing of number ${index}, whenever somebody asks for exactly that thing and no other.`;
  const text = { name: title, name_key: title.toLowerCase(), description };
  const at = new Date(1_700_000_000_000 + ((index * 7919) % ROWS) * 1000);
  const digest = String(index).padStart(64, '0');
  return {
    document_id: uuid(),
    alias,
    alias_key: alias,
    ...text,
    search_text: `${title}\n${alias}\n${description}`.toLowerCase(),
    kind: 'bundle',
    active: true,
    archived: false,
    visibility: 'org',
    category: `Category ${index % 20}`,
    tags: tagsOf(index),
    tool_scopes: '[]',
    stage: 'published',
    usable: true,
    current_version_id: alias,
    current_version_number: 1,
    current_digest: digest,
    published_version_id: alias,
    published_version_number: 1,
    published_digest: digest,
    published_name: title,
    published_name_key: title.toLowerCase(),
    published_description: description,
    published_search_text: `${title}\n${alias}\n${description}`.toLowerCase(),
    published_tags: tagsOf(index),
    published_on: at.getTime(),
    served: true,
    last_run_at: 0,
    revision: 1,
    created_at: at,
    updated_at: at,
    published_at: at,
  };
}

const tagsOf = (index: number): string => JSON.stringify([`Tag ${index % 50}`]);

function articleRow(skill: ReturnType<typeof skillRow>) {
  const { document_id, alias, name: title, description, kind, category, current_digest } = skill;
  const { created_at, updated_at, published_at } = skill;
  const words = { document_id, alias, name: title, description, kind, category, digest: current_digest };
  return { ...words, created_at, updated_at, published_at };
}
