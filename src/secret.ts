/**
 * A value that must never be shown: device token, gateway secret, setup code.
 *
 * The value sits in a private field, so printing, logging, spreading, structured cloning and
 * `JSON.stringify` all miss it. The only way out is {@link Secret.reveal}, which is easy to search for.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it only where it is sealed, signed or sent. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }
}
