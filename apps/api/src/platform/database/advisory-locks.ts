/** Every advisory lock of the hub in one place, because two that share a number wait for each other. The numbers mean nothing. */
export const ADVISORY_LOCKS = {
  /** One node at a time migrates. */
  migrations: 7_083_611,
  /** One node at a time loads the demo event. */
  demo: 7_083_612,
  /** Held by every node as long as it runs: alone without Redis, shared with it. */
  node: 7_083_613,
  /** Events are added one at a time, so that their number keeps its limit. */
  events: 7_083_614,
  /** Held by the node whose process renders the synthetic speaker of the demo. */
  demoStage: 7_083_620,
} as const;
