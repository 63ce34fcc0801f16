import { neutraliseBidi } from '#libs/contract/direction';

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
