import type { ModerationAction } from '#libs/domain/question-transitions';
import type { Question } from '#libs/contract/question';
import type { ScreenKind } from '#libs/contract/screen';
import { useShortcuts } from '../../ui/shortcuts.js';
import { actionOfKey, needsDialog } from './moderation-actions.js';
import type { DialogRequest } from './asked.js';
import { SCREEN_KINDS } from './screen-choices.js';
import type { Selection } from './use-selection.js';

interface DeskKeys {
  readonly selected: Question | null;
  /** The live question. */
  readonly answering: Question | null;
  readonly selection: Selection;
  readonly onAct: (question: Question, action: ModerationAction) => void;
  readonly onAsk: (asked: DialogRequest) => void;
  readonly onUndo: () => void;
  readonly onShow: (kind: ScreenKind) => void;
  /** Selects the revisions of approved questions. */
  readonly onRevisions: () => void;
}

const LETTERS = ['A', 'R', 'M', 'S', 'D', 'P', 'H'] as const;

/** The desk's keyboard shortcuts. D applies to the live question, every other letter to the selected one. */
export function useDeskKeys(keys: DeskKeys): void {
  const { selected, answering, selection, onAct, onAsk, onUndo, onShow, onRevisions } = keys;
  const press = (key: string) => {
    const question = key === 'D' && answering ? answering : selected;
    const action = question && actionOfKey(question, key);
    if (!question || !action) return;
    if (needsDialog(action)) onAsk({ kind: action, question });
    else onAct(question, action);
  };
  useShortcuts({
    ...Object.fromEntries(LETTERS.map((letter) => [letter.toLowerCase(), () => press(letter)])),
    ...Object.fromEntries(SCREEN_KINDS.map((kind, index) => [String(index + 1), () => onShow(kind)])),
    n: () => {
      const question = selected ?? answering;
      if (question) onAsk({ kind: 'note', question });
    },
    w: onRevisions,
    z: onUndo,
    j: () => selection.move(1),
    k: () => selection.move(-1),
    ArrowDown: () => selection.move(1),
    ArrowUp: () => selection.move(-1),
    ArrowLeft: () => selection.moveAcross('waiting'),
    ArrowRight: () => selection.moveAcross('ranked'),
  });
}
