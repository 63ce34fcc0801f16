import type { TFunction } from 'i18next';
import type { Cue } from '#libs/contract/cue';

/** The text of a message in the language of the page; empty once it was withdrawn. */
export function wordsOf({ preset, text }: Pick<Cue, 'preset' | 'text'>, t: TFunction<'cues'>): string {
  return preset ? t(`preset.${preset}`) : (text ?? '');
}
