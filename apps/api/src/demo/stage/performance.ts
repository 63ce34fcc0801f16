import { DEMO_TRACK } from '#libs/contract/demo-track';
import { type RtcNode, type RtcRoom } from './rtc-node.js';
import { Scene, SCENE } from './scene.js';
import { SOUND, softSound } from './soft-sound.js';
import { type StageInvitation, type StageMessage } from './stage-messages.js';

const FRAMES_PER_SECOND = 10;
const BIT_RATE = 900_000n;
/** Length of a piece of sound and the maximum that is queued, in milliseconds. */
const PIECE_MS = 200;
const QUEUE_MS = 600;

/**
 * One connection of the demo's speaker. The video track is always published, so that the Room is on air; frames and sound are produced
 * only while another participant is connected. LiveKit counts hidden viewers too, and reports each change at once.
 */
export class Performance {
  private readonly scene: Scene;
  private readonly sound = softSound();
  private frames = 0;
  private stopSending: (() => void) | null = null;
  /** Goes off air; `run` resolves when the connection has closed. */
  end: () => void = () => undefined;
  private readonly ended = new Promise<void>((resolve) => (this.end = resolve));

  constructor(
    private readonly rtc: RtcNode,
    private readonly invitation: StageInvitation,
    private readonly tell: (message: StageMessage) => void,
  ) {
    this.scene = new Scene(invitation);
  }

  /** Resolves when the connection has ended: it is not resumed, a new one is more reliable. */
  async run(): Promise<void> {
    const { url, token } = this.invitation;
    const room = new this.rtc.Room();
    for (const event of ['reconnecting', 'disconnected'] as const) room.on(event, this.end);
    await room.connect(url, token, { autoSubscribe: false, dynacast: true });
    const { show, sid } = await this.publishPicture(room);
    room.on('localTrackUnpublished', (publication) => publication?.sid === sid && this.end()); // a moderator took it off air
    room.on('roomUpdated', () => this.follow(room, show));
    this.tell({ type: 'on-air' });
    this.follow(room, show);
    await this.ended;
    this.stopSending?.();
    await room.disconnect().catch(() => undefined);
  }

  private follow(room: RtcRoom, show: () => void): void {
    const isWatched = room.numParticipants > 1;
    if (isWatched === (this.stopSending !== null)) return;
    if (isWatched) this.send(room, show);
    else this.stopSending?.();
    this.tell({ type: 'sending', isSending: isWatched, frames: this.frames });
  }

  private send(room: RtcRoom, show: () => void): void {
    const stop = new AbortController();
    const timer = setInterval(show, 1000 / FRAMES_PER_SECOND);
    this.stopSending = () => {
      clearInterval(timer);
      stop.abort();
      this.stopSending = null;
    };
    show();
    void this.play(room, stop.signal).catch(() => undefined); // the connection has ended, and `run` resolves
  }

  private async publishPicture(room: RtcRoom): Promise<{ show: () => void; sid: string | undefined }> {
    const { VideoSource, LocalVideoTrack, TrackPublishOptions, TrackSource, VideoFrame, VideoBufferType } = this.rtc;
    const { width, height } = SCENE;
    const source = new VideoSource(width, height);
    const options = new TrackPublishOptions({
      source: TrackSource.SOURCE_CAMERA,
      simulcast: false,
      videoEncoding: { maxBitrate: BIT_RATE, maxFramerate: FRAMES_PER_SECOND },
    });
    const track = LocalVideoTrack.createVideoTrack(DEMO_TRACK, source);
    const { sid } = (await room.localParticipant?.publishTrack(track, options)) ?? {};
    const show = () => {
      this.frames += 1;
      source.captureFrame(new VideoFrame(this.scene.draw(new Date()), width, height, VideoBufferType.I420));
    };
    return { show, sid };
  }

  /** A silent track is encoded all the same, so the sound has a track only while it plays. */
  private async play(room: RtcRoom, signal: AbortSignal): Promise<void> {
    const { AudioSource, LocalAudioTrack, TrackPublishOptions, TrackSource, AudioFrame } = this.rtc;
    const { rate, channels } = SOUND;
    const source = new AudioSource(rate, channels, QUEUE_MS);
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    const track = LocalAudioTrack.createAudioTrack(DEMO_TRACK, source);
    const { sid } = (await room.localParticipant?.publishTrack(track, options)) ?? {};
    const samples = (rate * PIECE_MS) / 1000;
    for (let at = 0; !signal.aborted; at = (at + samples) % this.sound.length)
      await source.captureFrame(new AudioFrame(this.sound.slice(at, at + samples), rate, channels, samples));
    if (sid) await room.localParticipant?.unpublishTrack(sid);
    await source.close();
  }
}
