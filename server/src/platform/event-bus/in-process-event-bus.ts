import type { EventBus, Hint } from './event-bus';

type Listener = (hint: Hint) => void;

/**
 * Carries hints within this process. Delivery is synchronous: a publisher must have stored what it hints at. A listener that
 * throws is reported and keeps no other from hearing.
 */
export function createInProcessEventBus({ onError }: { onError: (error: unknown) => void }): EventBus {
  const topics = new Map<string, Set<Listener>>();

  return {
    publish(hint) {
      for (const listener of [...(topics.get(hint.topic) ?? [])]) {
        try {
          listener(hint);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe(topic, listener) {
      // A wrapper of its own, so that the same function subscribed twice is heard twice and ended one at a time.
      const heard: Listener = (hint) => listener(hint);
      const listeners = topics.get(topic) ?? new Set<Listener>();
      listeners.add(heard);
      topics.set(topic, listeners);
      return () => {
        listeners.delete(heard);
        if (listeners.size === 0 && topics.get(topic) === listeners) topics.delete(topic);
      };
    },
    async close() {
      topics.clear();
    },
  };
}
