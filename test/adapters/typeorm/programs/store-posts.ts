// Opens a repository, stores posts, and prints what was counted. Several of these run at once.
import { TypeOrmRepository, type TypeOrmRepositoryOptions } from '../../../../src/adapters/typeorm/index.js';
import { hour, sampleReviews } from '../../../../src/testing/repository/sample-records.js';

interface Input {
  readonly options: TypeOrmRepositoryOptions;
  readonly posts: number;
  readonly batch: number;
}

const { options, posts, batch }: Input = JSON.parse(process.argv[2] ?? '');
const repository = await TypeOrmRepository.open(options);
const counts = { inserted: 0, updated: 0, unchanged: 0 };
for (let from = 0; from < posts; from += batch) {
  const reviews = { reviews: sampleReviews(from, Math.min(posts, from + batch)), fetchedAt: hour(1) };
  const report = await repository.apply({ reviews });
  counts.inserted += report.reviews.inserted;
  counts.updated += report.reviews.updated;
  counts.unchanged += report.reviews.unchanged;
}
await repository.close();
console.log(JSON.stringify(counts));
