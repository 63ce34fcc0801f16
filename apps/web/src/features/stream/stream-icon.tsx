import { Drawing } from '../../ui/icon.js';

const PATHS = {
  sound: 'M3 8v4h3l4 3.5v-11L6 8H3ZM13 7.5a3.6 3.6 0 0 1 0 5M15.2 5a7 7 0 0 1 0 10',
  silence: 'M3 8v4h3l4 3.5v-11L6 8H3ZM13 8l4 4M17 8l-4 4',
  headphones:
    'M3.5 13v-2.5a6.5 6.5 0 0 1 13 0V13M3.5 12h2.2v4.5H4.5a1 1 0 0 1-1-1V12ZM16.5 12h-2.2v4.5h1.2a1 1 0 0 0 1-1V12Z',
  quality: 'M3 15.5h2.5M7.5 15.5V11M11.5 15.5V7.5M15.5 15.5V4',
  expand: 'M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4',
  shrink: 'M7.5 3.5v4h-4M16.5 7.5h-4v-4M12.5 16.5v-4h4M3.5 12.5h4v4',
  camera: 'M2.5 5.5h9.5v9H2.5zM12 8.5l5.5-3v9L12 11.5',
  microphone:
    'M10 2.5a2.3 2.3 0 0 1 2.3 2.3V9a2.3 2.3 0 0 1-4.6 0V4.8A2.3 2.3 0 0 1 10 2.5ZM5 9a5 5 0 0 0 10 0M10 14v3.5',
  screen: 'M2.5 4h15v9.5h-15zM7 17h6M10 13.5V17M10 11V6.5M8 8.3l2-1.8 2 1.8',
} as const;

export type StreamIconName = keyof typeof PATHS;

/** The icons of the player's buttons, in the style of ui/icon: never without a text beside or behind them. */
export function StreamIcon({ name, size = 20 }: { readonly name: StreamIconName; readonly size?: number }) {
  return <Drawing path={PATHS[name]} size={size} strokeWidth={1.8} />;
}
