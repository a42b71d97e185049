import { clockHours, decimalHours } from '#shared/hours.ts'

/** What the worker's and the keeper's side of attendance say. */
export interface WorkWords {
  readonly login: string
  readonly projects: string
  readonly noProjects: string
  readonly keeperIs: (name: string, phone: string) => string
  readonly noKeeper: string
  /** `state` of a record */
  readonly states: readonly [string, string, string, string, string]
  readonly hours: (minutes: number) => string
  readonly forgotten: string
  readonly late: string
  readonly corrected: (times: number) => string
  readonly limited: string
  readonly checkIn: {
    readonly title: string
    readonly at: string
    readonly button: string
    readonly waits: (at: string) => string
    readonly runs: (at: string) => string
    readonly cancel: string
    readonly subscribe: string
    readonly subscribed: string
    readonly left: string
  }
  readonly notices: { readonly title: string; readonly of: (project: string, at: string) => string }
  readonly correction: {
    readonly title: string
    readonly none: string
    readonly propose: string
    readonly checkIn: string
    readonly checkOut: string
    readonly note: string
    readonly send: string
    readonly byKeeper: string
    readonly byWorker: string
    readonly byYou: string
    readonly accept: string
    readonly reject: string
    readonly reason: string
    readonly withdraw: string
    readonly waits: string
  }
  readonly records: { readonly title: string; readonly none: string }
  readonly leave: string
  readonly gang: {
    readonly title: (day: string) => string
    readonly sums: (waiting: number, working: number, ended: number) => string
    readonly none: string
    readonly away: (count: number) => string
    readonly accept: string
    readonly reject: string
    readonly reason: string
    readonly end: string
    readonly endAt: string
    readonly long: string
  }
  readonly members: {
    readonly title: (count: number) => string
    readonly phone: string
    readonly name: string
    readonly add: string
    readonly list: string
    readonly remove: string
  }
}

export const zhWork: WorkWords = {
  login: '以下人员是演示项目里的人；也可以用别的号码登录。',
  projects: '项目',
  noProjects: '这个手机号还不在任何项目里。',
  keeperIs: (name, phone) => `考勤员 ${name} ${phone}`,
  noKeeper: '还没有考勤员',
  states: ['待确认', '在岗', '已下班', '已拒绝', '已取消'],
  hours: (minutes) => `${clockHours(minutes)}（${decimalHours(minutes)} 小时）`,
  forgotten: '未登记下班',
  late: '申请久未处理',
  corrected: (times) => `已改 ${times} 次`,
  limited: '只显示最近两个月的考勤。',
  checkIn: {
    title: '上班',
    at: '上班时间（不填即现在）',
    button: '申请上班',
    waits: (at) => `${at} 上班，等考勤员确认`,
    runs: (at) => `在岗，${at} 上班；下班由考勤员登记`,
    cancel: '取消申请',
    subscribe: '确认后通知我',
    subscribed: '确认后会通知',
    left: '已不在这个项目里，只能查看自己的考勤。',
  },
  notices: { title: '通知', of: (project, at) => `${project}，${at} 上班` },
  correction: {
    title: '待处理的修改',
    none: '没有待处理的修改。',
    propose: '申请修改',
    checkIn: '上班',
    checkOut: '下班',
    note: '说明',
    send: '提交，等对方确认',
    byKeeper: '考勤员提出',
    byWorker: '考勤人提出',
    byYou: '等对方确认',
    accept: '同意',
    reject: '不同意',
    reason: '不同意的原因',
    withdraw: '撤回',
    waits: '修改待确认',
  },
  records: { title: '我的考勤', none: '还没有考勤。' },
  leave: '退出项目',
  gang: {
    title: (day) => `今日考勤 ${day}`,
    sums: (waiting, working, ended) => `待确认 ${waiting}，在岗 ${working}，已下班 ${ended}`,
    none: '项目里还没有考勤人。',
    away: (count) => `今天没有考勤 ${count} 人`,
    accept: '确认',
    reject: '拒绝',
    reason: '拒绝原因',
    end: '登记下班',
    endAt: '下班时间（不填即现在）',
    long: '确为超长班次',
  },
  members: {
    title: (count) => `考勤人 ${count} 人`,
    phone: '手机号',
    name: '姓名',
    add: '添加',
    list: '名单',
    remove: '移除',
  },
}

export const enWork: WorkWords = {
  login: 'These people belong to the demo’s projects; other numbers can log in too.',
  projects: 'Projects',
  noProjects: 'This phone is in no project yet.',
  keeperIs: (name, phone) => `Keeper ${name} ${phone}`,
  noKeeper: 'No keeper yet',
  states: ['waiting', 'at work', 'ended', 'rejected', 'cancelled'],
  hours: (minutes) => `${clockHours(minutes)} (${decimalHours(minutes)} h)`,
  forgotten: 'end forgotten',
  late: 'waiting for long',
  corrected: (times) => `corrected ${times}×`,
  limited: 'Only the last two months are shown.',
  checkIn: {
    title: 'Start of work',
    at: 'Start (empty: now)',
    button: 'Ask to start',
    waits: (at) => `Start ${at}, waiting for the keeper`,
    runs: (at) => `At work since ${at}; the keeper records the end`,
    cancel: 'Cancel the request',
    subscribe: 'Tell me when it is answered',
    subscribed: 'You will be told',
    left: 'No longer in this project; your own records stay to be seen.',
  },
  notices: { title: 'Notices', of: (project, at) => `${project}, start ${at}` },
  correction: {
    title: 'Corrections that wait',
    none: 'No correction waits.',
    propose: 'Correct the times',
    checkIn: 'Start',
    checkOut: 'End',
    note: 'Note',
    send: 'Propose to the other side',
    byKeeper: 'asked for by the keeper',
    byWorker: 'asked for by the worker',
    byYou: 'waits for the other side',
    accept: 'Agree',
    reject: 'Refuse',
    reason: 'Why not',
    withdraw: 'Take back',
    waits: 'correction waits',
  },
  records: { title: 'My records', none: 'No records yet.' },
  leave: 'Leave the project',
  gang: {
    title: (day) => `Gang today, ${day}`,
    sums: (waiting, working, ended) => `${waiting} waiting, ${working} at work, ${ended} ended`,
    none: 'No workers in this project yet.',
    away: (count) => `Not there today: ${count}`,
    accept: 'Confirm',
    reject: 'Reject',
    reason: 'Reason to reject',
    end: 'Record the end',
    endAt: 'End (empty: now)',
    long: 'A long shift is meant',
  },
  members: {
    title: (count) => `Workers: ${count}`,
    phone: 'Phone',
    name: 'Name',
    add: 'Add',
    list: 'List',
    remove: 'Remove',
  },
}
