import type { Answer } from '../answer.js';
import type { SandboxService } from '../sandbox-service.js';
import { offsetOf, tokenOf } from '../x/page-token.js';
import type { SandboxFault } from './fault.js';

type Body = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The request that is answered in place of the one that came. */
export function askedInstead(query: URLSearchParams, fault: SandboxFault | null): URLSearchParams {
  if (fault?.kind !== 'repeated-page') return query;
  return new URLSearchParams([...query].filter(([name]) => !['page', 'next_token', 'pagination_token'].includes(name)));
}

/** A good answer with wrong data in it. Answers without records stay as they are. */
export function spoil(
  service: SandboxService,
  answer: Answer,
  { fault, query }: { readonly fault: SandboxFault | null; readonly query: URLSearchParams },
): Answer {
  const { body } = answer;
  if (fault === null || answer.status !== 200 || !isRecord(body)) return answer;
  const list = service === 'tmdb' ? 'results' : 'data';
  const records: readonly unknown[] | null = Array.isArray(body[list]) ? body[list] : null;
  const spoiled = spoilBody(body, fault, records, { service, list, query });
  return spoiled === null ? answer : { ...answer, body: spoiled };
}

interface Place {
  readonly service: SandboxService;
  readonly list: string;
  readonly query: URLSearchParams;
}

function spoilBody(body: Body, fault: SandboxFault, records: readonly unknown[] | null, place: Place): Body | null {
  const { service, list, query } = place;
  if (fault.kind === 'wrong-type') return withWrongType(body, fault.field ?? 'id', records, list);
  // Counts are a list too, but have no pages.
  if (records === null || (service === 'x' && Object(body['meta']).result_count === undefined)) return null;
  switch (fault.kind) {
    case 'invalid-record': {
      const middle = Math.floor(records.length / 2);
      const bad = service === 'tmdb' ? { title: null, overview: 'A film without an id.' } : { text: null };
      return { ...body, [list]: [...records.slice(0, middle), bad, ...records.slice(middle)] };
    }
    case 'repeated-page': {
      if (service === 'x') return { ...body, meta: { ...Object(body['meta']), next_token: tokenOf(0) } };
      const page = Number(query.get('page') ?? '1');
      return { ...body, page, total_pages: Math.max(page + 1, Number(body['total_pages'])) };
    }
    case 'empty-page':
      return shortened(body, [], place);
    case 'short-page':
      return shortened(body, records.slice(0, fault.count ?? 1), place);
    default:
      return null;
  }
}

/** X goes on behind the last record that was sent, so that nothing is lost; TMDB counts pages. */
function shortened(body: Body, records: readonly unknown[], { service, list, query }: Place): Body {
  if (service === 'tmdb') return { ...body, [list]: records };
  const from = offsetOf(query.get('next_token') ?? query.get('pagination_token')) ?? 0;
  const { [list]: _all, includes: _includes, errors: _errors, ...rest } = body;
  const ids = records.flatMap((record) => (isRecord(record) ? [String(record['id'])] : []));
  const [newest, oldest] = [ids[0], ids.at(-1)];
  return {
    ...(records.length === 0 ? {} : { [list]: records, ...shared(body) }),
    ...rest,
    meta: {
      ...(newest === undefined ? {} : { newest_id: newest, oldest_id: oldest }),
      result_count: records.length,
      next_token: tokenOf(from + records.length),
    },
  };
}

const shared = ({ includes, errors }: Body): Body => ({
  ...(includes === undefined ? {} : { includes }),
  ...(errors === undefined ? {} : { errors }),
});

/** Turns the field in the first record that has it, or in the one record that the answer is. */
function withWrongType(body: Body, field: string, records: readonly unknown[] | null, list: string): Body {
  const turn = (record: Body): Body => ({ ...record, [field]: turned(record[field]) });
  const has = (record: unknown): record is Body => isRecord(record) && Object.hasOwn(record, field);
  if (records !== null) {
    const first = records.findIndex(has);
    return {
      ...body,
      [list]: records.map((record, index) => (index === first && has(record) ? turn(record) : record)),
    };
  }
  const one = body[list];
  if (has(one)) return { ...body, [list]: turn(one) };
  return has(body) ? turn(body) : body;
}

function turned(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : 12_345;
}
