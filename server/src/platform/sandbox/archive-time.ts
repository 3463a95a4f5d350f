/**
 * The time of everything in an archive. Not the beginning of time: archives of other formats, which scripts make of such files, know
 * no years before 1980.
 */
export const archiveTime = new Date('1985-10-26T08:15:00Z');
