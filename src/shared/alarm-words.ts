import { shownFigure, type AlarmRule, type Severity, type ShownUnit } from './alarms.ts'

/** Words that screens, notices of the system and messages to a group share: they are said the same everywhere. */
export type AlarmLanguage = 'zh-CN' | 'en'

interface Words {
  readonly rule: Readonly<Record<AlarmRule, string>>
  readonly severity: Readonly<Record<Severity, string>>
  readonly unit: Readonly<Record<ShownUnit, string>>
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
    digest: '{{n}} × {{rule}}',
    alarms: '{{n}} new alarms',
    more: '{{n}} more in the console',
    test: 'This is a test message, not an alarm',
  },
}

export const fill = (text: string, data: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => String(data[key] ?? ''))

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
  return [words.rule[rule], name, figure === null ? null : `${figure.text} ${words.unit[figure.unit]}`]
    .filter((part) => part !== null && part !== '')
    .join(' ')
}
