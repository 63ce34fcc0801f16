import type { ReactNode } from 'react';

interface HeadlineProps {
  readonly isPicture: boolean;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** The heading of a projector's own page; plain text in a preview of it. */
export function Headline({ isPicture, className, children }: HeadlineProps) {
  return isPicture ? <p className={className}>{children}</p> : <h1 className={className}>{children}</h1>;
}
