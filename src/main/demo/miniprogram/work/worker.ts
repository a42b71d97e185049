import type { Calls } from '../calls.ts'
import { RECORD, timeParam, WorkPhone, type Correction, type WorkRecord } from './phone.ts'

const SHOWN_RECORDS = 15
const SHOWN_NOTICES = 3

export interface Notice {
  readonly recordId: string
  readonly projectName: string
  readonly state: number
  readonly checkInTime: string
  readonly reason: string
}

/** The mini-program of somebody who works: he asks, the keeper answers. */
export class WorkerPhone extends WorkPhone {
  name = ''
  notices: readonly Notice[] = []
  /** he left, or was removed: what was stays to be seen */
  left = false

  constructor(calls: Calls, now: () => number) {
    super(calls, now, 2)
  }

  /** the one shift that waits or runs */
  get open(): WorkRecord | null {
    return this.records.find(({ state }) => state === RECORD.waiting || state === RECORD.working) ?? null
  }

  override async refresh(): Promise<void> {
    this.limited = false
    await super.refresh()
    if (this.signedIn) this.notices = await this.list<Notice>('getAttNoticeList', {}, SHOWN_NOTICES)
  }

  protected override async refreshProject(projectId: string): Promise<void> {
    const { phone } = this
    const own = { projectId, user: phone }
    this.records = await this.list<WorkRecord>('getAttRecordList', own, SHOWN_RECORDS)
    const corrections = await this.list<Correction>('getAttCorrectionList', { projectId, state: 0 }, 50)
    this.corrections = corrections.filter(({ user }) => user === phone)
    const members = await this.list<Member>('getAttMemberList', { projectId }, 200)
    const mine = members.filter(({ user }) => user === phone)
    this.left = mine.every(({ state }) => state === 1)
    this.name = mine[0]?.userName ?? this.name
  }

  async checkIn(at: string): Promise<void> {
    await this.act('newAttCheckIn', { projectId: this.chosen(), ...timeParam('checkInTime', at) })
  }

  async cancel(recordId: string): Promise<void> {
    await this.act('cancelAttCheckIn', { recordId })
  }

  async subscribe(recordId: string): Promise<void> {
    await this.act('subscribeAttRecord', { recordId })
  }

  async leave(): Promise<void> {
    await this.act('leaveAttProject', { projectId: this.chosen() })
  }
}

export interface Member {
  readonly user: string
  readonly userName: string
  /** 0 works there, 1 left or was removed */
  readonly state: number
}
