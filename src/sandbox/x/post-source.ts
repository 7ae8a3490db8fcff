import type { SandboxPost } from '../posts/sandbox-post.js';

/** Where posts come from. */
export interface PostSource {
  /** Posts about the films that the texts name, newest first. */
  about(texts: readonly string[]): readonly SandboxPost[];
  find(id: string): SandboxPost | undefined;
}
