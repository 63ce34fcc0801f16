import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { RequestError } from '#libs/client/request-error';
import { I18nextProvider } from 'react-i18next';
import { drafts } from '../../platform/drafts.js';
import { textsOf } from '../../testing/texts.js';
import type { LiveSession } from '../session/use-session.js';
import { Composer } from './composer.js';

interface Sent {
  readonly id: string;
  readonly text: string;
  readonly settle: (refusal?: RequestError) => void;
}

/** The composer of a session where the test controls each response. */
async function open() {
  const sent: Sent[] = [];
  const ask = ({ id, text }: Sent) =>
    new Promise((resolve, reject) =>
      sent.push({
        id,
        text,
        settle: (refusal) => (refusal ? reject(refusal) : resolve({ id, text, state: 'approved' })),
      }),
    );
  const live = { questions: [], act: (run: (feed: unknown) => unknown) => run({ ask }) } as unknown as LiveSession;
  const i18n = await textsOf('en');
  render(
    <I18nextProvider i18n={i18n}>
      <Composer {...{ sessionId: 's', live, writing: CLOSED, name: null, onName, onSee: onName }} />
    </I18nextProvider>,
  );
  return sent;
}

const onName = () => undefined;
const CLOSED = { mode: null, isWide: true, onOpen: () => undefined };
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox');
const write = (value: string) => fireEvent.change(field(), { target: { value } });
const send = () => act(async () => fireEvent.submit(field().closest('form')!));
const unreachable = () => new RequestError({ code: 'unreachable', message: 'no answer' });

afterEach(() => {
  cleanup();
  drafts.clear();
});

describe('a question that is being written', () => {
  it('is there again after the form was away, with what was ticked (WEB-62)', async () => {
    await open();
    write('Who pays');
    fireEvent.click(screen.getByRole('checkbox'));
    cleanup();
    await open();
    expect(field().value).toBe('Who pays');
    expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(true);
  });

  it('stays after a refusal and is gone once it was sent (WEB-62, WEB-63)', async () => {
    const sent = await open();
    write('Who pays?');
    await send();
    await act(async () => sent[0]!.settle(new RequestError({ code: 'question.closed', message: 'closed' })));
    expect(field().value).toBe('Who pays?');
    await send();
    await act(async () => sent[1]!.settle());
    expect(field().value).toBe('');
  });

  it('keeps words that are typed while it is being sent (WEB-62)', async () => {
    const sent = await open();
    write('Who pays?');
    await send();
    write('Who pays? And when?');
    await act(async () => sent[0]!.settle());
    expect(field().value).toBe('Who pays? And when?');
    await send();
    expect(sent[1]!.id).not.toBe(sent[0]!.id);
  });

  it('is sent under the same id after no answer, also from a form that is new (QUE-40)', async () => {
    const sent = await open();
    write('Who pays?');
    await send();
    await act(async () => sent[0]!.settle(unreachable()));
    cleanup();
    const again = await open();
    write('Who pays, and when?');
    await send();
    expect(again[0]).toMatchObject({ id: sent[0]!.id, text: 'Who pays, and when?' });
  });
});
