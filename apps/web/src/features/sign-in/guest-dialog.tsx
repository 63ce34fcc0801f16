import { Link } from '@tanstack/react-router';
import type { Actor } from '#libs/contract/roles';
import { NAME_LENGTH } from '#libs/domain/actor-limits';
import { takesGuests } from '#libs/domain/event-modes';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isText, useDraft } from '../../platform/drafts.js';
import { useProblem } from '../../platform/use-problem.js';
import { Button, buttonClass } from '../../ui/button.js';
import { Dialog, DialogActions } from '../../ui/dialog.js';
import { TextField } from '../../ui/text-field.js';
import { useStore } from '../../ui/use-store.js';
import styles from './guest-dialog.module.css';
import { type GuestWish, guestWish } from './require-actor.js';
import { useGuestSignIn } from './use-guest.js';

/** Signs a guest in with an optional name; their pending action continues. */
export function GuestDialog() {
  const { t } = useTranslation('sign-in');
  const wish = useStore(guestWish);
  useEffect(() => () => guestWish.getSnapshot()?.settle(null), []);
  const isOpen = wish !== null && takesGuests(wish.event.access);
  return (
    <Dialog
      title={isOpen || !wish ? t('guest.title') : t('account-needed.title')}
      isOpen={wish !== null}
      onClose={() => wish?.settle(null)}
    >
      {wish && (isOpen ? <GuestForm wish={wish} /> : <AccountNeeded />)}
    </Dialog>
  );
}

function GuestForm({ wish }: { readonly wish: GuestWish }) {
  const { t } = useTranslation('sign-in');
  const problem = useProblem();
  const { name, keep, signIn, submit } = useGuestForm(wish);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className="muted">{t('guest.text')}</p>
      <TextField
        label={t('guest.name')}
        hint={t('guest.name-hint')}
        value={name}
        onChange={(event) => keep(event.target.value)}
        autoComplete="nickname"
        maxLength={NAME_LENGTH}
        error={signIn.error ? problem(signIn.error).text : undefined}
      />
      <p role="status" className="muted">
        {signIn.isProving && t('guest.proving')}
      </p>
      <DialogActions>
        <Button type="submit" variant="primary" unavailable={signIn.isPending}>
          {t(name.trim() ? 'guest.go-on-as' : 'guest.go-on', { name: name.trim() })}
        </Button>
        <Button variant="quiet" onClick={() => wish.settle(null)}>
          {t('guest.not-now')}
        </Button>
      </DialogActions>
    </form>
  );
}

/** The name is kept until the guest is signed in. */
function useGuestForm(wish: GuestWish) {
  const [name = '', keep] = useDraft('guest-name', isText);
  const signIn = useGuestSignIn(wish.event);
  const settle = (actor: Actor) => {
    keep(undefined);
    wish.settle(actor);
  };
  const submit = () => signIn.mutate(name, { onSuccess: ({ actor }) => settle(actor) });
  return { name, keep, signIn, submit };
}

function AccountNeeded() {
  const { t } = useTranslation('sign-in');
  return (
    <>
      <p className="muted">{t('account-needed.text')}</p>
      <DialogActions>
        <Link to="/sign-in" search={{ back: location.pathname }} className={buttonClass('primary')}>
          {t('sign-in')}
        </Link>
      </DialogActions>
    </>
  );
}
