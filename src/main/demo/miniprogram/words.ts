import type { TroubleCode } from './trouble.ts'
import { englishReason } from './work/english.ts'
import { enWork, zhWork, type WorkWords } from './work/words.ts'

export type Language = 'zh-CN' | 'en'

/** All that the page says, in one language; `{}` stands for a value. */
export interface Words {
  readonly language: Language
  /** where its pages are */
  readonly base: '/' | '/en/'
  readonly title: string
  readonly simulated: string
  readonly user: string
  readonly manager: string
  /** attendance: its two tabs, and what stands there */
  readonly work: { readonly worker: string; readonly keeper: string; readonly words: WorkWords }
  readonly service: (url: string | null) => string
  readonly radio: string
  readonly calls: string
  readonly noCalls: string
  readonly signedText: string
  readonly answer: string
  readonly done: string
  readonly failed: (why: string) => string
  readonly refused: (code: number, message: string) => string
  readonly trouble: Readonly<Record<TroubleCode, (detail: string) => string>>
  readonly login: {
    readonly title: string
    readonly people: string
    readonly phone: string
    readonly button: string
    readonly logout: string
  }
  readonly noName: string
  readonly coins: (n: number) => string
  readonly scan: { readonly title: string; readonly again: string; readonly away: (alias: string) => string }
  readonly charger: {
    readonly perHalfHour: (price: string) => string
    readonly free: string
    readonly notRead: string
    readonly readAgain: string
    readonly portFree: string
    readonly portBroken: string
    readonly minutes: (n: number) => string
  }
  readonly order: {
    readonly title: string
    readonly port: string
    readonly busy: string
    readonly time: string
    readonly hours: (n: number) => string
    readonly button: string
  }
  readonly power: {
    readonly title: string
    readonly of: (port: number, hours: string, money: string) => string
    readonly on: (port: number) => string
    readonly button: string
    readonly cancel: string
  }
  readonly pay: {
    readonly title: string
    readonly due: string
    readonly of: (name: string, port: number, hours: string, at: string) => string
    readonly coins: string
    readonly button: string
    readonly ask: string
    readonly cash: string
  }
  readonly more: {
    readonly title: string
    readonly name: string
    readonly save: string
    readonly coins: string
    readonly buy: string
  }
  readonly boss: {
    readonly chargers: string
    readonly code: string
    readonly bind: string
    readonly price: string
    readonly setPrice: string
    readonly disable: string
    readonly enable: string
    readonly unbind: string
    readonly blacklist: string
    readonly userPhone: string
    readonly block: string
    readonly unblock: string
    readonly income: string
    readonly open: (count: string, money: string, service: string) => string
    readonly paidOut: string
    readonly bank: string
    readonly bankOf: string
    readonly holder: string
    readonly holderOf: (end: string) => string
    readonly account: string
    readonly withdraw: string
    readonly states: Readonly<Record<string, string>>
  }
}

const zh: Words = {
  language: 'zh-CN',
  base: '/',
  title: '小程序模拟器',
  simulated: '模拟：没有真正的微信、蓝牙和付款，一切只在这台电脑上',
  user: '用户',
  manager: '管理员',
  work: { worker: '考勤人', keeper: '考勤员', words: zhWork },
  service: (url) => (url === null ? '局域网服务未开启' : `局域网服务 ${url}`),
  radio: '蓝牙',
  calls: '接口调用',
  noCalls: '还没有调用。',
  signedText: '签名原文',
  answer: '应答',
  done: '完成',
  failed: (why) => `这一步没有做成：${why}`,
  refused: (code, message) => (code === 0 ? message : `${code} ${message}`),
  trouble: {
    lanOff: () => '局域网服务未开启',
    unreachable: (detail) => `连不上局域网服务：${detail}`,
    nothingDue: () => '没有待支付的账单',
    scanFirst: () => '请先扫码',
    orderFirst: () => '请先下单',
    notNear: () => '附近没有找到这台充电器',
    connectFailed: (detail) => `蓝牙连接失败：${detail}`,
    portsUnreadable: () => '充电器的端口状态无法读取',
    chargerRefused: (detail) => `充电器拒绝：${detail}`,
    noAnswer: () => '充电器没有应答',
    badReply: (detail) => `无法识别的应答 ${detail}`,
    writeFailed: (detail) => `蓝牙写入失败：${detail}`,
    noProject: () => '请先选择项目',
    notShown: () => '这条考勤不在列表里，请刷新',
  },
  login: {
    title: '1 登录',
    people: '以下人员是演示数据；也可以用一个新号码登录。',
    phone: '手机号',
    button: '授权手机号登录',
    logout: '退出',
  },
  noName: '未填写姓名',
  coins: (n) => `${n} 电币`,
  scan: { title: '2 扫码', again: '2 扫码另一台', away: (alias) => `${alias}（不在附近）` },
  charger: {
    perHalfHour: (price) => `${price} / 30 分钟`,
    free: '免费',
    notRead: '还没有读到端口状态',
    readAgain: '重新读取端口（蓝牙）',
    portFree: '空闲',
    portBroken: '故障',
    minutes: (n) => `${n} 分`,
  },
  order: {
    title: '3 选端口和时长',
    port: '端口',
    busy: '（占用）',
    time: '时长',
    hours: (n) => `${n} 小时`,
    button: '下单',
  },
  power: {
    title: '4 通电',
    of: (port, hours, money) => `端口 ${port}，${hours}，${money}`,
    on: (port) => `端口 ${port} 已通电`,
    button: '通电（蓝牙）',
    cancel: '取消账单',
  },
  pay: {
    title: '5 付款',
    due: '待支付',
    of: (name, port, hours, at) => `${name} 端口 ${port}，${hours}，${at}`,
    coins: '用电币',
    button: '支付',
    ask: '付好了吗（查询支付结果）',
    cash: '现金部分由服务台在“充电运营 → 账单”里确认收款，然后再查询。',
  },
  more: { title: '更多', name: '姓名', save: '保存', coins: '买电币', buy: '购买' },
  boss: {
    chargers: '充电器',
    code: '设备号',
    bind: '绑定',
    price: '单价（元）',
    setPrice: '定价',
    disable: '禁用',
    enable: '启用',
    unbind: '解绑',
    blacklist: '黑名单',
    userPhone: '用户手机号',
    block: '加入',
    unblock: '移出',
    income: '收入',
    open: (count, money, service) => `可提现 ${count} 笔 ${money}，手续费 ${service}，到账`,
    paidOut: '提现记录',
    bank: '银行',
    bankOf: '演示农商银行',
    holder: '户名',
    holderOf: (end) => `管理员${end}`,
    account: '账号',
    withdraw: '提现',
    states: { '0': '已到账', '1': '失败', '2': '待处理' },
  },
}

