const PREFIX = 'sitedesk.'

/** What one browser or window remembers for itself; a browser that stores nothing gets the defaults. */
export function readPreference<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
  const stored = readText(name)
  return allowed.find((value) => value === stored) ?? fallback
}

export function readText(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name)
  } catch {
    return null
  }
}

export function writePreference(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value)
  } catch {
    // private windows refuse storage: the choice then lasts until the window closes
  }
}

export function readList(name: string): readonly string[] | null {
  const text = readText(name)
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null
  } catch {
    return null
  }
}
