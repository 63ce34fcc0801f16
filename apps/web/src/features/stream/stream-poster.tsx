import type { Room } from '#libs/contract/programme';
import { classNames } from '../../ui/class-names.js';
import styles from './stream-poster.module.css';

/** The number of hues for cities. */
const TURNS = 4;

/** A picture drawn from a Room's kind and city, where there is no other: always the same for the same Room. */
export function StreamPoster({ room }: { readonly room: Pick<Room, 'kind' | 'city'> }) {
  return (
    <div
      className={classNames(styles.poster, styles[room.kind], styles[`turn${turnOf(room.city ?? '')}`])}
      aria-hidden="true"
    >
      <svg viewBox="0 0 160 90" preserveAspectRatio="xMidYMid slice" className={styles.arcs}>
        {[18, 34, 50, 66, 82, 98].map((radius) => (
          <circle key={radius} cx="80" cy="96" r={radius} />
        ))}
      </svg>
    </div>
  );
}

function turnOf(city: string): number {
  return [...city].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % TURNS;
}
