import * as z from 'zod';
import { jsonAnswer } from '../answer.js';
import { TextAllowance } from '../guard/text-allowance.js';
import { RequestRefused } from '../problem.js';
import { checked, readQuery, wholeText } from '../read-input.js';
import type { Service } from '../service.js';
import { toWireAnalysis } from '../wire/analysis.js';
import { movieAnswerSchema, toWireStoredMovie, type WireMovieAnswer } from '../wire/movie.js';
import { toWireReview } from '../wire/review.js';
import type { Route } from './route.js';

const params = { tmdbId: wholeText(z.int().min(1)) };
const query = z.object({ reviews: wholeText(z.int().min(0).max(100)).default(20) });
const path = z.object(params);

const tmdbNotice = 'This product uses the TMDB API but is not endorsed or certified by TMDB.';

export function movieRoute({ manager, options }: Service): Route {
  const allowance = new TextAllowance();
  return {
    method: 'GET',
    path: '/movies/:tmdbId',
    access: 'read',
    doc: {
      operationId: 'movie',
      summary: 'A stored film, what its posts say together, and its newest posts; no API is asked',
      params,
      query,
      answers: {
        200: { description: 'The film', schema: movieAnswerSchema },
        404: { description: 'No such film is stored' },
      },
    },
    work: async (c) => {
      const { tmdbId } = checked(path, { tmdbId: c.req.param('tmdbId') });
      const { reviews: limit } = checked(query, readQuery(c.req.url));
      const found = await manager.findStoredMovie(tmdbId, { reviews: limit });
      if (found === null) throw new RequestRefused(404, 'MOVIE_NOT_FOUND', `no film ${tmdbId} is stored`);
      const { movie, reviews } = found;
      const withText = options.postTexts && allowance.take(c.var.caller.key, reviews.length);
      const body: WireMovieAnswer = {
        movie: toWireStoredMovie(movie),
        sentiment: movie.sentiment === null ? null : toWireAnalysis(movie.sentiment),
        reviews: reviews.map((review) => toWireReview(review, withText)),
        attribution: {
          movie: { notice: tmdbNotice, url: `https://www.themoviedb.org/movie/${tmdbId}` },
          reviews: reviews.length === 0 ? null : { notice: 'Posts from X', url: 'https://x.com' },
        },
      };
      return jsonAnswer(body);
    },
  };
}
