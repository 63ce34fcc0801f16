import type { ReactNode } from 'react';

interface HeadlineProps {
  readonly isPicture: boolean;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** The heading of a projector's own page; in a picture of it only text. */
export function Headline({ isPicture, className, children }: HeadlineProps) {
  return isPicture ? <p className={className}>{children}</p> : <h1 className={className}>{children}</h1>;
}
