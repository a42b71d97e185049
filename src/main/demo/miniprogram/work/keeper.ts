import { DAY, formatDay, type ZoneOffset } from '#shared/time.ts'
import type { Calls } from '../calls.ts'
import { decision, RECORD, timeParam, WorkPhone, type Correction, type WorkRecord } from './phone.ts'
import type { Member } from './worker.ts'

/** A shift that nobody ended yesterday, or on Saturday, is still to be ended. */
const DAYS_BACK = 3
const ALL = 500

/** One worker as he stands today. */
export interface Standing {
  readonly member: Member
  /** the open one, or the last of today */
  readonly record: WorkRecord | null
  /** of today's ended shifts */
  readonly minutes: number
}

/** The mini-program of who confirms and ends shifts. */
export class KeeperPhone extends WorkPhone {
  readonly #zone: ZoneOffset
  members: readonly Member[] = []

  constructor(calls: Calls, now: () => number, zone: ZoneOffset) {
    super(calls, now, 1)
    this.#zone = zone
  }

  get today(): string {
    return formatDay(this.now, this.#zone)
  }

  /** who waits first, then who works, then who is done, then the rest */
  get gang(): readonly Standing[] {
    const byUser = Map.groupBy(this.records, ({ user }) => user)
    return this.members
      .map((member) => standing(member, byUser.get(member.user) ?? [], this.today))
      .toSorted((a, b) => rank(a) - rank(b))
  }

  protected override async refreshProject(projectId: string): Promise<void> {
    const startDate = formatDay(this.now - DAYS_BACK * DAY, this.#zone)
    this.members = (await this.list<Member>('getAttMemberList', { projectId }, ALL)).filter(
      ({ state }) => state === 0,
    )
    this.records = await this.list<WorkRecord>('getAttRecordList', { projectId, startDate }, ALL)
    this.corrections = await this.list<Correction>('getAttCorrectionList', { projectId, state: 0 }, 50)
  }

  async decide(recordId: string, confirm: boolean, reason: string): Promise<void> {
    await this.act('decideAttCheckIn', { recordId, decision: decision(confirm), reason })
  }

  async end(recordId: string, at: string, long: boolean): Promise<void> {
    await this.act('newAttCheckOut', {
      recordId,
      ...timeParam('checkOutTime', at),
      ...(long && { confirmLong: 1 }),
    })
  }

  async add(user: string, userName: string): Promise<void> {
    await this.act('addAttMember', { projectId: this.chosen(), user, userName })
  }

  async remove(user: string): Promise<void> {
    await this.act('deleteAttMember', { projectId: this.chosen(), user })
  }
}

const isOpen = ({ state }: WorkRecord) => state === RECORD.waiting || state === RECORD.working

/** `records` newest first */
function standing(member: Member, records: readonly WorkRecord[], today: string): Standing {
  const ended = records.filter(
    ({ state, checkInTime }) => state === RECORD.ended && checkInTime.startsWith(today),
  )
  const minutes = ended.reduce((sum, record) => sum + record.minutes, 0)
  return { member, record: records.find(isOpen) ?? ended[0] ?? null, minutes }
}

const REST = 3
const rank = ({ record }: Standing): number => record?.state ?? REST
