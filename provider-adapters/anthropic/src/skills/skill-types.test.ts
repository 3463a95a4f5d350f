import type { JsonObject } from 'strapi-plugin-skills-shared/provider';
import { contextOf } from '../../fixtures/connect';
import { requestPart, skills } from './skill-types';

const context = contextOf({});

/** The tool that settings become after their schema has read them, as the plugin does it. */
async function toolOf(skillTypeId: string, settings: JsonObject) {
  const result = await skills.settingsSchema(context, skillTypeId)?.['~standard'].validate(settings);
  if (!result || result.issues) throw new Error(JSON.stringify(result?.issues));
  return skills.toTool(context, skillTypeId, result.value);
}

const codeExecution = { type: 'code_execution_20250825', name: 'code_execution' };

describe('Anthropic’s skill types', () => {
  it('are its tools and its document skills', async () => {
    const types = await skills.listSkillTypes(context);
    expect(types.map(({ skillTypeId }) => skillTypeId)).toEqual([
      'web-search',
      'web-fetch',
      'code-execution',
      'pptx',
      'xlsx',
      'docx',
      'pdf',
    ]);
  });

  it('become a web search with only what is set', async () => {
    expect(await toolOf('web-search', {})).toEqual({
      dialect: 'anthropic',
      tools: [{ type: 'web_search_20250305', name: 'web_search' }],
    });
    const settings = {
      maxUses: 3,
      allowedDomains: ['docs.strapi.io'],
      blockedDomains: [],
      country: 'de',
      city: '',
    };
    expect((await toolOf('web-search', settings)).tools).toEqual([
      {
        type: 'web_search_20250305',
        name: 'web_search',
        max_uses: 3,
        allowed_domains: ['docs.strapi.io'],
        user_location: { type: 'approximate', country: 'DE' },
      },
    ]);
  });

  it('become a web fetch that cites', async () => {
    const settings = { blockedDomains: ['example.com'], maxContentTokens: 5_000 };
    expect((await toolOf('web-fetch', settings)).tools).toEqual([
      {
        type: 'web_fetch_20250910',
        name: 'web_fetch',
        blocked_domains: ['example.com'],
        citations: { enabled: true },
        max_content_tokens: 5_000,
      },
    ]);
  });

  it.each(['web-search', 'web-fetch'])('refuse to allow and to block domains at once (%s)', async (id) => {
    const both = { allowedDomains: ['a.example'], blockedDomains: ['b.example'] };
    const result = await skills.settingsSchema(context, id)?.['~standard'].validate(both);
    expect(result?.issues?.[0]?.path).toEqual(['blockedDomains']);
  });

  it.each(['https://docs.strapi.io', 'localhost', 'a domain.example'])(
    'refuse %s as a domain',
    async (domain) => {
      const result = await skills
        .settingsSchema(context, 'web-search')
        ?.['~standard'].validate({ allowedDomains: [domain] });
      expect(result?.issues?.[0]?.path).toEqual(['allowedDomains', 0]);
    },
  );

  it.each(['pptx', 'xlsx', 'docx', 'pdf'])(
    'become code execution and the skill %s in its container',
    async (id) => {
      expect(await toolOf(id, {})).toEqual({
        dialect: 'anthropic',
        tools: [codeExecution],
        request: { container: { skills: [{ type: 'anthropic', skill_id: id, version: 'latest' }] } },
      });
      expect((await toolOf(id, { version: '20251013' })).request).toEqual({
        container: { skills: [{ type: 'anthropic', skill_id: id, version: '20251013' }] },
      });
    },
  );

  it('share one container and one code execution in a request', () => {
    const selected = ['code-execution', 'pptx', 'xlsx', 'pptx'].map((skillTypeId) => ({
      skillTypeId,
      settings: {},
    }));
    const { tools, containerSkills } = requestPart(selected, [
      { hostedId: 'skill_1', hostedVersion: 'skver_1' },
    ]);
    expect(tools).toEqual([codeExecution]);
    expect(containerSkills.map(({ skill_id }) => skill_id)).toEqual(['pptx', 'xlsx', 'skill_1']);
  });
});
