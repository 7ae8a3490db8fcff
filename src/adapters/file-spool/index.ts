export { FileSpool } from './file-spool.js';
export type { FileSpoolOptions } from './options.js';
