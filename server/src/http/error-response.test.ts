import { errors } from '@strapi/utils';
import { ProviderError, providerErrorCodes } from 'strapi-plugin-skills-shared/provider';
import { errorResponse } from './error-response';
import { ConflictError, DeniedError, InvalidError, MissingError, TooLargeError } from './errors';

describe('what a caller is told of an error', () => {
  it.each([
    [new InvalidError('m', { code: 'c' }), 400],
    [new DeniedError('m', { code: 'c' }), 403],
    [new MissingError('m', { code: 'c' }), 404],
    [new ConflictError('m', { code: 'c' }), 409],
    [new TooLargeError('m', { code: 'c', limit: 1 }), 413],
  ])('has the status of its class: %s', (error, status) => {
    const response = errorResponse(error);
    expect(response).toMatchObject({ status, unexpected: false });
    expect(response.body.error).toMatchObject({ status, message: 'm', details: { code: 'c' } });
  });

  it("has a code from the class's name when the error brings none", () => {
    const code = (error: Error) => errorResponse(error).body.error.details.code;
    expect(code(new errors.RateLimitError('slow'))).toBe('rate-limit');
    expect(code(new errors.PayloadTooLargeError('much'))).toBe('payload-too-large');
  });

  it.each(providerErrorCodes)("does not make a provider's failure its own: %s", (code) => {
    const error = new ProviderError({
      code,
      message: 'The vendor said no.',
      retryAfterMs: 1_500,
      status: 401,
    });
    const { status, body, headers, unexpected } = errorResponse(error);
    expect(status).toBe(code === 'timeout' ? 504 : code === 'rate-limited' ? 429 : 502);
    expect(headers).toEqual(code === 'rate-limited' ? { 'Retry-After': '2' } : {});
    expect([body.error.name, body.error.message, unexpected]).toEqual([
      'ProviderError',
      'The vendor said no.',
      false,
    ]);
    expect(body.error.details).toMatchObject({ code, status: 401 });
  });

  it('says nothing of when to come again where the vendor did not', () => {
    const error = new ProviderError({ code: 'rate-limited', message: 'Too much.' });
    expect(errorResponse(error)).toMatchObject({ status: 429, headers: {} });
  });

  it("tells nothing of the cause of a provider's failure", () => {
    const cause = new Error('raw text of the vendor');
    const error = new ProviderError({ code: 'protocol', message: 'It failed.' }, { cause });
    expect(JSON.stringify(errorResponse(error))).not.toContain('raw text');
  });

  it('keeps what HTTP libraries meant for the caller', () => {
    const error = Object.assign(new Error('aborted'), { status: 400, expose: true, name: 'BadRequestError' });
    expect(errorResponse(error)).toMatchObject({ status: 400, unexpected: false });
  });

  it.each([new Error('boom'), new TypeError('x is undefined'), 'thrown text', undefined])(
    'is nothing when it is a bug: %s',
    (error) => {
      const { status, body, unexpected } = errorResponse(error);
      expect([status, unexpected, body.error.details]).toEqual([500, true, { code: 'internal' }]);
      expect(body.error.message).toBe('Something went wrong on the server.');
    },
  );
});
