import { useTranslation } from 'react-i18next';
import type { Poll } from '#libs/contract/poll';
import type { Screen } from '#libs/contract/screen';
import { isSameScreen } from '#libs/contract/same-screen';
import { Button } from '../../ui/button.js';
import { Tag } from '../../ui/tag.js';
import styles from './moderate.module.css';
import { screenOfPoll } from './screen-choices.js';

interface PollScreenButtonProps {
  readonly poll: Poll;
  readonly screen: Screen;
  readonly onShow: (screen: Screen) => Promise<void>;
}

/** Puts this poll, or its result, on the projector; says so where it is there. */
export function PollScreenButton({ poll, screen, onShow }: PollScreenButtonProps) {
  const { t } = useTranslation('moderate');
  const own = screenOfPoll(poll);
  if (!own) return null;
  if (isSameScreen(own, screen))
    return (
      <p>
        <Tag tone="brand">{t(`screen.shown.${own.kind}`)}</Tag>
      </p>
    );
  return (
    <div className={styles.row}>
      <Button size="small" onClick={() => void onShow(own)}>
        {t(own.kind === 'result' ? 'screen.put-result' : 'screen.put-poll')}
      </Button>
    </div>
  );
}
