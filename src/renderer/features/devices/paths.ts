export const devicePath = (code: string) => `/chargers/registry/${encodeURIComponent(code)}`
export const radioPath = (btName: string) => `/chargers/${encodeURIComponent(btName)}`
export const labelsPath = (codes: readonly string[]) =>
  `/chargers/labels?codes=${codes.map(encodeURIComponent).join(',')}`
