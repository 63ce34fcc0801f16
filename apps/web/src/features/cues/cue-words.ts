import type { TFunction } from 'i18next';
import type { Cue } from '#libs/contract/cue';

/** The words of a message in the language of the page; empty once they were withdrawn from here. */
export function wordsOf({ preset, text }: Pick<Cue, 'preset' | 'text'>, t: TFunction<'cues'>): string {
  return preset ? t(`preset.${preset}`) : (text ?? '');
}
