import type { ReactNode } from 'react';

/** The frame of every kind of projection. */
export interface ProjectedProps {
  readonly join: ReactNode;
  readonly people: ReactNode;
  readonly time: ReactNode;
  readonly offset: number;
  readonly isPicture: boolean;
}
