export type { SandboxFault } from './faults/fault.js';
export type { SandboxFilm } from './film.js';
export { makePosts as sandboxPosts } from './posts/make-posts.js';
export type { SandboxPost } from './posts/sandbox-post.js';
export type { SandboxLimit, SandboxOptions } from './sandbox-options.js';
export type { SandboxService } from './sandbox-service.js';
export { type Sandbox, type SandboxRequest, startSandbox } from './start-sandbox.js';
export type { SandboxVocabulary } from './x/vocabulary.js';
export type { XProblemName as SandboxProblem } from './x/x-problems.js';
