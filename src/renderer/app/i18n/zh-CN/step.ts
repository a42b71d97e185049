/** What a job is doing now, by the code it gives. */
export const step = {
  catalogue: '读取表计目录，第 {{page}} 页',
  latest: '读取最新读数，第 {{page}} 页',
  readings: '读取 {{day}} 的读数',
  fetch: '读取这块表的历史',
  addresses: '读取建筑和房间',
  balances: '读取所有房间的余额',
  meters: '读取房间 {{room}} 的余额和表计',
  records: '读取房间 {{room}} 的充值和消费记录',
  reconciling: '与平台核对 {{day}} 的充值',
  attendanceMonth: '读取 {{month}} 的工时',
  reportRead: '计算报表',
  reportBook: '写入工作簿',
  attendanceBook: '写入工作簿',
} as const
