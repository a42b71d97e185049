/** Odd, but held nothing up. */
export const chargerWarning = {
  okMisspelt: '回复把 OK 写成 0K，已按 OK 读',
  statusMisspelt: '回复把状态 0 写成字母 O，已按 0 读',
  portsMissing: '回复里少了端口，缺的显示为“未知”',
  minutesOverLimit: '有端口的剩余时间超过 360 分钟',
  notCounting: '通电以后端口没有按所给的分钟数倒计时，请看一眼',
  portsUnread: '命令已完成，但之后没有读到端口状态',
  clockUnreadable: '充电器的时钟不是一个有效的时间，通常是断过电',
} as const

/** Lines of the exchange log that are no frames. */
export const chargerEvent = {
  connecting: '正在连接',
  connected: '已连接',
  reused: '沿用刚才的连接',
  connectFailed: '没有连上',
  disconnected: '已断开',
  lost: '连接中断',
  noReply: '没有回复',
  writeFailed: '没能送出',
  noise: '不是回复的数据',
  unexpected: '没有人问的回复',
} as const

/** Who has a charger now. */
export const chargerTask = {
  command: '单台命令',
  provisioning: '安装批次',
  release: '断开连接',
} as const
