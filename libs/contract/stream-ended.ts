/** Set in LiveKit on a participant right before the hub ends their connection, where the reason is not a lost right. */
export const ENDED_ATTRIBUTE = 'plenum.ended';

/** The same person went on air in another window. */
export const ELSEWHERE = 'elsewhere';
