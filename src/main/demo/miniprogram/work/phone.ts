import type { correctionData, recordData } from '#main/lan/attendance/data.ts'
import { CODE } from '#core/charging/refusal.ts'
import { Refused, type Calls, type Params } from '../calls.ts'
import { logIn } from '../login.ts'
import { Trouble } from '../trouble.ts'

export type WorkRecord = ReturnType<typeof recordData>
export type Correction = ReturnType<typeof correctionData>

/** `state` of a record, */
export const RECORD = { waiting: 0, working: 1, ended: 2, rejected: 3, cancelled: 4 } as const
/** who asked for a correction (`byRole`), */
export const ASKED_BY = { keeper: 1, worker: 2 } as const
/** and `decision`. */
const YES = 0
const NO = 1

export interface Project {
  readonly projectId: string
  readonly projectName: string
  readonly keeper: string
  readonly keeperName: string
  readonly pending: number
  readonly corrections: number
}

/** Times as a form of the page has them: `2026-03-02T08:00`, empty: not said. */
export interface Asked {
  readonly checkIn: string
  readonly checkOut: string
}

/** What both roles of attendance have in common: a phone, its projects, and corrections. */
export abstract class WorkPhone {
  readonly #calls: Calls
  readonly #now: () => number
  /** `role` of getAttProjectList */
  readonly #role: number
  phone = ''
  projects: readonly Project[] = []
  project: Project | null = null
  records: readonly WorkRecord[] = []
  /** the keeper sees fewer than there are */
  limited = false
  /** those that wait */
  corrections: readonly Correction[] = []
  #session = ''

  constructor(calls: Calls, now: () => number, role: number) {
    this.#calls = calls
    this.#now = now
    this.#role = role
  }

  get signedIn(): boolean {
    return this.#session !== ''
  }

  protected get now(): number {
    return this.#now()
  }

  async login(phone: string): Promise<void> {
    const told = await logIn(this.#calls, 'user', { phone, now: this.now })
    this.phone = told.phone
    this.#session = told.session
    this.project = null
  }

  logout(): void {
    this.#session = ''
    this.phone = ''
    this.projects = []
    this.project = null
    this.records = []
    this.corrections = []
  }

  choose(projectId: string): void {
    this.project = this.projects.find((one) => one.projectId === projectId) ?? this.project
  }

  /** Everything on the screen, as it is now. */
  async refresh(): Promise<void> {
    if (!this.signedIn) return
    this.projects = await this.list<Project>('getAttProjectList', { role: this.#role }, 50)
    const chosen = this.project?.projectId
    this.project = this.projects.find(({ projectId }) => projectId === chosen) ?? this.projects[0] ?? null
    this.records = []
    this.corrections = []
    if (this.project) await this.refreshProject(this.project.projectId)
  }

  protected abstract refreshProject(projectId: string): Promise<void>

  /** Only what was changed is proposed; forms know minutes, records seconds. */
  async correct(recordId: string, asked: Asked, note: string): Promise<void> {
    const record = this.records.find((one) => one.recordId === recordId)
    if (!record) throw new Trouble('notShown')
    await this.act('newAttCorrection', {
      recordId,
      ...changed('checkInTime', record, asked.checkIn),
      ...changed('checkOutTime', record, asked.checkOut),
      note,
    })
  }

  async answer(correctionId: string, accept: boolean, reason: string): Promise<void> {
    await this.act('decideAttCorrection', { correctionId, decision: accept ? YES : NO, reason })
  }

  async withdraw(correctionId: string): Promise<void> {
    await this.act('withdrawAttCorrection', { correctionId })
  }

  protected chosen(): string {
    if (this.project) return this.project.projectId
    throw new Trouble('noProject')
  }

  protected async list<R>(name: string, params: Params, pageSize: number): Promise<readonly R[]> {
    const { abstractList, limited } = await this.act(name, { ...params, startIndex: 0, pageSize })
    if (limited === true) this.limited = true
    return Array.isArray(abstractList) ? (abstractList as R[]) : []
  }

  /** A session that another phone replaced is over (U-02). */
  protected async act(name: string, params: Params): Promise<Readonly<Record<string, unknown>>> {
    try {
      return await this.#calls.one('user', name, { ...params, session: this.#session })
    } catch (error) {
      if (error instanceof Refused && error.code === CODE.unknownCaller) this.logout()
      throw error
    }
  }
}

export const decision = (yes: boolean): number => (yes ? YES : NO)

/** As the service reads it: `2026-03-02T08:00` → `2026-03-02 08:00:00` */
const serviceTime = (asked: string): string =>
  `${asked.replace('T', ' ')}${/T\d\d:\d\d$/.test(asked) ? ':00' : ''}`

/** A parameter only where somebody said something. */
export const timeParam = (name: string, asked: string): Params =>
  asked === '' ? {} : { [name]: serviceTime(asked) }

function changed(name: 'checkInTime' | 'checkOutTime', record: WorkRecord, asked: string): Params {
  const same = record[name].slice(0, 16) === asked.replace('T', ' ').slice(0, 16)
  return same ? {} : timeParam(name, asked)
}
