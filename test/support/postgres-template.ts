/** A migrated, empty database on the server of a test run: copying it is faster than migrating. */
export const TEMPLATE = 'daiban_template';
