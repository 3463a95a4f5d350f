import type { Host } from './host';
import { claimPlace, type Place, type PlaceRequest } from './place';

/** Milliseconds after a place was taken: by then its run has started, and making the next one takes nothing from it. */
const pauseMs = 50;

/** Keeps one place ready, since the next sandbox is likely to be asked for with the same limits as the last. */
export interface SparePlace {
  /** The spare one when it fits, else a new one. */
  take(host: Host, request: PlaceRequest): Promise<Place>;
  close(): Promise<void>;
}

export function createSparePlace(): SparePlace {
  let spare: { key: string; host: Host; place: Promise<Place | undefined> } | undefined;
  let timer: NodeJS.Timeout | undefined;

  /** Two that ask at once must never get the same place: what is taken out here is gone before anything is waited for. */
  function takeOut(): typeof spare {
    const taken = spare;
    spare = undefined;
    clearTimeout(timer);
    return taken;
  }

  return {
    async take(host, { limits, network }) {
      const request = { limits, network };
      const key = JSON.stringify(request);
      const taken = takeOut();
      timer = setTimeout(() => {
        // Whoever takes a place hears why none can be made; here nobody waits for it.
        spare ??= { key, host, place: claimPlace(host, request).catch(() => undefined) };
      }, pauseMs).unref();
      const place = await taken?.place;
      if (place?.usable && taken?.key === key && taken.host === host) return place;
      await place?.release();
      return claimPlace(host, request);
    },
    async close() {
      await (await takeOut()?.place)?.release();
    },
  };
}
