import { bundleFileSchema, bundleHeadSchema } from './wire';

export interface HostedContent {
  name: string;
  description: string;
  files: ReadonlyMap<string, Buffer>;
}

interface Answer {
  status: number;
  body: unknown;
}

const gone: Answer = { status: 404, body: { message: 'No such skill.' } };

/** The skills that live at the peer, by `<id>/<version>`. */
export class HostedStore {
  readonly versions = new Map<string, HostedContent>();
  #lastSkill = 0;
  #lastVersion = 0;

  answer({ method, url, body }: { method: string; url: string; body: string }): Answer {
    const [id, word, version] = url.split('/').slice(2).map(decodeURIComponent);
    if (id === undefined) return this.#add(`skill-${++this.#lastSkill}`, body);
    if (method === 'POST') return word === 'versions' && this.#has(id) ? this.#add(id, body) : gone;
    const key = `${id}/${version}`;
    if (!this.versions.has(key)) return gone;
    if (method === 'DELETE') this.versions.delete(key);
    return { status: 200, body: { id, version } };
  }

  #has(id: string): boolean {
    return [...this.versions.keys()].some((key) => key.startsWith(`${id}/`));
  }

  #add(id: string, body: string): Answer {
    const [head, ...rest] = body.split('\n').filter((line) => line !== '');
    const { name, description } = bundleHeadSchema.parse(JSON.parse(head ?? ''));
    const files = new Map<string, Buffer>();
    for (const line of rest) {
      const { path, size, base64 } = bundleFileSchema.parse(JSON.parse(line));
      const content = Buffer.from(base64, 'base64');
      if (content.length !== size) return { status: 400, body: { message: `${path} has another size.` } };
      files.set(path, content);
    }
    const version = String(++this.#lastVersion);
    this.versions.set(`${id}/${version}`, { name, description, files });
    return { status: 200, body: { id, version } };
  }
}
