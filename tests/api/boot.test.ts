import { bootStrapi, type BootedStrapi } from '../support/strapi';

describe('the plugin in a Strapi app', () => {
  let app: BootedStrapi;
  beforeAll(async () => {
    app = await bootStrapi();
  });
  afterAll(() => app.destroy());

  it('answers its list of skills to an administrator', async () => {
    const { agent } = await app.admin();
    const response = await agent.get('/skills/skills').expect(200);
    expect(response.body).toEqual({
      data: [],
      meta: { pagination: { page: 1, pageSize: 10, pageCount: 0, total: 0 } },
    });
  });
});
