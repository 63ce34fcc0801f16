import { neutraliseBidi } from '#libs/contract/direction';

interface UserTextProps {
  readonly children: string;
  readonly lang?: string | undefined;
}

/** Text of a person in the audience: plain, in its own direction, without effect on adjacent text. */
export function UserText({ children, lang }: UserTextProps) {
  return (
    <bdi lang={lang} style={{ whiteSpace: 'pre-line' }}>
      {neutraliseBidi(children)}
    </bdi>
  );
}
