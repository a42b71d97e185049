/** What a job found, by the code of the line. */
export const report = {
  resumed: '从上次停下的地方继续',
} as const
