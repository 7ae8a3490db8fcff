/** What a route says; it is sent as it is unless a fault is in the way. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is HTML, everything else JSON; without one the answer is empty. */
  readonly body?: unknown;
}

export const htmlPage = (status: number): Answer => ({
  status,
  body: `<html><head><title>${status}</title></head><body><h1>${status}</h1><p>The edge has no answer.</p></body></html>`,
});
