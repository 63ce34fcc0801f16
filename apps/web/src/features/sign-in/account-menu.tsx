import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.js';
import { Tag } from '../../ui/tag.js';
import { UserText } from '../../ui/user-text.js';
import styles from './account-menu.module.css';
import { signOut, useActor } from './actor.js';

/** The signed-in person, and sign-out. Nothing for people who only watch. */
export function AccountMenu() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const id = useId();
  const actor = useActor();
  const leave = useMutation({ mutationFn: () => signOut(queryClient) });
  if (!actor) return null;
  const name = actor.name ?? t(`role.${actor.role}`);
  return (
    <>
      <button type="button" className={styles.trigger} popoverTarget={id} aria-label={t('account.of', { name })}>
        <span aria-hidden="true">{[...name.trim()][0]?.toLocaleUpperCase()}</span>
      </button>
      <div id={id} popover="auto" className={styles.menu}>
        <p className={styles.name}>
          <UserText>{name}</UserText>
        </p>
        <Tag>{t(`role.${actor.role}`)}</Tag>
        <Button size="small" onClick={() => leave.mutate()} unavailable={leave.isPending}>
          {t('account.sign-out')}
        </Button>
      </div>
    </>
  );
}
