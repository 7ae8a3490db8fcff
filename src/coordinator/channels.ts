import { ReelflowError } from '../errors/reelflow-error.js';
import type { Channel } from './channel.js';

/** More names than this means that names are made from data, such as one for each request. */
const mostNames = 1000;

/** The channels of one kind, made on first use. */
export class Channels {
  readonly #channels = new Map<string, Channel>();
  readonly #create: (name: string) => Channel;

  constructor(create: (name: string) => Channel) {
    this.#create = create;
  }

  /** @throws INVALID_INPUT for the name after the thousandth */
  get(name: string): Channel {
    const known = this.#channels.get(name);
    if (known !== undefined) return known;
    if (this.#channels.size >= mostNames) {
      throw new ReelflowError(
        'INVALID_INPUT',
        `more than ${mostNames} different names: name the API or the operation, not the request`,
      );
    }
    const created = this.#create(name);
    this.#channels.set(name, created);
    return created;
  }

  /** The channel of a name that was used before. */
  find(name: string): Channel | undefined {
    return this.#channels.get(name);
  }

  all(): Channel[] {
    return [...this.#channels.values()];
  }
}
