/** A film as the sandbox knows it: facts only. The field names are those of the JSON-lines files it reads. */
export interface SandboxFilm {
  readonly tmdb_id: number;
  readonly title: string;
  readonly original_title?: string | null | undefined;
  readonly original_language?: string | null | undefined;
  readonly release_date?: string | null | undefined;
  readonly genres: readonly string[];
  readonly keywords: readonly string[];
  readonly cast: readonly string[];
  readonly directors: readonly string[];
  readonly overview?: string | null | undefined;
  readonly vote_average: number;
  readonly vote_count: number;
  readonly popularity?: number | null | undefined;
  readonly runtime?: number | null | undefined;
}
