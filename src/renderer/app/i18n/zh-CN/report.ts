/** What a job found, by the code of the line: what happened, then what it means or what to do. */
export const report = {
  resumed: '从上次停下的地方继续',
  windowsDone: '取完 {{count}} 个时段',
  rows: '收到 {{count}} 行',
  quarantined: '{{count}} 行看不懂，已隔离保存；在“隔离的行”里查看原因',
  retired: '{{count}} 块表不在最新目录里，标为停用；历史保留',
  unstable: '{{dataset}}：读取期间对方数据在变（{{from}} 至 {{to}}），已重读核对',
  windowPartial: '{{dataset}} {{from}} 没有取完（{{reason}}）；下次同步从这里继续',
  gaveUp: '连续 {{windows}} 个时段失败，先停下；检查网络后重新开始会接着取',
  datasetFailed: '{{dataset}} 没有取完（{{reason}}）；已取到的保留，下次继续',
  notSupported: '对方系统没有“{{dataset}}”这个接口，已跳过',
} as const
