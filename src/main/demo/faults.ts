/**
 * Which faults are on, and for how many more requests; everywhere or at one endpoint only.
 */
export class Faults<Kind extends string> {
  readonly #left = new Map<Kind, Map<string, number>>()

  /** `on`: true until switched off, a number for so many requests. No endpoint: at all of them. */
  set(kind: Kind, on: boolean | number, endpoint = ''): void {
    const left = typeof on === 'number' ? on : on ? Number.POSITIVE_INFINITY : 0
    const places = this.#left.get(kind) ?? new Map<string, number>()
    if (left > 0) places.set(endpoint, left)
    else if (endpoint === '') places.clear()
    else places.delete(endpoint)
    if (places.size > 0) this.#left.set(kind, places)
    else this.#left.delete(kind)
  }

  /** Whether the fault strikes this request; counts it. What is set for the endpoint goes first. */
  strikes(kind: Kind, endpoint = ''): boolean {
    const places = this.#left.get(kind)
    const place = places?.has(endpoint) ? endpoint : ''
    const left = places?.get(place)
    if (places === undefined || left === undefined) return false
    if (left > 1) places.set(place, left - 1)
    else places.delete(place)
    if (places.size === 0) this.#left.delete(kind)
    return true
  }

  /** anywhere, or as set for just this endpoint */
  isOn(kind: Kind, endpoint?: string): boolean {
    const places = this.#left.get(kind)
    return places !== undefined && (endpoint === undefined || places.has(endpoint))
  }

  active(): Kind[] {
    return [...this.#left.keys()]
  }

  clear(): void {
    this.#left.clear()
  }
}
