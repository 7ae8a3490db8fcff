/** Makes a value at most once in a turn of the event loop, for all who ask for it in that turn. */
export class OnceATurn<Value> {
  readonly #make: () => Value;
  #made: { readonly value: Value } | null = null;

  constructor(make: () => Value) {
    this.#make = make;
  }

  get(): Value {
    if (this.#made === null) {
      this.#made = { value: this.#make() };
      setImmediate(() => {
        this.#made = null;
      });
    }
    return this.#made.value;
  }
}
