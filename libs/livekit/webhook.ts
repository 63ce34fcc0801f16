import { WebhookReceiver } from 'livekit-server-sdk';
import { type LiveKitCredentials } from './credentials.js';

/** An event of a LiveKit room. */
export interface StreamWebhook {
  /** The same for every repetition of one message. */
  readonly id: string;
  readonly event: string;
  readonly roomName: string | null;
  readonly identity: string | null;
  /** Whether the participant it is about may publish. */
  readonly canPublish: boolean;
}

/** A message without a valid signature over exactly these bytes. */
export class WebhookRefused extends Error {
  override name = 'WebhookRefused';
}

/** A message with a valid signature and a content that LiveKit does not send, such as no id, or NUL in a name. */
export class WebhookUnusable extends Error {
  override name = 'WebhookUnusable';
}

/** LiveKit's ids look like `EV_8jtQnTfkXUk2`. They are stored in a database, so they are short. */
const ID = /^[\x21-\x7e]{1,100}$/;
/** PostgreSQL cannot store NUL in a text, and LiveKit has none in a name. */
const NUL = '\0';

/** Reads a webhook after checking its signature, which covers the raw body: parsed and serialised again, it would not match. */
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
  const roomName = room?.name || null;
  const identity = participant?.identity || null;
  if (!ID.test(id)) throw new WebhookUnusable('its id is not one of LiveKit');
  if (roomName?.includes(NUL) || identity?.includes(NUL)) throw new WebhookUnusable('a name in it contains NUL');
  return {
    id,
    event,
    roomName,
    identity,
    canPublish: participant?.permission?.canPublish ?? false,
  };
}
