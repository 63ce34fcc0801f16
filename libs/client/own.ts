import type { Mine } from '#libs/contract/feed';
import type { Ballot, Poll } from '#libs/contract/poll';
import type { Question } from '#libs/contract/question';

type Change = (mine: Mine) => Mine;

/** The actor's own votes, ballots and questions: the server's state, with pending requests applied to it. */
export class OwnReplica {
  #told: Mine = { votes: [], ballots: {}, own: [], questions: [] };
  #seen: Mine = this.#told;
  readonly #votes = new Map<string, boolean>();
  readonly #ballots = new Map<string, Ballot>();
  #sinceAsked: Change[] | null = null;

  /** The combined state; the same object until something changes. */
  get mine(): Mine {
    return this.#seen;
  }

  /** A join was sent: its response may be older than what is received from here on. */
  asked() {
    this.#sinceAsked = [];
  }

  /** The response of a join, with what was received meanwhile applied to it. */
  replace(mine: Mine) {
    this.#told = (this.#sinceAsked ?? []).reduce((told, change) => change(told), mine);
    this.#sinceAsked = null;
    this.#lay();
  }

  wishVote(questionId: string, value: boolean) {
    this.#votes.set(questionId, value);
    this.#lay();
  }

  /** The vote was acknowledged: it is stored, and no longer pending unless a newer one differs. */
  learnVote(questionId: string, value: boolean) {
    if (this.#votes.get(questionId) === value) this.#votes.delete(questionId);
    this.#learn((told) => ({ ...told, votes: withVote(told.votes, questionId, value) }));
  }

  dropVote(questionId: string, value: boolean) {
    if (this.#votes.get(questionId) !== value) return;
    this.#votes.delete(questionId);
    this.#lay();
  }

  wishBallot(pollId: string, ballot: Ballot) {
    this.#ballots.set(pollId, ballot);
    this.#lay();
  }

  learnBallot(pollId: string, ballot: Ballot) {
    if (this.#ballots.get(pollId) === ballot) this.#ballots.delete(pollId);
    this.#learn((told) => ({ ...told, ballots: { ...told.ballots, [pollId]: ballot } }));
  }

  dropBallot(pollId: string, ballot: Ballot) {
    if (this.#ballots.get(pollId) !== ballot) return;
    this.#ballots.delete(pollId);
    this.#lay();
  }

  /** Where a new round of a poll has begun, the ballot of the old one is dropped. */
  forgetOldRounds(before: readonly Poll[], after: readonly Poll[]) {
    if (before === after) return;
    const rounds = new Map(before.map(({ id, round }) => [id, round]));
    const renewed = after.filter(({ id, round }) => round !== (rounds.get(id) ?? round)).map(({ id }) => id);
    if (renewed.length === 0) return;
    this.#learn((told) => ({ ...told, ballots: without(told.ballots, renewed) }));
  }

  learnQuestion(question: Question) {
    this.#learn((told) => ({
      ...told,
      questions: [...told.questions.filter(({ id }) => id !== question.id), question],
      revisions: withRevision(told.revisions, question),
    }));
  }

  /**
   * Own questions that are in the list are no longer kept separately. A notice arrives before the frame that removes a question from the
   * list, so one whose state the list does not have yet stays separate until a frame brings it (`framed`).
   */
  settleQuestions(listed: readonly Question[], framed: readonly Question[] = []) {
    if (this.#told.questions.length === 0) return;
    const states = new Map(listed.map(({ id, state }) => [id, state]));
    const isFramed = (id: string) => states.has(id) && framed.some((question) => question.id === id);
    const isSettled = ({ id, state }: Question) => states.get(id) === state || isFramed(id);
    if (!this.#told.questions.some(isSettled)) return;
    const settled = this.#told.questions.filter(isSettled);
    this.#learn((told) => ({
      ...told,
      own: [...new Set([...told.own, ...settled.map(({ id }) => id)])],
      questions: told.questions.filter((question) => !isSettled(question)),
    }));
  }

  #learn(change: Change) {
    this.#told = change(this.#told);
    this.#sinceAsked?.push(change);
    this.#lay();
  }

  #lay() {
    let { votes } = this.#told;
    for (const [questionId, value] of this.#votes) votes = withVote(votes, questionId, value);
    this.#seen = { ...this.#told, votes, ballots: { ...this.#told.ballots, ...Object.fromEntries(this.#ballots) } };
  }
}

function withVote(votes: string[], questionId: string, value: boolean): string[] {
  if (votes.includes(questionId) === value) return votes;
  return value ? [...votes, questionId] : votes.filter((id) => id !== questionId);
}

function withRevision(known: Mine['revisions'], { id, revision }: Question): Mine['revisions'] {
  if (revision) return { ...known, [id]: revision };
  if (!known || !(id in known)) return known;
  return Object.fromEntries(Object.entries(known).filter(([other]) => other !== id));
}

function without(ballots: Mine['ballots'], pollIds: readonly string[]): Mine['ballots'] {
  return Object.fromEntries(Object.entries(ballots).filter(([pollId]) => !pollIds.includes(pollId)));
}
