import { Store } from '#libs/client/store';

/** A choice that is stored in this browser. Where storage is refused it lasts as long as the page. */
export class StoredChoice<T extends string> extends Store<T | null> {
  readonly #key: string;

  constructor(key: string, isValid: (text: string | null) => text is T) {
    super(read(key, isValid));
    this.#key = key;
  }

  override set(next: T | null) {
    try {
      if (next === null) localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, next);
    } catch {
      // Kept in memory only.
    }
    super.set(next);
  }
}

function read<T extends string>(key: string, isValid: (text: string | null) => text is T): T | null {
  try {
    const text = localStorage.getItem(key);
    return isValid(text) ? text : null;
  } catch {
    return null;
  }
}
