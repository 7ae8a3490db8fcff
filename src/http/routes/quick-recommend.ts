import { jsonAnswer } from '../answer.js';
import { badInput, RequestRefused } from '../problem.js';
import { checked, readJson } from '../read-input.js';
import type { Service } from '../service.js';
import { quickAnswerSchema, quickRequestSchema } from '../wire/quick-recommend.js';
import { toWireRecommendation } from '../wire/recommendation.js';
import { toWireMovieSummary } from '../wire/workflow-result.js';
import type { Route } from './route.js';

export const quickRecommendRoute = ({ manager, options }: Service): Route => ({
  method: 'POST',
  path: '/quick-recommend',
  access: 'start',
  doc: {
    operationId: 'quickRecommend',
    summary: 'Films like a stored one, by movie_name or tmdb_id, from what is stored; no API is asked',
    body: { schema: quickRequestSchema, required: true },
    answers: {
      200: { description: 'The film and those like it', schema: quickAnswerSchema },
      404: { description: 'No such film is stored' },
    },
  },
  work: async (c, signal) => {
    const asked = checked(quickRequestSchema, (await readJson(c.req.raw, options.maxBodyBytes)) ?? {});
    const { movie_name: movieName, tmdb_id: tmdbId, limit } = asked;
    if ((movieName === undefined) === (tmdbId === undefined)) throw badInput('give either movie_name or tmdb_id');
    const film = movieName === undefined ? { tmdbId: tmdbId ?? 0 } : { movieName };
    const found = await manager.recommendStored(film, { limit, signal });
    if (found === null) throw new RequestRefused(404, 'MOVIE_NOT_FOUND', 'no such film is stored');
    return jsonAnswer({
      movie: toWireMovieSummary(found.movie),
      recommendations: found.recommendations.map(toWireRecommendation),
      degraded: found.degraded,
    });
  },
});
