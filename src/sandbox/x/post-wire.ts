import type { PostReference, SandboxPost } from '../posts/sandbox-post.js';
import { findEntities } from './entities.js';
import type { Selection } from './parameters.js';
import type { Names } from './vocabulary.js';

/** Letters of a text that are sent; more is in the note. */
const longest = 280;
const editableMs = 3_600_000;

const referenceKinds: Readonly<Record<PostReference['kind'], string>> = {
  reply: 'replied_to',
  quote: 'quoted',
  retweet: 'retweeted',
};

/** A post with the fields that are asked for. What it does not have is left out, never null. */
export function postToWire(post: SandboxPost, { names, fields, expansions }: Selection): object {
  const text = escapeText(cut(post));
  const asked = new Set([
    ...fields,
    ...(expansions.has('author_id') ? ['author_id'] : []),
    ...(expansions.has('in_reply_to_user_id') ? ['in_reply_to_user_id'] : []),
    ...(expansions.has(names.referenced) ? [names.references] : []),
  ]);
  const { reference } = post;
  const isLong = cut(post) !== post.text;
  const fieldsOfAll = {
    author_id: post.authorId,
    ...(isLong ? { [names.note]: { text: escapeText(post.text) } } : {}),
    ...(reference === null ? {} : { [names.references]: [{ type: referenceKinds[reference.kind], id: reference.id }] }),
    ...(reference?.kind === 'reply' ? { in_reply_to_user_id: reference.authorId } : {}),
  };
  const given = { ...fieldsOfAll, ...(post.isBare ? {} : details(post, text, names)) };
  return {
    id: post.id,
    text,
    [names.versions]: post.versions,
    ...Object.fromEntries(Object.entries(given).filter(([name]) => asked.has(name))),
  };
}

function details(post: SandboxPost, text: string, names: Names): object {
  const { id, createdAtMs, lang, likes, replies, reposts, reference, versions } = post;
  const entities = entitiesOf(text);
  return {
    conversation_id: reference?.kind === 'reply' ? reference.id : id,
    created_at: new Date(createdAtMs).toISOString(),
    edit_controls: {
      edits_remaining: 6 - versions.length,
      is_edit_eligible: reference === null,
      editable_until: new Date(createdAtMs + editableMs).toISOString(),
    },
    ...(Object.keys(entities).length === 0 ? {} : { entities }),
    lang,
    possibly_sensitive: false,
    public_metrics: {
      [names.reposts]: reposts,
      reply_count: replies,
      like_count: likes,
      quote_count: 0,
      bookmark_count: 0,
      impression_count: likes * 40,
    },
    reply_settings: 'everyone',
  };
}

/** Positions count code points of the text that is sent. */
function entitiesOf(text: string): object {
  const { urls, hashtags, mentions } = findEntities(text);
  const linked = urls.map((span) => ({
    ...span,
    expanded_url: span.url,
    display_url: span.url.replace(/^https?:\/\//, ''),
  }));
  return Object.fromEntries(
    Object.entries({ urls: linked, hashtags, mentions }).filter(([, found]) => found.length > 0),
  );
}

/** As X cuts a long post: an ellipsis, then the link of its whole. */
function cut({ id, text }: SandboxPost): string {
  const letters = [...text];
  if (letters.length <= longest) return text;
  const end = `… https://t.co/${BigInt(id).toString(36).slice(-10)}`;
  return `${letters.slice(0, longest - end.length).join('')}${end}`;
}

/** X escapes these three in texts. */
const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
