import { useTranslation } from 'react-i18next';
import { neutraliseBidi } from '#libs/contract/direction';
import type { Projection } from './projection.js';

/** Describes in one sentence what a projector shows. */
export function useShows(): (projection: Projection) => string {
  const { t } = useTranslation('present');
  return (projection) => {
    switch (projection.kind) {
      case 'question':
        return t('shows.question', { text: neutraliseBidi(projection.question.text) });
      case 'poll':
      case 'result':
        return t(`shows.${projection.kind}`, { text: neutraliseBidi(projection.poll.question) });
      case 'top':
      case 'title':
      case 'nothing':
        return t(`shows.${projection.kind}`);
    }
  };
}
