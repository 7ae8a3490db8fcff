/** The tables, with the prefix that the host chose. */
export interface Tables {
  readonly movies: string;
  readonly movieTitles: string;
  readonly reviews: string;
  readonly runs: string;
  readonly runSteps: string;
  readonly recommendations: string;
  readonly quarantine: string;
  readonly markers: string;
  readonly forgotten: string;
}

export const defaultTablePrefix = 'reelflow_';

/** @param nameOf - how a table's name is written, such as quoted for SQL */
export const tableNames = (prefix: string, nameOf: (table: string) => string = (table) => table): Tables => ({
  movies: nameOf(`${prefix}movies`),
  movieTitles: nameOf(`${prefix}movie_titles`),
  reviews: nameOf(`${prefix}reviews`),
  runs: nameOf(`${prefix}runs`),
  runSteps: nameOf(`${prefix}run_steps`),
  recommendations: nameOf(`${prefix}recommendations`),
  quarantine: nameOf(`${prefix}quarantine`),
  markers: nameOf(`${prefix}markers`),
  forgotten: nameOf(`${prefix}forgotten`),
});
