import type { ReactNode } from 'react';

/** What every kind of projection shows around its content. */
export interface ProjectedProps {
  readonly join: ReactNode;
  readonly people: ReactNode;
  readonly time: ReactNode;
  readonly offset: number;
  readonly isPicture: boolean;
}
