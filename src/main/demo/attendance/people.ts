import { USERS } from '../charging/people.ts'
import { personName } from '../people.ts'

/** Phone of the demo's operator: keeper of the first project, owner of the second. */
export const DESK_PHONE = '13700000001'
export const DESK_NAME = '陈工'

export interface Worker {
  readonly phone: string
  readonly name: string
}

const person = (index: number): Worker => {
  const { user: phone, userName: name } = USERS[index] ?? { user: '', userName: '' }
  return { phone, name }
}

/** Who created the first project, who kept it before, who keeps the second: people of the mini-program. */
export const OWNER = person(15)
export const KEEPER_BEFORE = person(13)
export const NIGHT_KEEPER = person(14)

/** Of the thirty, the first eight also charge their bicycles here: the mini-program knows them. */
const KNOWN = 8
const COUNT = 30

const worker = (i: number): Worker =>
  i < KNOWN
    ? person(i)
    : { phone: `1370000${String(2001 + i * 13).padStart(4, '0')}`, name: personName(7, i) }

export const WORKERS: readonly Worker[] = Array.from({ length: COUNT }, (_, i) => worker(i))
/** Worked three weeks and left. */
export const LEFT: Worker = { phone: '13700003001', name: personName(7, 99) }
/** The last ten also work nights at the second project, every other week. */
export const NIGHT = WORKERS.slice(-10)
