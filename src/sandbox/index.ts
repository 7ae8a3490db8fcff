export type { SandboxFault } from './faults.js';
export type { SandboxFilm } from './film.js';
export { makePosts as sandboxPosts, type SandboxPost } from './posts/make-posts.js';
export type { SandboxLimit, SandboxOptions } from './sandbox-options.js';
export type { SandboxService } from './sandbox-service.js';
export { type Sandbox, type SandboxRequest, startSandbox } from './start-sandbox.js';
