import { personName } from '../people.ts'

/** Managers of the demo's chargers: the first has most of them. */
export const MANAGERS = [
  { manager: '13900000001', managerName: '周经理' },
  { manager: '13900000002', managerName: '吴经理' },
] as const

/** Which chargers are whose; those of nobody wait to be bound. */
export const BOUND: Readonly<Record<string, { readonly manager: string; readonly unitPrice: number }>> = {
  '60010001': { manager: MANAGERS[0].manager, unitPrice: 50 },
  '60010002': { manager: MANAGERS[0].manager, unitPrice: 50 },
  '60010003': { manager: MANAGERS[0].manager, unitPrice: 60 },
  '60010009': { manager: MANAGERS[0].manager, unitPrice: 50 },
  // free of charge
  '60010017': { manager: MANAGERS[1].manager, unitPrice: 0 },
  '60010025': { manager: MANAGERS[1].manager, unitPrice: 80 },
}

export const PROFESSIONS = ['学生', '教职工', '后勤', '保安', '商户', '访客'] as const

export interface DemoUser {
  readonly user: string
  readonly userName: string
  readonly professionId: number
}

const COUNT = 16

/** Phones of users begin with 1380000, of nobody who lives. */
export const USERS: readonly DemoUser[] = Array.from({ length: COUNT }, (_, i) => ({
  user: `1380000${String(1001 + i * 37).padStart(4, '0')}`,
  userName: personName(5, i),
  professionId: i % 4 === 3 ? 2 + (i % 3) : 1,
}))
