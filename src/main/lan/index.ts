import type { LanParts, LanService } from '#core/context.ts'
import { managerEndpoints } from './manager/index.ts'
import { createLanService } from './service/index.ts'
import { userEndpoints } from './user/index.ts'
import { createWxAuth } from './wechat/index.ts'

export { createPayments, paymentProblem } from './payment/index.ts'

/** The service for mini-programs with all its endpoints: 20 for users, 18 for managers. */
export const createLan = (parts: LanParts): LanService =>
  createLanService(parts, [...userEndpoints, ...managerEndpoints], createWxAuth(parts))
