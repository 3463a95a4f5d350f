/** A request that does not fit: it is answered 400, and stands in the peer's `failures`. */
export class InvalidRequest extends Error {}
