/** What the core tells beside a refusal of `recharge.create`, as far as the sheets use it. */
export function refusalData(error: unknown): { intentId: string | null; limitFen: number | null } {
  const data = error instanceof Error && 'data' in error ? error.data : null
  const field = (name: string): unknown =>
    typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined
  const intentId = [field('intentId'), field('id')].find((value) => typeof value === 'string')
  const limit = field('limitFen') ?? field('maxRechargeFen')
  return { intentId: intentId ?? null, limitFen: typeof limit === 'number' ? limit : null }
}
