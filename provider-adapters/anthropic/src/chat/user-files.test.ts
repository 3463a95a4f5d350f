import type { ChatFile, ChatRequest } from 'strapi-plugin-skills-shared/provider';
import { connect, finishOf, type Connected } from '../../fixtures/connect';

const file = (name: string, mime: string, content: string): ChatFile & { reads: number } => ({
  name,
  mime,
  reads: 0,
  read() {
    this.reads += 1;
    return Promise.resolve(new TextEncoder().encode(content));
  },
});

const withFiles = (...files: ChatFile[]): ChatRequest['messages'] => [
  {
    role: 'user',
    content: [
      { type: 'text', text: 'Look.' },
      ...files.map((each) => ({ type: 'file' as const, file: each })),
    ],
  },
];

const image = file('dot.png', 'image/png', 'PNG');
const pdf = file('paper.pdf', 'application/pdf', '%PDF');
const table = file('table.csv', 'text/csv; charset=utf-8', 'a,ü\n');
const workbook = file('book.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK');
const codeExecution = { skillTypeId: 'code-execution', settings: {} };

describe('a user’s files', () => {
  let connected: Connected;
  beforeEach(async () => {
    connected = await connect();
  });
  afterEach(async () => {
    expect(connected.peer.failures).toEqual([]);
    await connected.peer.close();
  });

  const content = () => (connected.sent()['messages'] as { content: unknown[] }[])[0]?.content.slice(1);

  it('are shown as images, PDFs and texts that can be cited', async () => {
    finishOf(await connected.ask({ messages: withFiles(image, pdf, table) }));
    expect(content()).toEqual([
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'UE5H' } },
      {
        type: 'document',
        title: 'paper.pdf',
        citations: { enabled: true },
        source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERg==' },
      },
      {
        type: 'document',
        title: 'table.csv',
        citations: { enabled: true },
        source: { type: 'text', media_type: 'text/plain', data: 'a,ü\n' },
      },
    ]);
  });

  it('that are empty texts are told of', async () => {
    finishOf(await connected.ask({ messages: withFiles(file('none.txt', 'text/plain', '')) }));
    expect(content()).toEqual([{ type: 'text', text: 'The file “none.txt” is empty.' }]);
  });

  it('of other types are refused before anything is sent, unless code may work on them', async () => {
    const events = await connected.ask({ messages: withFiles(workbook) });
    expect(events).toMatchObject([{ type: 'error', error: { code: 'unsupported-feature' } }]);
    expect(connected.peer.requests).toHaveLength(0);
  });

  it('lie in the container too, uploaded once for the whole conversation, and not for ever', async () => {
    const messages = withFiles(workbook, table, image);
    finishOf(await connected.ask({ messages, skills: [codeExecution] }));
    finishOf(await connected.ask({ messages, skills: [codeExecution] }));
    const uploads = connected.peer.requests.filter(
      ({ method, url }) => method === 'POST' && url === '/v1/files',
    );
    expect(uploads).toHaveLength(3);
    expect(uploads.every(({ body }) => body.includes('expires_in_seconds'))).toBe(true);
    expect(connected.peer.files.names.slice(0, 3)).toEqual(['book.xlsx', 'table.csv', 'dot.png']);
    expect(content()?.map((each) => (each as { type: string }).type)).toEqual([
      'container_upload',
      'container_upload',
      'image',
      'container_upload',
    ]);
  });
});
