const PATHS = {
  up: 'M4 12.5 10 6.5l6 6',
  down: 'M5 8l5 5 5-5',
  left: 'M12.5 4.5 7 10l5.5 5.5',
  check: 'M4 10.5l4 4 8-9',
  close: 'M5 5l10 10M15 5L5 15',
  search: 'M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM13 13l4 4',
  calendar: 'M3.5 5.5h13v11h-13zM3.5 9h13M7 3v4M13 3v4',
  clock: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15ZM10 6v4.2l2.8 1.8',
  pin: 'M7 3h6l-1 5 3 3H5l3-3-1-5ZM10 11v6',
  filter: 'M3 5h14M6 10h8M8.5 15h3',
  moon: 'M16 11.5A6.5 6.5 0 0 1 8.5 4a6.5 6.5 0 1 0 7.5 7.5Z',
  sun: 'M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 16 16M4 16l1.4-1.4M14.6 5.4 16 4',
  reply: 'M8 5 4 9l4 4M4 9h7a5 5 0 0 1 5 5v1',
  undo: 'M7 4 3.5 7.5 7 11M3.5 7.5H12a4.5 4.5 0 0 1 0 9H8',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  question:
    'M7.5 7.5a2.6 2.6 0 1 1 3.6 2.4c-.8.4-1.1.9-1.1 1.8M10 14.6h.01M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15Z',
  external: 'M8 5H4.5v10.5H15V12M11.5 4.5h4v4M15 5l-6 6',
  star: 'M10 2.8l2.2 4.6 5 .7-3.6 3.5.9 5-4.5-2.4-4.5 2.4.9-5L2.8 8.1l5-.7L10 2.8Z',
  warning: 'M10 3 2.5 16.5h15L10 3ZM10 8.5v3.5M10 14.4h.01',
} as const;

export type IconName = keyof typeof PATHS;

interface DrawingProps {
  /** The path, on a field of 20 by 20. */
  readonly path: string;
  readonly size?: number;
  readonly strokeWidth?: number;
}

/** A drawing beside words; it never carries meaning alone, so it is hidden from screen readers. */
export function Drawing({ path, size = 20, strokeWidth = 2 }: DrawingProps) {
  return (
    <svg
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={strokeWidth}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={path} />
    </svg>
  );
}

/** One of the icons that the whole app shares; a feature keeps its own beside it and draws them with Drawing. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return <Drawing path={PATHS[name]} size={size} strokeWidth={name === 'more' ? 3 : 2} />;
}
