import type { ErrorCode } from '../../src/index.js';

export type Method = 'searchMovies' | 'getMovie' | 'searchReviews';

interface Given {
  /** Every object, in order, by what tells it from the others. Films of details: the film, then its related ones. */
  readonly objects: readonly object[];
  /** The fields at fault of the posts that are set aside, in order. */
  readonly rejected?: readonly (string | null)[];
  /** Whether another page follows. */
  readonly next?: true;
}

interface Failed {
  readonly code: ErrorCode;
  /** @default false */
  readonly retryable?: true;
  /** The provider's own number or name of the error. */
  readonly kind?: number | string;
  readonly waitMs?: number;
}

/** An answer, the method it is the answer to (or the nearest one, for what no method asks), and what must come of it. */
export type Row = readonly [file: string, method: Method, outcome: Given | Failed];

const lantern = { tmdbId: 9_000_001, title: 'The Lantern Keeper', releaseDate: '2021-03-12', rating: 7.214 };
const night = { tmdbId: 9_000_002, originalLanguage: 'pl', originalTitle: 'Żółta noc: łódź i gęś' };
const undated = { tmdbId: 9_000_003, title: '夜の灯台', releaseDate: null, overview: '', posterPath: null, rating: 0 };
const untitled = { tmdbId: 9_000_004, releaseDate: null };
const tide = { tmdbId: 9_000_005, title: 'Élodie and the Tide', releaseDate: '2024-02-29' };
const dust = { tmdbId: 9_000_006, title: 'Dust and “Signals”' };

const praise = {
  tweetId: '2107169995879350273',
  text: 'Just left "The Lantern Keeper" & I am still hearing that lamp. 9/10 <3',
  authorId: '2090000000000000001',
  likeCount: 3,
  source: 'twitter',
};
/** Edited once, so that it goes by the id of its first version; long, so that its text is not the cut one. */
const long = {
  tweetId: '2107166594298806280',
  repostCount: 14,
  likeCount: 220,
  text: /& nearly left\..*see it loud\.$/,
};
const japanese = { tweetId: '2107161653408694275', language: 'ja', text: /👩🏽‍🚀/u };
const reply = { tweetId: '2107141994705846276', replyCount: 1, text: />>$/ };
const orphan = { tweetId: '2107123644625846277', authorId: '1777770000000000004', language: 'und' };

const noShape = { code: 'API_INVALID_RESPONSE', retryable: true } as const;
const badRequest = { code: 'API_BAD_REQUEST' } as const;
const unauthorized = { code: 'API_UNAUTHORIZED' } as const;
const unavailable = { code: 'API_UNAVAILABLE', retryable: true } as const;
/** The window of the recorded X answers ends 15 minutes after the time at which they are played. */
const windowMs = 900_000;

