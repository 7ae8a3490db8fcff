import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Secret, writtenForms } from './secret-traces.js';

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

export interface Indiscretion {
  readonly name: string;
  readonly answer: Answering;
}

const wholeFilm = {
  id: 579_974,
  title: 'RRR',
  original_title: 'RRR',
  release_date: '2022-03-24',
  overview: '',
  vote_average: 7.7,
  vote_count: 1500,
  popularity: 7,
  genres: [{ id: 28, name: 'Action' }],
};
const wholePost = { id: '1500000000000000001', text: 'loved it', created_at: '2022-03-26T10:00:00.000Z', lang: 'en' };

/** What the providers say when nothing is wrong. */
export function answerSoundly({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const body = url.startsWith('/3/search')
    ? { page: 1, results: [wholeFilm] }
    : url.startsWith('/3/movie')
      ? wholeFilm
      : { data: [wholePost, { id: '1500000000000000002' }], meta: { result_count: 2 } };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const statuses = [400, 401, 402, 403, 404, 405, 408, 409, 422, 429, 500, 501, 502, 503, 504];

/** Failures of every kind, each of which repeats the credential of its request wherever an answer has room for it. */
export function indiscretions(secrets: readonly Secret[]): Indiscretion[] {
  /** The credential that came with a request. */
  const sentWith = ({ headers, url = '' }: IncomingMessage): Secret => {
    const found = secrets.find(({ value }) => headers.authorization === `Bearer ${value}` || url.includes(value));
    if (found === undefined) throw new Error('a request without a credential');
    return found;
  };
  const headersOf = ({ value, core }: Secret) => ({
    'www-authenticate': `Bearer realm="${encodeURIComponent(value)}", error_description="${core}"`,
    'x-request': value,
    'retry-after': value,
    'set-cookie': `token=${encodeURIComponent(value)}`,
    etag: `"${core}"`,
  });
  const says =
    (status: number, type: string, body: (secret: Secret) => string): Answering =>
    (request, response) => {
      const secret = sentWith(request);
      response.writeHead(status, secret.value, { ...headersOf(secret), 'content-type': type }).end(body(secret));
    };
  const json = (status: number, body: (secret: Secret) => unknown): Answering =>
    says(status, 'application/json', (secret) => JSON.stringify(body(secret)));
  const spoken = (secret: Secret): string => writtenForms(secret).join(' | ');
  const problem = (form: string) => ({
    status_code: 11,
    status_message: `telltale: it was ${form}`,
    success: false,
    title: form,
    detail: `telltale: ${form} is wrong`,
    type: `https://api.x.com/2/problems/${form}`,
    errors: [{ code: 32, message: `telltale: you sent ${form} as the credential` }],
  });
  return [
    ...statuses.flatMap((status) =>
      ['raw', 'URL', 'decoded', 'JSON', 'base64', 'base64url'].map((form, index) => ({
        name: `status ${status}, ${form}`,
        answer: json(status, (secret) => problem(writtenForms(secret)[index] ?? '')),
      })),
    ),
    ...statuses.map((status) => ({
      name: `status ${status} as HTML`,
      answer: says(status, 'text/html', (secret) => `<html><body>telltale ${spoken(secret)}</body></html>`),
    })),
    { name: 'no JSON', answer: says(200, 'application/json', (secret) => `not JSON: ${spoken(secret)}`) },
    { name: 'a text as JSON', answer: json(200, spoken) },
    {
      name: 'another shape',
      answer: json(200, (secret) => ({ results: spoken(secret), data: spoken(secret), [spoken(secret)]: 1 })),
    },
    { name: 'errors beside nothing', answer: json(200, (secret) => ({ errors: [{ message: spoken(secret) }] })) },
    {
      name: 'a redirect',
      answer: (request, response) => {
        const { value } = sentWith(request);
        response.writeHead(302, value, { location: `/x?api_key=${encodeURIComponent(value)}` }).end();
      },
    },
    {
      name: 'a redirect elsewhere',
      answer: (request, response) =>
        void response.writeHead(307, { location: `http://127.0.0.1:1/${sentWith(request).core}` }).end(),
    },
    { name: 'a reset', answer: ({ socket }) => void socket.destroy() },
    {
      name: 'half an answer',
      answer: (request, response) => {
        response.writeHead(200, { 'content-length': '9999', 'content-type': 'application/json' });
        response.write(`{"results": "${sentWith(request).value}`, () => void response.socket?.destroy());
      },
    },
    { name: 'no HTTP', answer: (request) => void request.socket.end(`telltale ${spoken(sentWith(request))}\r\n\r\n`) },
    {
      name: 'a broken chunk',
      answer: (request) => {
        const { core } = sentWith(request);
        request.socket.end(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nx: ${core}\r\n\r\nzz${core}\r\n`);
      },
    },
  ];
}
