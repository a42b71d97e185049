import type { SettingField } from '../settings/fields.ts'

/** What can be set of a provider, by its kind. */
export interface ProviderForm {
  readonly provider: 'wechat' | 'payment'
  /** the setting with its `kind` */
  readonly union: 'lan.wechat' | 'lan.payment'
  readonly kinds: readonly string[]
  readonly usual: string
  /** the kind that has more to be said, and that can be tested */
  readonly real: string
  readonly fields: readonly SettingField[]
  readonly advanced: readonly SettingField[]
  /** must be filled in before it is stored */
  readonly needed: readonly string[]
}

export const WECHAT: ProviderForm = {
  provider: 'wechat',
  union: 'lan.wechat',
  kinds: ['none', 'simulator', 'wechat'],
  usual: 'none',
  real: 'wechat',
  fields: [
    { kind: 'text', path: 'lan.wechat.user.appId', label: 'lan.provider.field.userAppId' },
    { kind: 'secret', path: 'lan.wechat.user.secret', label: 'lan.provider.field.userSecret' },
    { kind: 'text', path: 'lan.wechat.manager.appId', label: 'lan.provider.field.managerAppId' },
    {
      kind: 'secret',
      path: 'lan.wechat.manager.secret',
      label: 'lan.provider.field.managerSecret',
      hint: 'lan.provider.field.secretHint',
    },
  ],
  advanced: [
    {
      kind: 'text',
      path: 'lan.wechat.baseUrl',
      label: 'lan.provider.field.baseUrl',
      hint: 'lan.provider.field.wechatBaseUrlHint',
    },
  ],
  needed: [],
}

export const PAYMENT: ProviderForm = {
  provider: 'payment',
  union: 'lan.payment',
  kinds: ['offline', 'wechatpay'],
  usual: 'offline',
  real: 'wechatpay',
  fields: [
    { kind: 'text', path: 'lan.payment.mchId', label: 'lan.provider.field.mchId', maxLength: 32 },
    {
      kind: 'text',
      path: 'lan.payment.serialNo',
      label: 'lan.provider.field.serialNo',
      hint: 'lan.provider.field.serialNoHint',
      maxLength: 64,
    },
    {
      kind: 'text',
      path: 'lan.payment.privateKeyFile',
      label: 'lan.provider.field.privateKeyFile',
      hint: 'lan.provider.field.privateKeyFileHint',
    },
    {
      kind: 'text',
      path: 'lan.payment.platformKeyFile',
      label: 'lan.provider.field.platformKeyFile',
      hint: 'lan.provider.field.platformKeyFileHint',
    },
    {
      kind: 'secret',
      path: 'lan.payment.apiV3Key',
      label: 'lan.provider.field.apiV3Key',
      hint: 'lan.provider.field.apiV3KeyHint',
    },
  ],
  advanced: [
    {
      kind: 'text',
      path: 'lan.payment.baseUrl',
      label: 'lan.provider.field.baseUrl',
      hint: 'lan.provider.field.payBaseUrlHint',
    },
    {
      kind: 'text',
      path: 'lan.payment.notifyUrl',
      label: 'lan.provider.field.notifyUrl',
      hint: 'lan.provider.field.notifyUrlHint',
    },
  ],
  needed: [
    'lan.payment.mchId',
    'lan.payment.serialNo',
    'lan.payment.privateKeyFile',
    'lan.payment.platformKeyFile',
  ],
}

/** `{ user: { appId } }` of `lan.wechat.user.appId`: what is on the screen and not stored, for a test. */
export function nested(edits: Readonly<Record<string, unknown>>, union: string): Record<string, unknown> {
  const whole: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(edits)) {
    const [first, second] = path.slice(union.length + 1).split('.')
    if (!path.startsWith(`${union}.`) || first === undefined || first === 'kind' || value === '') continue
    if (second === undefined) whole[first] = value
    else whole[first] = { ...(whole[first] as object | undefined), [second]: value }
  }
  return whole
}
