/** What a job found, by the code of the line. */
export const report = {
  resumed: '从上次停下的地方继续',
  windowsDone: '取完 {{count}} 个时段',
  rows: '收到 {{count}} 行',
  quarantined: '{{count}} 行无法理解，已隔离',
  retired: '{{count}} 只表不在最近的完整清单里，标为已移除，历史保留',
  unstable: '{{dataset}} {{from}} 至 {{to}}：取的过程中对方数据有变动，下次会再取一遍',
  windowPartial: '{{dataset}} {{from}} 至 {{to}} 没有取完：{{reason}}',
  datasetFailed: '{{dataset}} 没有取完：{{reason}}',
  notSupported: '对方系统没有这个接口：{{dataset}}',
  gaveUp: '{{dataset}} 连续 {{windows}} 个时段失败，已停下；下次从这里继续',
} as const
