/**
 * Two attempts to connect, what it offers, and several replies with their repetitions (B-11): the core ends all of it
 * by itself long before.
 */
export const COMMAND_TIMEOUT_MS = 120_000
