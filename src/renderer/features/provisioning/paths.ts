export const runPath = (id: string) => `/chargers/runs/${encodeURIComponent(id)}`
export const reportPath = (id: string) => `${runPath(id)}/report`
export const newRunPath = (names: readonly string[] = []) =>
  names.length === 0 ? '/chargers/runs/new' : `/chargers/runs/new?names=${names.join(',')}`
/** the labels of these chargers, which the run then knows to be printed */
export const labelsPath = (codes: readonly string[], run?: string) =>
  `/chargers/labels?codes=${codes.map(encodeURIComponent).join(',')}${run === undefined ? '' : `&run=${encodeURIComponent(run)}`}`
