import type { Counts, WriteReport } from '../../../ports/repository.js';

export const noCounts: Counts = { inserted: 0, updated: 0, unchanged: 0 };

/** Of a write that held neither films nor posts. */
export const noRecords: WriteReport = { movies: noCounts, reviews: noCounts, rejected: [] };

export const addCounts = (one: Counts, other: Counts): Counts => ({
  inserted: one.inserted + other.inserted,
  updated: one.updated + other.updated,
  unchanged: one.unchanged + other.unchanged,
});
