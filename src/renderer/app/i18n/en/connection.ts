import type { Same } from '../key.ts'
import type { connection as zh } from '../zh-CN/connection.ts'

export const connection: Same<typeof zh> = { ok: 'fine' }
