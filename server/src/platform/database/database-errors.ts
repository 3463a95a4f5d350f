/** PostgreSQL's deadlock and serialization failure, MySQL's deadlock, and MariaDB's snapshot conflict. */
const deadlockCodes = new Set(['40P01', '40001', 'ER_LOCK_DEADLOCK', 'ER_CHECKREAD']);

const duplicateCodes = new Set([
  '23505',
  'ER_DUP_ENTRY',
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
]);

/** True when the database undid the transaction to end a deadlock: the same work may well succeed at the next try. */
export function isDeadlock(error: unknown): boolean {
  return deadlockCodes.has(codeOf(error));
}

/** True when a row was refused because a unique key has it already. */
export function isDuplicate(error: unknown): boolean {
  return duplicateCodes.has(codeOf(error));
}

/** True when another process holds SQLite's file. */
export function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY');
}

/** Known by its shape: a driver's errors may come from another realm's `Error`. */
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