const tmdb: readonly Row[] = [
  ['tmdb-search-movie.page1.json', 'searchMovies', { objects: [lantern, night, undated, untitled] }],
  ['tmdb-search-movie.page2-duplicate.json', 'searchMovies', { objects: [untitled, { tmdbId: 9_000_007 }] }],
  ['tmdb-search-movie.empty.json', 'searchMovies', { objects: [] }],
  ['tmdb-search-movie.zero-pages.json', 'searchMovies', { objects: [] }],
  ['tmdb-search-movie.past-end.json', 'searchMovies', { objects: [] }],
  [
    'tmdb-movie-details.json',
    'getMovie',
    { objects: [{ ...lantern, genres: ['Drama', 'Mystery'], runtimeMinutes: 109, cast: [] }] },
  ],
  ['tmdb-movie-details.sparse.json', 'getMovie', { objects: [{ ...undated, runtimeMinutes: null, genres: [] }] }],
  [
    'tmdb-movie-details.appended.json',
    'getMovie',
    {
      objects: [
        {
          ...lantern,
          cast: ['Aoife Brannagh', 'Łukasz Ząb'],
          directors: ['Tomás Ó Dálaigh'],
          keywords: ['lighthouse', 'small town', 'based on a ballad'],
        },
        { ...tide, genres: ['Adventure', 'Science Fiction'], cast: [] },
      ],
    },
  ],
  // Lists of films have the shape of a search; getMovie reads them as parts of the details, which has a test of its own.
  ['tmdb-movie-recommendations.page1.json', 'searchMovies', { objects: [tide, dust] }],
  ['tmdb-movie-recommendations.page2-boundary-duplicate.json', 'searchMovies', { objects: [dust, night] }],
  ['tmdb-movie-recommendations.empty.json', 'searchMovies', { objects: [] }],
  ['tmdb-movie-similar.json', 'searchMovies', { objects: [dust, undated] }],
  ['tmdb-discover-movie.json', 'searchMovies', { objects: [tide, lantern] }],
  // Lists of something else, and answers that are no list.
  ['tmdb-movie-reviews.json', 'searchMovies', noShape],
  ['tmdb-movie-reviews.empty.json', 'searchMovies', { objects: [] }],
  ['tmdb-changes-movie-list.json', 'searchMovies', noShape],
  ['tmdb-movie-keywords.json', 'getMovie', noShape],
  ['tmdb-movie-keywords.empty.json', 'getMovie', noShape],
  ['tmdb-movie-credits.json', 'getMovie', noShape],
  ['tmdb-genre-movie-list.json', 'searchMovies', noShape],
  ['tmdb-genre-movie-list.untranslated.json', 'searchMovies', noShape],
  ['tmdb-configuration.json', 'getMovie', noShape],
  ['tmdb-movie-changes.json', 'getMovie', noShape],
  ['tmdb-authentication.ok.json', 'searchMovies', noShape],
  ['tmdb-error-401-invalid-key.json', 'searchMovies', { ...unauthorized, kind: 7 }],
  ['tmdb-error-401-suspended-key.json', 'searchMovies', { ...unauthorized, kind: 10 }],
  ['tmdb-error-404-not-found.json', 'getMovie', { code: 'API_NOT_FOUND', kind: 34 }],
  ['tmdb-error-404-invalid-id.json', 'getMovie', { code: 'API_NOT_FOUND', kind: 6 }],
  ['tmdb-error-400-invalid-page.json', 'searchMovies', { ...badRequest, kind: 22 }],
  ['tmdb-error-400-too-many-append.json', 'getMovie', { ...badRequest, kind: 27 }],
  ['tmdb-error-422-bad-params.json', 'searchMovies', { ...badRequest, kind: 5 }],
  ['tmdb-error-429-over-limit.json', 'getMovie', { code: 'API_RATE_LIMITED', retryable: true, kind: 25 }],
  ['tmdb-error-500-internal.json', 'getMovie', { ...unavailable, kind: 11 }],
  ['tmdb-error-502-backend.json', 'getMovie', { ...unavailable, kind: 43 }],
  ['tmdb-error-503-offline.json', 'getMovie', { ...unavailable, kind: 9 }],
  ['tmdb-error-503-maintenance.json', 'getMovie', { ...unavailable, kind: 46, waitMs: 120_000 }],
  ['tmdb-error-504-backend-timeout.json', 'getMovie', { ...unavailable, kind: 24 }],
  ['tmdb-error-502-gateway.html', 'getMovie', unavailable],
  ['invalid-tmdb-search-string-id.json', 'searchMovies', noShape],
  ['invalid-tmdb-search-results-object.json', 'searchMovies', noShape],
  // One odd field spoils nothing: what is no number counts as unknown.
  [
    'invalid-tmdb-details-numbers-as-text.json',
    'getMovie',
    { objects: [{ ...lantern, rating: 0, popularity: 0, runtimeMinutes: null, voteCount: 1832 }] },
  ],
  ['invalid-tmdb-error-no-code.json', 'getMovie', unauthorized],
  ['invalid-tmdb-200-html.html', 'searchMovies', noShape],
  ['invalid-tmdb-truncated.json', 'searchMovies', noShape],
];

