import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
} from '@anthropic-ai/sdk';
import { ProviderError, providerErrorData } from 'strapi-plugin-skills-shared/provider';
import { apiKey, contextOf } from '../../fixtures/connect';
import { providerFailure } from './provider-failure';

const context = contextOf({});

const answered = (status: number, type: string, message = 'No.', headers: Record<string, string> = {}) =>
  APIError.generate(status, { type: 'error', error: { type, message } }, undefined, new Headers(headers));

const mapped = (error: unknown) => providerErrorData(providerFailure(error, context));

describe('a failure of the vendor’s', () => {
  it.each([
    [400, 'invalid_request_error', 'invalid-request'],
    [401, 'authentication_error', 'authentication'],
    [402, 'billing_error', 'rate-limited'],
    [403, 'permission_error', 'permission'],
    [404, 'not_found_error', 'invalid-request'],
    [405, 'invalid_request_error', 'unsupported-feature'],
    [408, 'timeout_error', 'timeout'],
    [413, 'request_too_large', 'invalid-request'],
    [422, 'invalid_request_error', 'invalid-request'],
    [429, 'rate_limit_error', 'rate-limited'],
    [500, 'api_error', 'unavailable'],
    [503, 'api_error', 'unavailable'],
    [504, 'timeout_error', 'timeout'],
    [529, 'overloaded_error', 'unavailable'],
  ])('of status %i (%s) is %s', (status, type, code) => {
    expect(mapped(answered(status, type))).toMatchObject({ code, status });
  });

  it.each([
    ['overloaded_error', 'unavailable'],
    ['api_error', 'unavailable'],
    ['rate_limit_error', 'rate-limited'],
    ['timeout_error', 'timeout'],
    ['invalid_request_error', 'invalid-request'],
    ['a_new_kind', 'unavailable'],
  ])('within a stream (%s) is %s, and never safe to ask again', (type, code) => {
    const error = new APIError(
      undefined,
      { type: 'error', error: { type, message: 'No.' } },
      undefined,
      new Headers(),
    );
    expect(mapped(error)).toMatchObject({ code, retryable: false });
  });

  it('says how long to wait, and whose request it was', () => {
    const headers = { 'retry-after': '7', 'request-id': 'req_7' };
    expect(mapped(answered(429, 'rate_limit_error', 'Slow down.', headers))).toMatchObject({
      retryAfterMs: 7_000,
      requestId: 'req_7',
      retryable: true,
    });
  });

  it('is safe to ask again only where nothing was done', () => {
    const retryable = [400, 401, 429, 500, 503, 529].filter(
      (status) => mapped(answered(status, 'api_error')).retryable,
    );
    expect(retryable).toEqual([429, 503, 529]);
  });

  it('tells a person that there is no credit left, and not to wait for it', () => {
    const { message, retryable } = mapped(answered(402, 'billing_error'));
    expect(message).toContain('no credit');
    expect(retryable).toBe(false);
  });

  it('tells what the vendor says of a request that it refuses, on one line and without a key', () => {
    const { message } = mapped(
      answered(400, 'invalid_request_error', `max_tokens:\n too large for ${apiKey} or sk-ant-other-99`),
    );
    expect(message).toBe('Anthropic refused the request (status 400): max_tokens: too large for *** or ***');
  });

  it.each([401, 403, 429, 500])('of status %i tells nothing of the vendor’s text', (status) => {
    expect(mapped(answered(status, 'api_error', `Something about ${apiKey}`)).message).not.toContain(
      'Something',
    );
  });

  it('of a connection that was never made says why, and is safe to repeat', () => {
    const cause = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
    expect(mapped(new APIConnectionError({ cause }))).toEqual({
      code: 'unavailable',
      message: 'Anthropic could not be reached: nothing listens at its address.',
      retryable: true,
    });
  });

  it('of a body that broke off is not safe to repeat', () => {
    expect(mapped(new TypeError('terminated'))).toMatchObject({ code: 'unavailable', retryable: false });
  });

  it('is a timeout, a cancellation or unreadable by the SDK’s own errors', () => {
    expect(mapped(new APIConnectionTimeoutError())).toMatchObject({ code: 'timeout' });
    expect(mapped(new APIUserAbortError())).toMatchObject({ code: 'cancelled' });
    expect(mapped(new SyntaxError('Unexpected token'))).toMatchObject({ code: 'protocol' });
  });

  it('is a cancellation whenever the caller gave up', () => {
    const gone = contextOf({}, { signal: AbortSignal.abort() });
    expect(providerFailure(answered(500, 'api_error'), gone).code).toBe('cancelled');
  });

  it('that a guarded fetch told is handed on as it is', () => {
    const own = new ProviderError({ code: 'permission', message: 'Private addresses are refused.' });
    expect(providerFailure(new APIConnectionError({ cause: own }), context)).toBe(own);
  });
});
