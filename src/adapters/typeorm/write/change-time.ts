import { text } from '../rows/read-row.js';
import type { SqlSession } from '../sql-session.js';

/** The time of the changes of one transaction: now, or just after the latest change when the clock has not moved on. */
export function changeTimer(session: SqlSession, movies: string): () => Promise<string> {
  let time: string | undefined;
  return async () => {
    if (time === undefined) {
      const [latest] = await session.all(`SELECT changed_at FROM ${movies} ORDER BY changed_at DESC LIMIT 1`);
      const earliestMs = latest === undefined ? 0 : Date.parse(text(latest, 'changed_at')) + 1;
      time = new Date(Math.max(Date.now(), earliestMs)).toISOString();
    }
    return time;
  };
}
