import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { SignedIn } from '#libs/contract/auth';
import type { Actor } from '#libs/contract/roles';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../platform/api.js';
import { Shell } from '../shell/shell.js';
import { usePageTitle } from '../../platform/use-page-title.js';
import { useProblem } from '../../platform/use-problem.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/text-field.js';
import { useActor } from '../../features/sign-in/actor.js';
import { keepSignIn } from '../../features/sign-in/keep-sign-in.js';
import { isOwnPath } from '../../features/sign-in/own-path.js';
import styles from './sign-in-page.module.css';

const route = getRouteApi('/sign-in');

/** For the team of an event: name and password, and the change of the first password. */
export function SignInPage() {
  const { t } = useTranslation('sign-in');
  const { back } = route.useSearch();
  const router = useRouter();
  const actor = useActor();
  usePageTitle(t('title'));
  const arrive = (who: Actor) => {
    if (!who.mustChangePassword) router.history.push(isOwnPath(back) ? back : '/');
  };
  return (
    <Shell>
      <div className={styles.page}>
        {actor?.mustChangePassword ? <ChangeForm onDone={arrive} /> : <PasswordForm onDone={arrive} />}
      </div>
    </Shell>
  );
}

interface FormProps {
  readonly onDone: (actor: Actor) => void;
}

function useSignIn<T>(path: string, onDone: (actor: Actor) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: T) => api<SignedIn>(path, { method: 'POST', body }),
    onSuccess: async (signedIn) => {
      await keepSignIn(queryClient, signedIn);
      onDone(signedIn.actor);
    },
  });
}

function PasswordForm({ onDone }: FormProps) {
  const { t } = useTranslation('sign-in');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn<{ login: string; password: string }>('/api/auth/password', onDone);
  return (
    <FormShell
      title={t('title')}
      text={t('text')}
      error={signIn.error}
      onSubmit={() => signIn.mutate({ login, password })}
    >
      <TextField
        label={t('login')}
        value={login}
        onChange={(event) => setLogin(event.target.value)}
        autoComplete="username"
        required
      />
      <TextField
        label={t('password')}
        type="password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        autoComplete="current-password"
        required
      />
      <Button type="submit" variant="primary" unavailable={signIn.isPending}>
        {t('sign-in')}
      </Button>
    </FormShell>
  );
}

function ChangeForm({ onDone }: FormProps) {
  const { t } = useTranslation('sign-in');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useSignIn<{ current: string; next: string }>('/api/auth/password/change', onDone);
  return (
    <FormShell
      title={t('change.title')}
      text={t('change.text')}
      error={change.error}
      onSubmit={() => change.mutate({ current, next })}
    >
      <TextField
        label={t('change.current')}
        type="password"
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
        autoComplete="current-password"
        required
      />
      <TextField
        label={t('change.next')}
        hint={t('change.hint')}
        type="password"
        value={next}
        onChange={(event) => setNext(event.target.value)}
        autoComplete="new-password"
        minLength={12}
        required
      />
      <Button type="submit" variant="primary" unavailable={change.isPending}>
        {t('change.save')}
      </Button>
    </FormShell>
  );
}

interface FormShellProps {
  readonly title: string;
  readonly text: string;
  readonly error: Error | null;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

function FormShell({ title, text, error, onSubmit, children }: FormShellProps) {
  const problem = useProblem();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <h1>{title}</h1>
      <p className="muted">{text}</p>
      {error && (
        <p role="alert" className={styles.error}>
          {problem(error).text}
        </p>
      )}
      {children}
    </form>
  );
}
