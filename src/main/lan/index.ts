import { booksOf } from '#core/attendance/index.ts'
import type { LanParts, LanService } from '#core/context.ts'
import { attendanceEndpoints } from './attendance/index.ts'
import { managerEndpoints } from './manager/index.ts'
import { createLanService } from './service/index.ts'
import { userEndpoints } from './user/index.ts'
import { createWxAuth } from './wechat/index.ts'

export { createPayments, paymentProblem } from './payment/index.ts'

/** The service for mini-programs with all its endpoints: 20 for users, 18 for managers, and attendance. */
export const createLan = (parts: LanParts): LanService =>
  createLanService(
    parts,
    [...userEndpoints, ...managerEndpoints, ...attendanceEndpoints(booksOf(parts.ctx, parts))],
    createWxAuth(parts),
  )
