import { type CSSProperties, useState } from 'react';
import { useMedia } from '../../ui/use-media.js';
import { useVisibleArea } from '../../ui/use-visible-area.js';

/** How much of the page a question that is being written takes: beside a strip of the stream, or all that can be seen. */
type WritingMode = 'strip' | 'bare';

const LANDSCAPE = '(min-width: 36rem) and (max-height: 30rem)';
/** So low that stream, tabs and a form do not fit one under another. */
const LOW_PX = 560;
/** So low that a strip of the stream would leave the form too little. */
const LOWEST_PX = 300;

/** The mode that a visible height asks for while somebody writes; null where the form has its place in the page. */
function writingMode(height: number, isLandscape: boolean): WritingMode | null {
  if (height < LOWEST_PX) return 'bare';
  return height <= LOW_PX && !isLandscape ? 'strip' : null;
}

export interface Writing {
  readonly mode: WritingMode | null;
  /** The form stands above the list and may grow; elsewhere it stands below, and what grows it moves the field. */
  readonly isWide: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  /** Where the visible part of the page is, for the style sheets. */
  readonly style: CSSProperties | undefined;
}

/** Where a question is written: what can be seen decides, not the device. */
export function useWriting(isWide: boolean): Writing {
  const [isOpen, setIsOpen] = useState(false);
  const { height, top } = useVisibleArea();
  const isLandscape = useMedia(LANDSCAPE);
  const mode = isOpen && !isWide ? writingMode(height, isLandscape) : null;
  const style = { '--visible-top': `${top}px`, '--visible-height': `${height}px` } as CSSProperties;
  return { mode, isWide, onOpen: setIsOpen, style: mode ? style : undefined };
}
