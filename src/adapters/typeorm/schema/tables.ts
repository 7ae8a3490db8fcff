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
}

export const defaultTablePrefix = 'reelflow_';

export const tableNames = (prefix: string): Tables => ({
  movies: `${prefix}movies`,
  movieTitles: `${prefix}movie_titles`,
  reviews: `${prefix}reviews`,
  runs: `${prefix}runs`,
  runSteps: `${prefix}run_steps`,
  recommendations: `${prefix}recommendations`,
  quarantine: `${prefix}quarantine`,
  markers: `${prefix}markers`,
});
