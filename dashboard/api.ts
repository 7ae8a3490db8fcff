/** Where the service is: beside this page. */
const base = location.pathname.replace(/\/dashboard\/?$/, '');
const tokenKey = 'reelflow token';

/** The answer of the service was no success. */
export class ServiceError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Calls of the service, with the token of this tab: it is kept for the tab alone, and never goes into an address. */
export class Service {
  #token = sessionStorage.getItem(tokenKey) ?? '';

  get hasToken(): boolean {
    return this.#token !== '';
  }

  useToken(token: string): void {
    this.#token = token;
    if (token === '') sessionStorage.removeItem(tokenKey);
    else sessionStorage.setItem(tokenKey, token);
  }

  /** @throws ServiceError for an answer that is no success, TypeError when the service is not reached */
  async get<Answer>(path: string): Promise<Answer> {
    return (await this.request(path)).json();
  }

  async post<Answer>(path: string, body?: unknown): Promise<Answer> {
    const sent =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return (await this.request(path, { method: 'POST', ...sent })).json();
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.hasToken) headers.set('authorization', `Bearer ${this.#token}`);
    const response = await fetch(base + path, { ...init, headers, cache: 'no-store' });
    if (response.ok) return response;
    const problem: { code?: string; detail?: string } = await response.json().catch(() => ({}));
    const detail = problem.detail ?? `the service answered ${response.status}`;
    throw new ServiceError(response.status, problem.code ?? 'UNEXPECTED', detail);
  }
}
