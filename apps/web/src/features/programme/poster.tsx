import type { SessionKind } from '#libs/domain/programme-kinds';
import type { ReactNode } from 'react';
import { classNames } from '../../ui/class-names.js';
import styles from './poster.module.css';

/** The first hue of a kind's poster; the city rotates it, so that two debates do not look alike. */
const HUES: Readonly<Record<SessionKind, number>> = {
  plenary: 272,
  keynote: 300,
  panel: 245,
  workshop: 172,
  debate: 38,
  launch: 350,
  break: 220,
  other: 262,
};

function turnOf(city: string): number {
  let sum = 0;
  for (const letter of city) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return (sum % 36) - 18;
}

interface PosterProps {
  readonly kind: SessionKind;
  readonly city?: string | undefined;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
}

/** A picture drawn from a session's kind and city, where there is no other. */
export function Poster({ kind, city = '', className, children }: PosterProps) {
  const hue = HUES[kind] + turnOf(city);
  return (
    <div className={classNames(styles.poster, className)} style={{ '--hue': hue } as Record<string, number>}>
      <svg className={styles.drawing} viewBox="0 0 320 160" preserveAspectRatio="xMaxYMid slice" aria-hidden="true">
        <Drawing kind={kind} />
      </svg>
      {children}
    </div>
  );
}

function Drawing({ kind }: { readonly kind: SessionKind }) {
  switch (kind) {
    case 'plenary':
    case 'keynote':
      return [30, 58, 86, 114, 142].map((radius) => <circle key={radius} cx="250" cy="150" r={radius} />);
    case 'workshop':
      return Array.from({ length: 40 }, (_, index) => (
        <circle
          key={index}
          className={styles.dot}
          cx={180 + (index % 8) * 19}
          cy={18 + Math.floor(index / 8) * 31}
          r={2 + (index % 3)}
        />
      ));
    case 'debate':
      return [
        'M186 36h84a16 16 0 0 1 16 16v26a16 16 0 0 1-16 16h-50l-22 20V94h-12a16 16 0 0 1-16-16V52a16 16 0 0 1 16-16Z',
        'M236 108h58a14 14 0 0 1 14 14v60h-86v-60a14 14 0 0 1 14-14Z',
      ].map((path) => <path key={path} d={path} />);
    case 'launch':
      return [0, 1, 2, 3, 4, 5].map((step) => (
        <path key={step} d={`M${160 + step * 30} 175 L${230 + step * 30} -10`} />
      ));
    case 'panel':
      return [0, 1, 2, 3].map((seat) => <circle key={seat} cx={178 + seat * 38} cy={92} r="34" />);
    case 'break':
    case 'other':
      return [0, 1, 2, 3].map((wave) => <path key={wave} d={`M150 ${40 + wave * 28}q30 -24 60 0t60 0t60 0`} />);
  }
}
