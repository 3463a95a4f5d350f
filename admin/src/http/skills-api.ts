import { adminApi, attemptTokenRefresh } from '@strapi/strapi/admin';
import { failureOf, RequestError, toFailure, type ApiFailure } from './api-failure';
import { uploadForm } from './upload';
import { authorizedFetchWith, backendUrl } from './use-authorized-fetch';

/** The plugin's part of the panel's one cache: each domain injects its own endpoints. */
export const skillsApi = adminApi.enhanceEndpoints({
  addTagTypes: [
    'Skill',
    'SkillFiles',
    'SkillVersion',
    'SkillRun',
    'SkillFacets',
    'SkillStatistics',
    'SkillThread',
    'SkillProvider',
    'SkillConnection',
    'SkillConnectionUsers',
    'SkillType',
    'SkillPlacement',
    'SkillScopeLimit',
  ],
});

interface WithState {
  getState(): unknown;
  signal?: AbortSignal;
}

interface Sent {
  path: string;
  method: 'PATCH' | 'PUT' | 'POST' | 'DELETE';
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is; a FormData names its own type. */
  body?: BodyInit;
  headers?: Record<string, string>;
}

/** The token as the panel's store holds it. */
function tokenIn(state: unknown): string | null {
  const token = (state as { admin_app?: { token?: string | null } }).admin_app?.token;
  return token ?? null;
}

/** For endpoints that Strapi's base query cannot express: PATCH, raw bytes and headers of our own. Use it as a `queryFn`. */
export async function sendWith<Answer>(
  { path, method, json, body, headers }: Sent,
  { getState, signal }: WithState,
): Promise<{ data: Answer } | { error: ApiFailure }> {
  try {
    const response = await authorizedFetchWith(() => tokenIn(getState()))(path, {
      method,
      signal,
      headers: {
        Accept: 'application/json',
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: json === undefined ? body : JSON.stringify(json),
    });
    if (!response.ok) return { error: await failureOf(response) };
    if (response.status === 204) return { data: undefined as Answer };
    return { data: ((await response.json()) as { data: Answer }).data };
  } catch (error) {
    return { error: toFailure(error) };
  }
}

interface Upload {
  path: string;
  form: FormData;
  /** 0–1 of the bytes sent. */
  onProgress?: (sent: number) => void;
}

/** For uploads that show how far they are; tries once more with a renewed token after a 401. Use it as a `queryFn`. */
export async function uploadWith<Answer>(
  { path, form, onProgress }: Upload,
  { getState }: WithState,
): Promise<{ data: Answer } | { error: ApiFailure }> {
  const send = (token: string | null) =>
    uploadForm<Answer>({ url: `${backendUrl()}${path}`, form, token, onProgress });
  const token = tokenIn(getState());
  try {
    try {
      return { data: await send(token) };
    } catch (error) {
      if (toFailure(error).status !== 401) throw error;
      return { data: await send(await attemptTokenRefresh(token)) };
    }
  } catch (error) {
    return { error: toFailure(error) };
  }
}

/** Rejects with a `RequestError` unless the answer is a success. */
export async function assertOk(response: Response): Promise<Response> {
  if (!response.ok) throw new RequestError(await failureOf(response));
  return response;
}

/** A path inside a bundle or a run, made safe for a URL: each segment is escaped, the slashes stay. */
export function escapePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** A query string of the values that are set; it is empty or begins with `?`. */
export function queryString(values: Record<string, string | number | boolean | undefined | null>): string {
  const entries = Object.entries(values).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  if (entries.length === 0) return '';
  return `?${new URLSearchParams(entries.map(([key, value]): [string, string] => [key, String(value)])).toString()}`;
}
