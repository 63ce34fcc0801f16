import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { foldText } from '#libs/contract/fold';
import type { Question } from '#libs/contract/question';
import { isVotable } from '#libs/domain/question-states';
import { TextField } from '../../ui/text-field.js';
import { UserText } from '../../ui/user-text.js';
import type { QuestionFormProps } from './asked.js';
import { NumberedChoices } from './numbered-choices.js';

export function MergeForm({ question, questions, moderation, onClose }: QuestionFormProps) {
  const { t } = useTranslation('moderate');
  const [search, setSearch] = useState('');
  const wanted = foldText(search.trim());
  const others = questions
    .filter(({ id, state }) => id !== question.id && isVotable(state))
    .filter(({ text }) => foldText(text).includes(wanted))
    .sort((a, b) => b.score - a.score)
    .slice(0, 12);
  const merge = (into: Question) => {
    onClose();
    void moderation.moderate(question, 'merge', { into: into.id });
  };
  return (
    <>
      <p className="muted">{t('merge.how')}</p>
      <TextField label={t('merge.search')} value={search} onChange={({ target }) => setSearch(target.value)} />
      {others.length === 0 && <p className="muted">{t('merge.none')}</p>}
      <NumberedChoices
        choices={others.map((other) => ({
          key: other.id,
          content: (
            <>
              <UserText lang={other.language}>{other.text}</UserText>
              <b className="numbers">{other.score}</b>
            </>
          ),
          onChoose: () => merge(other),
        }))}
      />
    </>
  );
}
