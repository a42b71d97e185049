import { btNameOf, DEVICE_CODE } from '#shared/chargers.ts'
import type { Input } from '#shared/contract/index.ts'
import { wholeOf } from './fields.ts'

export interface RegisterForm {
  readonly deviceCode: string
  readonly btName: string
  readonly jamCode: string
  readonly version: string
  readonly alias: string
}
export type RegisterField = keyof RegisterForm

export const EMPTY: RegisterForm = { deviceCode: '', btName: '', jamCode: '', version: '', alias: '' }

const JAM = /^[0-9A-Z]{6}$/

/** Which fields cannot stay as they are; empty ones that may be are right. */
export function wrongOf(form: RegisterForm): RegisterField[] {
  const wrong: RegisterField[] = []
  if (!DEVICE_CODE.test(form.deviceCode.trim())) wrong.push('deviceCode')
  if (btNameOf(form.btName) === null) wrong.push('btName')
  if (form.jamCode.trim() !== '' && !JAM.test(form.jamCode.trim().toUpperCase())) wrong.push('jamCode')
  if (form.version.trim() !== '' && wholeOf(form.version, 0, 999) === null) wrong.push('version')
  return wrong
}

export function inputOf(form: RegisterForm): Input<'devices.register'> {
  const version = wholeOf(form.version, 0, 999)
  const jamCode = form.jamCode.trim().toUpperCase()
  const alias = form.alias.trim()
  return {
    deviceCode: form.deviceCode.trim(),
    btName: btNameOf(form.btName) ?? form.btName.trim(),
    ...(jamCode === '' ? {} : { jamCode }),
    ...(version === null ? {} : { version }),
    ...(alias === '' ? {} : { alias }),
  }
}
