/** Stands in for `reelflow/sandbox` in an example whose test has a sandbox of its own. */
export const startSandbox = async () => ({
  tmdbUrl: `${process.env['SANDBOX_TMDB_URL']}`,
  xUrl: `${process.env['SANDBOX_X_URL']}`,
  close: async () => {},
});
