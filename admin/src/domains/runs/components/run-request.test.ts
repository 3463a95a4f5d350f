import { runRequestBody } from './run-request';

describe('the request to start a run', () => {
  it('is JSON without files', () => {
    expect(runRequestBody({ input: { a: 1 } }, { photo: undefined })).toEqual({ input: { a: 1 } });
  });

  it('is a form with files, each in the field of its input', () => {
    const form = runRequestBody({ input: { a: 1 }, version: 2 }, { photo: new File(['x'], 'me.png') });
    if (!(form instanceof FormData)) throw new Error('a form was expected');
    expect(JSON.parse(String(form.get('payload')))).toEqual({ input: { a: 1 }, version: 2 });
    expect((form.get('photo') as File).name).toBe('me.png');
  });
});
