/** What a connection test found at a step, and what to do. */
export const connection = { ok: '正常' } as const
