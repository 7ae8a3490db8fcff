import type { Counts } from '../../../ports/repository.js';

export const noCounts: Counts = { inserted: 0, updated: 0, unchanged: 0 };

export const addCounts = (one: Counts, other: Counts): Counts => ({
  inserted: one.inserted + other.inserted,
  updated: one.updated + other.updated,
  unchanged: one.unchanged + other.unchanged,
});
