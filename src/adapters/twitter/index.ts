export type { TwitterClientOptions, Vocabulary } from './options.js';
export { TwitterClient } from './twitter-client.js';
