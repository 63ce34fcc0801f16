import { useTranslation } from 'react-i18next';
import styles from './question-order-choice.module.css';
import { QUESTION_ORDERS, type QuestionOrder } from './question-order.js';

interface QuestionOrderChoiceProps {
  readonly order: QuestionOrder;
  readonly onOrder: (order: QuestionOrder) => void;
}

/** In which order the questions stand. */
export function QuestionOrderChoice({ order, onOrder }: QuestionOrderChoiceProps) {
  const { t } = useTranslation('questions');
  return (
    <div className={styles.choice} role="group" aria-label={t('order.label')} data-steady>
      {QUESTION_ORDERS.map((known) => (
        <button key={known} type="button" aria-current={known === order} onClick={() => onOrder(known)}>
          {t(`order.${known}`)}
        </button>
      ))}
    </div>
  );
}
