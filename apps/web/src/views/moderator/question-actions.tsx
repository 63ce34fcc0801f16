import { useTranslation } from 'react-i18next';
import type { Question } from '#libs/contract/question';
import { isListed } from '#libs/domain/question-states';
import type { ModerationAction } from '#libs/domain/question-transitions';
import { Button } from '../../ui/button.js';
import { Kbd } from '../../ui/kbd.js';
import type { MenuItem } from '../../ui/menu.js';
import type { DialogRequest } from './asked.js';
import { actionsOn, needsDialog } from './moderation-actions.js';
import type { Measures } from './use-measures.js';

interface QuestionActionsProps {
  readonly question: Question;
  readonly onAct: (question: Question, action: ModerationAction) => void;
  readonly onAsk: (asked: DialogRequest) => void;
}

/** The acts that fit a question now, the usual one first. */
export function QuestionActions({ question, onAct, onAsk }: QuestionActionsProps) {
  const { t } = useTranslation('moderate');
  return actionsOn(question).map(({ action, key }, index) => (
    <Button
      key={action}
      size="small"
      variant={index === 0 ? 'primary' : 'plain'}
      onClick={() => (needsDialog(action) ? onAsk({ kind: action, question }) : onAct(question, action))}
    >
      <span>{t(`act.${action}`)}</span> {key && <Kbd isHint>{key}</Kbd>}
    </Button>
  ));
}

/** What is done less often. */
export function useQuestionMenu(
  onAsk: (asked: DialogRequest) => void,
  measures: Measures,
): (question: Question) => MenuItem[] {
  const { t } = useTranslation('moderate');
  const restricting = (question: Question) =>
    (['mute', 'ban'] as const).map((kind): MenuItem => {
      const held = measures.on(question).find((measure) => measure.kind === kind);
      if (held) return { label: t(`act.un${kind}`), onSelect: () => measures.takeBack(question, held) };
      return { label: t(`act.${kind}`), onSelect: () => onAsk({ kind, question }), isDangerous: kind === 'ban' };
    });
  return (question) => [
    ...(isListed(question.state)
      ? [{ label: t('act.reply'), onSelect: () => onAsk({ kind: 'reply', question }) }]
      : []),
    { label: t('act.note'), hint: <Kbd isHint>N</Kbd>, onSelect: () => onAsk({ kind: 'note', question }) },
    { label: t('act.history'), onSelect: () => onAsk({ kind: 'history', question }) },
    ...(question.author?.id && measures.canRestrict ? restricting(question) : []),
  ];
}
