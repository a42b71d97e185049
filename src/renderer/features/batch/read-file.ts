export function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => {
      const url = typeof reader.result === 'string' ? reader.result : ''
      resolve(url.slice(url.indexOf(',') + 1))
    })
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file cannot be read')))
    reader.readAsDataURL(file)
  })
}

const FAULTS = ['notASheet', 'oldExcel', 'tooManyRows', 'columnsMissing', 'empty'] as const
export type FileFault = (typeof FAULTS)[number]

/** Why the core refused a file as a whole; null for any other error. */
export function fileFault(error: unknown): { fault: FileFault; missing: string; most: number } | null {
  if (!(error instanceof Error) || !('data' in error)) return null
  const { reason, missing, most } = (error.data ?? {}) as Record<'reason' | 'missing' | 'most', unknown>
  const fault = FAULTS.find((one) => one === reason)
  if (!fault) return null
  return {
    fault,
    missing: Array.isArray(missing) ? missing.join('、') : '',
    most: typeof most === 'number' ? most : 0,
  }
}
