/** `--quick`: a moment of each benchmark, to see that it works. Its figures mean nothing. */
export const isQuick = process.argv.includes('--quick');
