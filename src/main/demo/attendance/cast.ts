import { DESK_NAME, DESK_PHONE, KEEPER_BEFORE, NIGHT, NIGHT_KEEPER, WORKERS, type Worker } from './people.ts'
import { FORGOTTEN } from './weeks.ts'

const some = (...people: (Worker | undefined)[]): readonly Worker[] =>
  people.filter((one) => one !== undefined)

/** Who is worth being on a simulated phone, as the story leaves them today. */
export const workCast = {
  /** not there yet, asked a while ago, at work, asked to agree to other times, end forgotten, in both projects */
  workers: some(WORKERS[9], WORKERS[1], WORKERS[0], WORKERS[2], WORKERS[FORGOTTEN[0] ?? 0], NIGHT.at(-1)),
  /** of the first project, of the second, and who was replaced */
  keepers: some({ phone: DESK_PHONE, name: DESK_NAME }, NIGHT_KEEPER, KEEPER_BEFORE),
} as const
