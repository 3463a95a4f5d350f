/** A hint that something of this topic changed; what changed is read from the database. */
export interface Hint {
  topic: string;
  /** The latest sequence number known to the sender, or absent. */
  seq?: number;
}

/**
 * Carries hints between the writers and readers of events, on one server or many. Hints may be lost, repeated and reordered:
 * every reader also polls.
 */
export interface EventBus {
  publish(hint: Hint): void;
  /** Answers a function that ends the subscription. */
  subscribe(topic: string, listener: (hint: Hint) => void): () => void;
  close(): Promise<void>;
}
