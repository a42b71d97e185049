import { shownFigure, type AlarmRule, type Severity, type ShownUnit } from './alarms.ts'
import type { Source } from './contract/define.ts'

/** Words that screens, notices of the system and messages to a group share: they are said the same everywhere. */
export type AlarmLanguage = 'zh-CN' | 'en'

interface Words {
  readonly rule: Readonly<Record<AlarmRule, string>>
  readonly severity: Readonly<Record<Severity, string>>
  readonly unit: Readonly<Record<ShownUnit, string>>
  readonly source: Readonly<Record<Source, string>>
  /** several of one rule at once */
  readonly digest: string
  readonly alarms: string
  readonly more: string
  readonly test: string
}

export const ALARM_WORDS: Readonly<Record<AlarmLanguage, Words>> = {
  'zh-CN': {
    rule: {
      lowBalance: '余额低',
      meterSilent: '表计无读数',
      lowBattery: '水表电池低',
      cameraFailed: '拍照读数失败',
      portBroken: '充电端口故障（999）',
      clockLost: '充电器时钟丢失',
      zombieOrder: '充电账单没有结束',
      noPrice: '充电器没有定价',
      syncStale: '同步数据过旧',
      rechargeUnsettled: '充值待核实',
      lanDown: '局域网服务没有开起来',
      diskFull: '磁盘空间不足',
      backupFailed: '备份失败',
      storeDamaged: '数据文件损坏',
      clockSkew: '时钟偏差',
    },
    severity: { info: '提示', warning: '警告', critical: '严重' },
    unit: {
      fen: '元',
      days: '天',
      hours: '小时',
      minutes: '分钟',
      seconds: '秒',
      percent: '%',
      mebibytes: 'MiB',
      gibibytes: 'GiB',
      times: '次',
    },
    source: { imr: '远程抄表', campus: '校园水电', water: '用水管理' },
    digest: '{{n}} 项：{{rule}}',
    alarms: '{{n}} 条新告警',
    more: '另有 {{n}} 条，请在控制台查看',
    test: '这是一条测试消息，不是告警',
  },
  en: {
    rule: {
      lowBalance: 'Low balance',
      meterSilent: 'Meter without readings',
      lowBattery: 'Low battery of a water meter',
      cameraFailed: 'Camera readings failed',
      portBroken: 'Charging port broken (999)',
      clockLost: 'Charger lost its clock',
      zombieOrder: 'Charging order did not end',
      noPrice: 'Charger without a price',
      syncStale: 'Synced data is old',
      rechargeUnsettled: 'Recharge to be verified',
      lanDown: 'LAN service is not listening',
      diskFull: 'Disk nearly full',
      backupFailed: 'Backup failed',
      storeDamaged: 'Data file damaged',
      clockSkew: 'Clocks differ',
    },
    severity: { info: 'notice', warning: 'warning', critical: 'critical' },
    unit: {
      fen: 'yuan',
      days: 'd',
      hours: 'h',
      minutes: 'min',
      seconds: 's',
      percent: '%',
      mebibytes: 'MiB',
      gibibytes: 'GiB',
      times: 'times',
    },
    source: { imr: 'IMR meters', campus: 'Campus', water: 'Water' },
    digest: '{{n}} × {{rule}}',
    alarms: '{{n}} new alarms',
    more: '{{n}} more in the console',
    test: 'This is a test message, not an alarm',
  },
}

export const fill = (text: string, data: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => String(data[key] ?? ''))

/** The names that alarms of vendors are kept under; people read them in their language. */
export const VENDOR_NAMES: Readonly<Record<Source, string>> = { imr: 'IMR', campus: 'Campus', water: 'Water' }
export const VENDOR_RULES = ['syncStale', 'clockSkew'] as const satisfies readonly AlarmRule[]
export const VENDORS = ['imr', 'campus', 'water'] as const satisfies readonly Source[]

/** The vendor that an alarm is about; null: something else. */
export function vendorOf({ rule, name }: Pick<Told, 'rule' | 'name'>): Source | null {
  if (!VENDOR_RULES.some((one) => one === rule)) return null
  return VENDORS.find((source) => VENDOR_NAMES[source] === name) ?? null
}

/** Vendors whose name holds a word in any language. */
export const vendorsLike = (word: string): Source[] =>
  VENDORS.filter((source) =>
    Object.values(ALARM_WORDS).some((words) =>
      words.source[source].toLowerCase().includes(word.toLowerCase()),
    ),
  )

/** What an alarm is about, as people of that language call it. */
export function shownName(about: Pick<Told, 'rule' | 'name'>, language: AlarmLanguage): string {
  const source = vendorOf(about)
  return source === null ? about.name : ALARM_WORDS[language].source[source]
}

export interface Told {
  readonly rule: AlarmRule
  readonly name: string
  readonly value: number | null
  readonly severity: Severity
  /** of a digest how many it stands for, else 0 */
  readonly members: number
}

/** One line: `余额低 梅园/1号楼/102 12.50 元`. */
export function lineOf({ rule, name, value, members }: Told, language: AlarmLanguage): string {
  const words = ALARM_WORDS[language]
  if (members > 0) return fill(words.digest, { n: members, rule: words.rule[rule] })
  const figure = shownFigure(rule, value)
  return [
    words.rule[rule],
    shownName({ rule, name }, language),
    figure === null ? null : `${figure.text} ${words.unit[figure.unit]}`,
  ]
    .filter((part) => part !== null && part !== '')
    .join(' ')
}
