/** The address and the key of a LiveKit server. `url` may be ws(s) or http(s). */
export interface LiveKitCredentials {
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}
