import { type CSSProperties, useState } from 'react';
import { useMedia } from '../../ui/use-media.js';
import { useVisibleArea } from '../../ui/use-visible-area.js';

/** How much of the page a question that is being written uses: beside a strip of the stream, or the whole visible height. */
type WritingMode = 'strip' | 'bare';

const LANDSCAPE = '(min-width: 36rem) and (max-height: 30rem)';
/** Too low for stream, tabs and a form below each other. */
const LOW_PX = 560;
/** Too low for a strip of the stream beside the form. */
const LOWEST_PX = 300;

/** The mode for a visible height while a person writes; null where the form fits into the page. */
function writingMode(height: number, isLandscape: boolean): WritingMode | null {
  if (height < LOWEST_PX) return 'bare';
  return height <= LOW_PX && !isLandscape ? 'strip' : null;
}

export interface Writing {
  readonly mode: WritingMode | null;
  /** The form is above the list and may grow; elsewhere it is below, and its growth moves the field. */
  readonly isWide: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  /** Where the visible part of the page is, for the style sheets. */
  readonly style: CSSProperties | undefined;
}

/** Where a question is written: the visible height decides, not the device. */
export function useWriting(isWide: boolean): Writing {
  const [isOpen, setIsOpen] = useState(false);
  const { height, top } = useVisibleArea();
  const isLandscape = useMedia(LANDSCAPE);
  const mode = isOpen && !isWide ? writingMode(height, isLandscape) : null;
  const style = { '--visible-top': `${top}px`, '--visible-height': `${height}px` } as CSSProperties;
  return { mode, isWide, onOpen: setIsOpen, style: mode ? style : undefined };
}
