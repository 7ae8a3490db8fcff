import { type Service, ServiceError } from '../api.js';
import { part } from '../dom.js';

/** Asks for the token when the service wants one. */
export class AccessView {
  readonly #service: Service;
  readonly #onOpen: (canStart: boolean) => void;
  readonly #onClosed: () => void;

  constructor(service: Service, onOpen: (canStart: boolean) => void, onClosed: () => void) {
    this.#service = service;
    this.#onOpen = onOpen;
    this.#onClosed = onClosed;
    part<HTMLFormElement>('access-form').addEventListener('submit', (event) => {
      event.preventDefault();
      const input = part<HTMLInputElement>('token');
      service.useToken(input.value.trim());
      input.value = '';
      void this.enter();
    });
    part('forget-token').addEventListener('click', () => {
      service.useToken('');
      this.#ask('');
    });
  }

  /** Tries the token that is there, or none. @returns false when the service was not reached */
  async enter(): Promise<boolean> {
    try {
      const { can_start: canStart } = await this.#service.get<{ can_start: boolean }>('/access');
      part('access').hidden = true;
      part('content').hidden = false;
      part('forget-token').hidden = !this.#service.hasToken;
      part('access-error').textContent = '';
      this.#onOpen(canStart);
      return true;
    } catch (thrown) {
      if (!(thrown instanceof ServiceError) || thrown.status !== 401) return false;
      this.refuse();
      return true;
    }
  }

  /** The service does not know the token. */
  refuse(): void {
    const said = this.#service.hasToken ? 'The service does not know this token.' : '';
    this.#service.useToken('');
    this.#ask(said);
  }

  #ask(error: string): void {
    this.#onClosed();
    part('content').hidden = true;
    part('forget-token').hidden = true;
    part('access').hidden = false;
    part('access-error').textContent = error;
    part('token').focus();
  }
}
