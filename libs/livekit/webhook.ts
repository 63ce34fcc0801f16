import { WebhookReceiver } from 'livekit-server-sdk';
import { type LiveKitCredentials } from './credentials.js';

/** What LiveKit tells about one of its rooms. */
export interface StreamWebhook {
  /** The same for every repetition of one message. */
  readonly id: string;
  readonly event: string;
  readonly roomName: string | null;
  readonly identity: string | null;
  /** Whether the participant it is about may publish. */
  readonly canPublish: boolean;
}

/** A message that does not carry a good signature over exactly these bytes. */
export class WebhookRefused extends Error {
  override name = 'WebhookRefused';
}

/** Reads a webhook after checking its signature, which covers the raw body: parsed and written again, it no longer fits. */
export async function readWebhook(
  { apiKey, apiSecret }: LiveKitCredentials,
  rawBody: Buffer,
  authorization: string | undefined,
): Promise<StreamWebhook> {
  const receiver = new WebhookReceiver(apiKey, apiSecret);
  const { id, event, room, participant } = await receiver
    .receive(rawBody.toString('utf8'), authorization)
    .catch((cause: unknown) => {
      throw new WebhookRefused('not signed by the configured LiveKit server', { cause });
    });
  return {
    id,
    event,
    roomName: room?.name || null,
    identity: participant?.identity || null,
    canPublish: participant?.permission?.canPublish ?? false,
  };
}
