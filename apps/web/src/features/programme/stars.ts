import { Store } from '#libs/client/store';

const KEY = 'plenum-stars';
/** Far above any personal programme; the oldest stars are removed first. */
const AT_MOST = 500;

/** The ids of the starred sessions: “my programme”, kept in this browser, the same in all its tabs. */
export class StarredSessions extends Store<ReadonlySet<string>> {
  constructor() {
    super(read());
    addEventListener('storage', ({ key }) => {
      if (key === KEY || key === null) super.set(read());
    });
  }

  setStarred(sessionId: string, isStarred: boolean): void {
    const others = [...this.getSnapshot()].filter((id) => id !== sessionId);
    const next = (isStarred ? [...others, sessionId] : others).slice(-AT_MOST);
    try {
      localStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // Kept in memory only.
    }
    this.set(new Set(next));
  }
}

function read(): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return new Set(Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(-AT_MOST) : []);
  } catch {
    return new Set();
  }
}

export const stars = new StarredSessions();
