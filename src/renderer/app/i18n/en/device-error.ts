import type { Same } from '../key.ts'
import type { deviceError as zh } from '../zh-CN/device-error.ts'

export const deviceError: Same<typeof zh> = {
  notFound: 'Not in the registry',
  orderTooDear: 'Price times longest charge is over 999.99 yuan',
}
