const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Takes out the characters that could turn the direction of the words around a text. */
export function neutraliseBidi(text: string): string {
  return text.replace(BIDI_CONTROLS, '');
}

interface UserTextProps {
  readonly children: string;
  readonly lang?: string | undefined;
}

/** Text that somebody in the audience wrote: plain, in its own direction, unable to disturb what stands beside it. */
export function UserText({ children, lang }: UserTextProps) {
  return (
    <bdi lang={lang} style={{ whiteSpace: 'pre-line' }}>
      {neutraliseBidi(children)}
    </bdi>
  );
}
