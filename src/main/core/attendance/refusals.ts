import type { ErrorCode } from '#shared/errors.ts'
import { SitedeskError } from '#shared/errors.ts'
import { CODE, Refusal, type Code } from '../charging/index.ts'

/** Every refusal of attendance: its code, what a phone reads and what the automation API says. */
export const REFUSALS = {
  noProject: [CODE.parameter, '项目不存在', 'There is no such project.'],
  noRecord: [CODE.parameter, '考勤记录不存在', 'There is no such record.'],
  noCorrection: [CODE.parameter, '修改请求不存在', 'There is no such correction.'],
  noMember: [CODE.parameter, '考勤人不在该项目中', 'This person is no worker of the project.'],
  notOwner: [CODE.notAllowed, '非项目管理员', 'Only the owner of the project may do this.'],
  notKeeper: [CODE.notAllowed, '非项目考勤员', 'Only the current keeper of the project may do this.'],
  notWorker: [CODE.notAllowed, '非项目考勤人', 'Only a worker of the project may do this.'],
  notYours: [CODE.notAllowed, '无权查看该项目的考勤记录', 'These records are not yours to see.'],
  notOtherSide: [CODE.notAllowed, '需由对方确认', 'The other side has to answer.'],
  notThisSide: [CODE.notAllowed, '非发起方，不能撤回', 'Only the side that asked may take it back.'],
  notParty: [
    CODE.notAllowed,
    '仅考勤员与考勤人本人可以修改',
    'Only the keeper and that worker may correct it.',
  ],
  tooManyProjects: [CODE.notAllowed, '项目数已达上限', 'A normal owner has three projects at most.'],
  keeperIsWorker: [
    CODE.parameter,
    '考勤员不能是本项目的考勤人',
    'The keeper is no worker of the same project.',
  ],
  future: [CODE.parameter, '时间不能晚于现在', 'The time lies in the future.'],
  order: [CODE.parameter, '下班时间应晚于上班时间', 'A shift ends after it began.'],
  noChange: [CODE.parameter, '没有要修改的时间', 'Nothing would change.'],
  notClosed: [CODE.parameter, '尚未下班的记录不能修改下班时间', 'An open shift has no end to correct.'],
  projectDeleted: [CODE.success, '项目已删除', 'The project was deleted.'],
  alreadyMember: [CODE.success, '考勤人已在该项目中', 'This person is a worker of the project already.'],
  alreadyOpen: [CODE.success, '已有未结束的考勤记录', 'There is an open record already.'],
  notPending: [CODE.success, '该考勤申请已处理', 'This request was answered already.'],
  notConfirmed: [CODE.success, '没有已确认且未下班的考勤记录', 'There is no confirmed shift that is open.'],
  openShift: [CODE.success, '有未结束的班次', 'A shift is still open.'],
  overlap: [CODE.success, '与该考勤人的其他班次时间重叠', 'This worker has another shift at that time.'],
  longShift: [CODE.success, '班次时间过长，请确认', 'This is a long shift; confirm it.'],
  notCounted: [CODE.success, '仅已确认的记录可以修改', 'Only a confirmed shift can be corrected.'],
  correctionPending: [CODE.success, '已有待处理的修改请求', 'A correction waits for its answer already.'],
  correctionDecided: [CODE.success, '该修改请求已处理', 'This correction was answered already.'],
  stale: [CODE.success, '考勤记录已变化，请重新发起', 'The record has changed since; ask again.'],
  locked: [CODE.success, '该期间已锁定', 'This period is locked.'],
  notLocked: [CODE.success, '该期间没有锁定', 'This period is not locked.'],
  lockBackwards: [CODE.success, '已锁定到更晚的日期', 'A later day is locked already.'],
} as const satisfies Record<string, readonly [Code, string, string]>

export type RefusalName = keyof typeof REFUSALS

export class AttendanceRefusal extends Refusal {
  readonly reason: RefusalName

  constructor(reason: RefusalName) {
    const [code, words] = REFUSALS[reason]
    super(code, words)
    this.name = 'AttendanceRefusal'
    this.reason = reason
  }
}

export const refuse = (reason: RefusalName) => new AttendanceRefusal(reason)

const DESK_CODES: Readonly<Partial<Record<Code, ErrorCode>>> = {
  [CODE.success]: 'NOT_ALLOWED_NOW',
  [CODE.parameter]: 'INVALID_INPUT',
  [CODE.notAllowed]: 'ROLE_REQUIRED',
}

/** A rule that refuses a phone refuses the desk for the same reason; `data.reason` is its stable name. */
export function asDesk<R>(work: () => R): R {
  try {
    return work()
  } catch (error) {
    throw deskError(error)
  }
}

export function deskError(error: unknown): unknown {
  if (!(error instanceof AttendanceRefusal)) return error
  const { reason, message: text, code } = error
  const missing = reason === 'noProject' || reason === 'noRecord' || reason === 'noCorrection'
  return new SitedeskError(
    missing ? 'NOT_FOUND' : (DESK_CODES[code] ?? 'NOT_ALLOWED_NOW'),
    REFUSALS[reason][2],
    { reason, text },
  )
}
