import type { WriteBatch } from '../../../../src/ports/repository.js';
import { hour, sampleReview } from '../../../../src/testing/repository/sample-records.js';

/** A batch that is told by its number. */
export const numbered = (number: number, text = `Post ${number}`): WriteBatch => ({
  reviews: { reviews: [sampleReview(number, { text })], fetchedAt: hour(1) },
});
