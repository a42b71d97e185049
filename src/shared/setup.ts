/** The first hour goes through these, in this order, once the administrator exists. */
export const SETUP_STEPS = ['imr', 'campus', 'water', 'bluetooth', 'lan', 'backups', 'summary'] as const
export type SetupStep = (typeof SETUP_STEPS)[number]
