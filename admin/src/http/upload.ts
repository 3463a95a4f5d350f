import { failureFromBody, RequestError } from './api-failure';

interface UploadRequest {
  url: string;
  form: FormData;
  token: string | null;
  /** 0–1 of the bytes sent. */
  onProgress?: (sent: number) => void;
}

/** Posts a form and tells how far it is, which `fetch` cannot. Resolves with the answer's `data`; rejects with a `RequestError`. */
export function uploadForm<Answer>({ url, form, token, onProgress }: UploadRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(new RequestError(failureFromBody(request.status, request.responseText)));
    request.open('POST', url);
    request.setRequestHeader('Accept', 'application/json');
    if (token) request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onProgress?.(loaded / total);
    };
    request.onerror = () =>
      reject(
        new RequestError({
          name: 'NetworkError',
          message: 'The upload was cut off. Check the connection and try again.',
        }),
      );
    request.onload = () => {
      if (request.status < 200 || request.status >= 300) return fail();
      try {
        resolve((JSON.parse(request.responseText) as { data: Answer }).data);
      } catch {
        fail();
      }
    };
    request.send(form);
  });
}
