interface NodeBindings {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: unknown } };
}

const bindingsOf = (env: unknown): NodeBindings => (env ?? {}) as NodeBindings;

/** Whether the request came over a connection of node:http. */
export const isFromSocket = (env: unknown): boolean => bindingsOf(env).incoming !== undefined;

/** The address of the other side, where @hono/node-server tells it. */
export function addressOf(env: unknown): string | undefined {
  const address = bindingsOf(env).incoming?.socket?.remoteAddress;
  return typeof address === 'string' ? address : undefined;
}
