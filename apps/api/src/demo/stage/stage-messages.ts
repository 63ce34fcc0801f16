import { z } from 'zod';

/** The one message to the process of the stage. */
export const stageInvitation = z.object({
  url: z.string(),
  token: z.string(),
  event: z.string(),
  title: z.string(),
  timeZone: z.string(),
});
export type StageInvitation = z.infer<typeof stageInvitation>;

/** Its messages: that it is on air, and each time it starts or stops sending, with the frames sent up to then. */
export type StageMessage =
  { readonly type: 'on-air' } | { readonly type: 'sending'; readonly isSending: boolean; readonly frames: number };

/** Its exit codes; after every code but the first a new process may retry. */
export const STAGE_EXIT = { notInstalled: 3, failed: 1, ended: 0 } as const;
