/** What a job is doing now, by the code it gives. */
export const step = {
  catalogue: '读取表计目录',
  latest: '读取最新读数',
  readings: '读取历史读数 {{day}}',
  index: '整理搜索索引',
} as const