const x: readonly Row[] = [
  ['x-search-recent.page1.json', 'searchReviews', { objects: [praise, long, japanese], next: true }],
  ['x-search-recent.page2-last.json', 'searchReviews', { objects: [reply], rejected: ['text'] }],
  ['x-search-recent.empty.json', 'searchReviews', { objects: [] }],
  ['x-search-recent.empty-page-with-token.json', 'searchReviews', { objects: [], next: true }],
  ['x-search-recent.short-page-with-token.json', 'searchReviews', { objects: [japanese], next: true }],
  [
    'x-search-recent.default-fields.json',
    'searchReviews',
    // The date is that of the id.
    { objects: [{ tweetId: '2106878315590582279', authorId: null, language: null, createdAt: /^2026-10-04T22:45:/ }] },
  ],
  ['x-search-recent.partial-error.json', 'searchReviews', { objects: [praise, orphan] }],
  ['x-search-recent.partial-error-field.json', 'searchReviews', { objects: [praise] }],
  ['x-search-recent.post-names.json', 'searchReviews', { objects: [praise, long, reply], next: true }],
  ['x-search-recent.post-names-partial-error.json', 'searchReviews', { objects: [orphan] }],
  // A post by its id is an object where a page has a list, or errors alone.
  ['x-tweet-by-id.json', 'searchReviews', noShape],
  ['x-tweet-by-id.post-names.json', 'searchReviews', noShape],
  ['x-tweet-by-id.not-found-200.json', 'searchReviews', noShape],
  ['x-tweet-by-id.protected-200.json', 'searchReviews', noShape],
  // Counts are a list of what is no post.
  ['x-counts-recent.json', 'searchReviews', { objects: [], rejected: ['id', 'id', 'id'] }],
  ['x-counts-recent.empty.json', 'searchReviews', { objects: [] }],
  ['x-counts-recent.post-names.json', 'searchReviews', { objects: [], rejected: ['id', 'id', 'id'] }],
  ['x-error-400-invalid-query.json', 'searchReviews', { ...badRequest, kind: 'invalid-request' }],
  ['x-error-400-max-results.json', 'searchReviews', { ...badRequest, kind: 'invalid-request' }],
  ['x-error-400-since-id-too-old.json', 'searchReviews', { ...badRequest, kind: 'invalid-request' }],
  ['x-error-401.json', 'searchReviews', unauthorized],
  ['x-error-402-credits.json', 'searchReviews', { code: 'API_QUOTA_EXHAUSTED', kind: 'credits' }],
  ['x-error-402-credits-depleted.json', 'searchReviews', { code: 'API_QUOTA_EXHAUSTED', kind: 'credits-depleted' }],
  ['x-error-403-client-not-enrolled.json', 'searchReviews', { code: 'API_FORBIDDEN', kind: 'client-forbidden' }],
  [
    'x-error-403-unsupported-authentication.json',
    'searchReviews',
    { code: 'API_FORBIDDEN', kind: 'unsupported-authentication' },
  ],
  ['x-error-404.json', 'searchReviews', { code: 'API_NOT_FOUND' }],
  ['x-error-429-rate-limit.json', 'searchReviews', { code: 'API_RATE_LIMITED', retryable: true, waitMs: windowMs }],
  [
    'x-error-429-legacy-88.json',
    'searchReviews',
    { code: 'API_RATE_LIMITED', retryable: true, kind: 88, waitMs: windowMs },
  ],
  ['x-error-429-usage-cap.json', 'searchReviews', { code: 'API_QUOTA_EXHAUSTED', kind: 'usage-capped' }],
  ['x-error-500.json', 'searchReviews', unavailable],
  ['x-error-503.json', 'searchReviews', unavailable],
  ['x-error-503-legacy-130.json', 'searchReviews', { ...unavailable, kind: 130 }],
  ['x-error-503-edge.html', 'searchReviews', unavailable],
  ['invalid-x-search-numeric-id.json', 'searchReviews', { objects: [], rejected: ['id'] }],
  ['invalid-x-search-data-null.json', 'searchReviews', noShape],
  ['invalid-x-search-data-object.json', 'searchReviews', noShape],
  ['invalid-x-search-text-missing-type.json', 'searchReviews', { objects: [], rejected: ['text'] }],
  ['invalid-x-truncated.json', 'searchReviews', noShape],
];

export const rows: readonly Row[] = [...tmdb, ...x];
