/** One of the two services that the sandbox plays. */
export type SandboxService = 'tmdb' | 'x';
