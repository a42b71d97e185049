export const scanPath = '/chargers'
export const chargerPath = (name: string) => `/chargers/${encodeURIComponent(name)}`
/** the page that gives device codes to these chargers and begins a run */
export const runPath = (names: readonly string[]) =>
  `/chargers/runs/new?names=${names.map(encodeURIComponent).join(',')}`
