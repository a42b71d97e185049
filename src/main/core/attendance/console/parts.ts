import { DEFAULT_LIMIT, type Role } from '#shared/contract/define.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { Call, CoreContext } from '../../context.ts'
import { seesWhole } from '../../privacy.ts'
import { rolesIn, type Viewer } from '../access.ts'
import { projectOf, type Actor, type Books, type StoredProject } from '../books.ts'
import type { Slice } from '../lists.ts'
import type { Act } from '../log.ts'
import { asDesk } from '../refusals.ts'
import type { Reader } from './masking.ts'

export interface ConsoleParts {
  readonly ctx: CoreContext
  readonly books: Books
}

/** Roles that read every project (interfaces §4). */
const STAFF = ['admin', 'attendance', 'supervisor', 'viewer'] as const
/** Roles that import people without being the keeper. */
const CLERKS = ['admin', 'attendance', 'supervisor'] as const
/** Roles that lock what was paid out. */
const LOCKERS = ['admin', 'supervisor'] as const

/** The operator of a call, with the phone of his account as it is now. */
export class Desk {
  readonly #parts: ConsoleParts

  constructor(parts: ConsoleParts) {
    this.#parts = parts
  }

  get now(): number {
    return this.#parts.ctx.ports.clock.now()
  }

  viewer(call: Call): Viewer {
    const { phone, staff } = this.reader(call)
    return { phone, staff, now: this.now, masked: staff && !seesWhole(call, 'attendance') }
  }

  reader(call: Call): Reader {
    return { phone: this.#phone(call), roles: call.operator?.roles ?? [], staff: has(call, STAFF) }
  }

  /** The same later on, when his job runs: as his account is then. */
  readerNamed(operatorId: string): Reader {
    const sql = 'SELECT phone, roles FROM operator WHERE id = ? AND disabled = 0'
    const { db } = this.#parts.books
    const found = db.statement<{ phone: string; roles: string }>(sql).get(operatorId)
    const roles = found ? (JSON.parse(found.roles) as Role[]) : []
    return { phone: found?.phone ?? '', roles, staff: roles.some((role) => isStaff(role)) }
  }

  /** Who acts: owner or keeper by the phone of his account, and by nothing else. */
  actor(call: Call): Actor {
    const phone = this.#phone(call)
    if (phone === '')
      throw new SitedeskError('ROLE_REQUIRED', 'Your account has no phone, so it is nobody in a project.', {
        reason: 'noPhone',
      })
    return { phone, operator: call.operator?.name ?? '' }
  }

  /** May change the people of a project from a sheet: its keeper, or a clerk for the desk. */
  importer(call: Call, projectId: string): Act {
    return this.#keeperOr(call, projectId, CLERKS)
  }

  /** May lock and open periods: the owner, or a supervisor for the desk. */
  locker(call: Call, project: StoredProject): Act {
    const phone = this.#phone(call)
    const act = this.#act(call)
    if (phone !== '' && project.ownerPhone === phone) return { ...act, role: 'owner' }
    if (has(call, LOCKERS)) return act
    throw refused(LOCKERS)
  }

  #keeperOr(call: Call, projectId: string, roles: readonly string[]): Act {
    const { books } = this.#parts
    const project = asDesk(() => projectOf(books, projectId))
    const act = this.#act(call)
    if (rolesIn(books, project, act.actor.phone).includes('keeper')) return { ...act, role: 'keeper' }
    if (has(call, roles)) return act
    throw refused(roles)
  }

  #act(call: Call): Act {
    return {
      actor: { phone: this.#phone(call), operator: call.operator?.name ?? '' },
      role: 'desk',
      now: this.now,
    }
  }

  #phone({ operator }: Call): string {
    const sql = 'SELECT phone FROM operator WHERE id = ?'
    const { db } = this.#parts.books
    return db.statement<{ phone: string }>(sql).get(operator?.operatorId ?? '')?.phone ?? ''
  }

  changed(): void {
    this.#parts.ctx.events.emit({ type: 'changed', area: 'attendance' })
  }

  /** Runs rules with the audit row in one transaction, and tells the screens. */
  async commit<R>(call: Call, work: () => R): Promise<R> {
    const value = await call.commit(() => asDesk(work))
    this.changed()
    return value
  }
}

const isStaff = (role: string) => STAFF.some((one) => one === role)
const has = ({ operator }: Call, roles: readonly string[]) =>
  operator?.roles.some((role) => roles.includes(role)) ?? false

const refused = (roles: readonly string[]) =>
  new SitedeskError('ROLE_REQUIRED', `This needs one of these roles: ${roles.join(', ')}.`, {
    reason: 'notYours',
    roles,
  })

export const sliceOf = ({
  offset = 0,
  limit = DEFAULT_LIMIT,
}: {
  offset?: number | undefined
  limit?: number | undefined
}): Slice => ({ offset, limit })
