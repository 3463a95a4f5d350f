import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ImportResult, Run, Skill } from 'strapi-plugin-skills-shared/contracts';

export interface Credentials {
  email: string;
  password: string;
}

/** An answer that was no success: the status and Strapi's own sentence. */
export class StrapiClientError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

interface RequestOptions {
  method?: string;
  token?: string;
  json?: unknown;
  form?: FormData;
}

/** The paths of all files under `folder`, with `/`, relative to it. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const entry = path.join(folder, name);
      if (!statSync(entry).isDirectory()) return [name];
      return filesUnder(entry).map((inner) => `${name}/${inner}`);
    });
}

/** Strapi's HTTP API as the demo, the browser tests and the packaging test use it: the same doors as everybody's. */
export class StrapiClient {
  constructor(readonly url: string) {}

  async request<Body>(route: string, options: RequestOptions = {}): Promise<Body> {
    const { method = 'GET', token, json, form } = options;
    const headers: Record<string, string> = {};
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    if (json !== undefined) headers['content-type'] = 'application/json';
    const body = json === undefined ? form : JSON.stringify(json);
    const response = await fetch(`${this.url}${route}`, { method, headers, body });
    const text = await response.text();
    if (!response.ok) {
      throw new StrapiClientError(
        response.status,
        `${method} ${route}: ${response.status} ${text.slice(0, 500)}`,
      );
    }
    return (text === '' ? undefined : JSON.parse(text)) as Body;
  }

  /** Whether the app has no administrator yet. */
  async isFresh(): Promise<boolean> {
    const { data } = await this.request<{ data: { hasAdmin: boolean } }>('/admin/init');
    return !data.hasAdmin;
  }

  /** Makes the first administrator of a fresh app; answers a log-in token. */
  async registerAdministrator(credentials: Credentials): Promise<string> {
    const json = { ...credentials, firstname: 'Demo', lastname: 'Administrator' };
    const { data } = await this.request<{ data: { token: string } }>('/admin/register-admin', {
      method: 'POST',
      json,
    });
    return data.token;
  }

  /** Answers a log-in token (30 minutes). */
  async logIn(credentials: Credentials): Promise<string> {
    const { data } = await this.request<{ data: { token: string } }>('/admin/login', {
      method: 'POST',
      json: credentials,
    });
    return data.token;
  }

  /** Makes a content-API token that holds every grant of the plugin and no other. Answers its secret. */
  async createApiToken(adminToken: string, name: string): Promise<string> {
    const { data: actions } = await this.request<{
      data: Record<string, { controllers: Record<string, string[]> }>;
    }>('/admin/content-api/permissions', { token: adminToken });
    const permissions = Object.entries(actions['plugin::skills']?.controllers ?? {}).flatMap(
      ([controller, names]) => names.map((action) => `plugin::skills.${controller}.${action}`),
    );
    const json = { name, description: 'Reads and runs skills.', type: 'custom', lifespan: null, permissions };
    const { data } = await this.request<{ data: { accessKey: string } }>('/admin/api-tokens', {
      method: 'POST',
      token: adminToken,
      json,
    });
    return data.accessKey;
  }

  /** Imports one skill's folder, as if it had been dropped on the panel. */
  async importFolder(
    adminToken: string,
    folder: string,
    conflict: 'new-version' | 'skip' = 'skip',
  ): Promise<ImportResult> {
    const form = new FormData();
    form.append('conflict', conflict);
    const files = filesUnder(folder);
    form.append('paths', JSON.stringify(files.map((file) => `${path.basename(folder)}/${file}`)));
    files.forEach((file, index) => {
      form.append('files', new Blob([readFileSync(path.join(folder, file))]), String(index));
    });
    const { data } = await this.request<{ data: ImportResult[] }>('/skills/imports', {
      method: 'POST',
      token: adminToken,
      form,
    });
    const result = data[0];
    if (result === undefined) throw new Error(`Nothing was imported from ${folder}.`);
    if (result.error !== null) throw new Error(`${result.source} was refused: ${result.error.message}`);
    return result;
  }

  /** Publishes a skill's current version. */
  async publish(adminToken: string, skillId: string, note: string): Promise<void> {
    const { data } = await this.request<{ data: Skill }>(`/skills/skills/${skillId}`, { token: adminToken });
    await this.request(`/skills/versions/${data.currentVersion.id}/publication`, {
      method: 'POST',
      token: adminToken,
      json: { note },
    });
  }

  /** Runs a skill as an agent does, and waits for the run's end: at most `timeoutMs`. */
  async runSkill(
    token: string,
    alias: string,
    request: { input: unknown } | { prompt: string },
    timeoutMs = 30_000,
  ): Promise<Run> {
    const { data: started } = await this.request<{ data: Run }>(`/api/skills/${alias}/runs`, {
      method: 'POST',
      token,
      json: request,
    });
    for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await delay(100)) {
      const { data: run } = await this.request<{ data: Run }>(`/api/skill-runs/${started.id}`, { token });
      if (run.finishedAt !== null) return run;
    }
    throw new Error(`The run of ${alias} did not end within ${timeoutMs / 1000} s.`);
  }
}
