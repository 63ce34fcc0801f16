/** Where a LiveKit server answers and what signs for it. `url` may be ws(s) or http(s). */
export interface LiveKitCredentials {
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}
