import { z } from 'zod';

/**
 * A strict object with exactly the members that a type of the SDK has: another version of the SDK with a member more or less does not
 * compile here, and a request with a member that the SDK does not know does not pass.
 */
export const exact =
  <Type extends object>() =>
  <Shape extends { [Key in keyof Required<Type>]: z.ZodType<Type[Key]> }>(
    shape: Shape & Record<Exclude<keyof Shape, keyof Type>, never>,
  ) =>
    z.strictObject(shape as Shape);

/** A member that the SDK has and the adapter is not known to send: when it does, its schema belongs here. */
export const unused = z.never().optional();

export const text = z.string();
export const id = z.string().min(1);
