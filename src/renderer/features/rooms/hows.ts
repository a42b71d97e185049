import type { Input } from '#shared/contract/index.ts'

export type How = Input<'rooms.tell'>['how']
export const HOWS: readonly How[] = ['phone', 'wechat', 'sms', 'visit', 'paper', 'other']