const en: Words = {
  language: 'en',
  base: '/en/',
  title: 'Mini-program simulator',
  simulated: 'Simulated: no real WeChat, radio or money; everything stays on this computer',
  user: 'User',
  manager: 'Manager',
  work: { worker: 'Worker', keeper: 'Keeper', words: enWork },
  service: (url) => (url === null ? 'The LAN service is off' : `LAN service ${url}`),
  radio: 'Bluetooth',
  calls: 'Calls',
  noCalls: 'No calls yet.',
  signedText: 'Signed text',
  answer: 'Answer',
  done: 'Done',
  failed: (why) => `This step failed: ${why}`,
  refused: (code, message) =>
    `Refused${code === 0 ? '' : ` (${code}, ${CODES[code] ?? 'unknown'})`}: ${englishReason(message)}`,
  trouble: {
    lanOff: () => 'The LAN service is off',
    unreachable: (detail) => `The LAN service cannot be reached: ${detail}`,
    nothingDue: () => 'There is nothing to pay',
    scanFirst: () => 'Scan a label first',
    orderFirst: () => 'Order first',
    notNear: () => 'This charger is not near',
    connectFailed: (detail) => `No Bluetooth connection: ${detail}`,
    portsUnreadable: () => 'The ports of the charger cannot be read',
    chargerRefused: (detail) => `The charger refuses: ${detail}`,
    noAnswer: () => 'The charger does not answer',
    badReply: (detail) => `An answer that is none: ${detail}`,
    writeFailed: (detail) => `Bluetooth could not send: ${detail}`,
    noProject: () => 'Choose a project first',
    notShown: () => 'This record is not in the list; reload the page',
  },
  login: {
    title: '1 Log in',
    people: 'These people are demo data; a new number can log in too.',
    phone: 'Phone number',
    button: 'Log in with this number',
    logout: 'Log out',
  },
  noName: 'No name yet',
  coins: (n) => `${n} coins`,
  scan: { title: '2 Scan a label', again: '2 Scan another label', away: (alias) => `${alias} (not near)` },
  charger: {
    perHalfHour: (price) => `${price} / 30 min`,
    free: 'free of charge',
    notRead: 'The ports were not read yet',
    readAgain: 'Read the ports again (Bluetooth)',
    portFree: 'free',
    portBroken: 'broken',
    minutes: (n) => `${n} min`,
  },
  order: {
    title: '3 Port and time',
    port: 'Port',
    busy: ' (taken)',
    time: 'Time',
    hours: (n) => `${n} h`,
    button: 'Order',
  },
  power: {
    title: '4 Power on',
    of: (port, hours, money) => `port ${port}, ${hours}, ${money}`,
    on: (port) => `Port ${port} has power`,
    button: 'Power on (Bluetooth)',
    cancel: 'Cancel the order',
  },
  pay: {
    title: '5 Pay',
    due: 'To pay',
    of: (name, port, hours, at) => `${name} port ${port}, ${hours}, ${at}`,
    coins: 'Coins',
    button: 'Pay',
    ask: 'Paid? (ask for the result)',
    cash: 'Staff confirm the cash part in the console, under Charging, Orders; then ask again.',
  },
  more: { title: 'More', name: 'Name', save: 'Save', coins: 'Buy coins', buy: 'Buy' },
  boss: {
    chargers: 'Chargers',
    code: 'Device code',
    bind: 'Bind',
    price: 'Price (¥)',
    setPrice: 'Set price',
    disable: 'Disable',
    enable: 'Enable',
    unbind: 'Unbind',
    blacklist: 'Blacklist',
    userPhone: 'Phone of a user',
    block: 'Add',
    unblock: 'Remove',
    income: 'Income',
    open: (count, money, service) => `To withdraw: ${count} orders, ${money}, fee ${service}, paid out`,
    paidOut: 'Withdrawals',
    bank: 'Bank',
    bankOf: 'Demo Rural Bank',
    holder: 'Holder',
    holderOf: (end) => `Manager ${end}`,
    account: 'Account',
    withdraw: 'Withdraw',
    states: { '0': 'paid', '1': 'failed', '2': 'waiting' },
  },
}

/** H-19, for who does not read the service's own words. */
const CODES: Readonly<Record<number, string>> = {
  1: 'wrong time',
  2: 'wrong signature',
  3: 'wrong parameter',
  4: 'unknown caller',
  5: 'not allowed',
  6: 'taken',
  999: 'unknown error',
}

export const WORDS: Readonly<Record<Language, Words>> = { 'zh-CN': zh, en }
