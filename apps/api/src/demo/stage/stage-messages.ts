import { z } from 'zod';

/** What the process of the stage is told, once. */
export const stageInvitation = z.object({
  url: z.string(),
  token: z.string(),
  event: z.string(),
  title: z.string(),
  timeZone: z.string(),
});
export type StageInvitation = z.infer<typeof stageInvitation>;

/** What it tells: that it is on air, and each time it begins or ends to send, with the frames sent up to then. */
export type StageMessage =
  { readonly type: 'on-air' } | { readonly type: 'sending'; readonly isSending: boolean; readonly frames: number };

/** Its exit codes; after every end but the first a new process may try again. */
export const STAGE_EXIT = { notInstalled: 3, failed: 1, ended: 0 } as const;
