/** One value of a record, by where it stands: `lan.port`. */
export interface Line {
  readonly path: string
  readonly before: string
  readonly after: string
  readonly kind: 'changed' | 'added' | 'removed' | 'same'
}

/** Values by path; a list of plain values is one value. */
function flat(value: unknown, path: string, found: Map<string, string>): Map<string, string> {
  if (value === null || value === undefined) return found
  const plain =
    typeof value !== 'object' || (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
  if (plain) return found.set(path, Array.isArray(value) ? value.join(' · ') : said(value))
  for (const [key, one] of Object.entries(value)) flat(one, path === '' ? key : `${path}.${key}`, found)
  return found
}

const said = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** What a deed changed, in the order in which it is kept; what stayed as it was comes last. */
export function differenceOf(before: unknown, after: unknown): Line[] {
  const [old, now] = [flat(before, '', new Map()), flat(after, '', new Map())]
  // a deed that notes only one side says what there is, not what came or went
  const oneSided = old.size === 0 || now.size === 0
  const lines = [...new Set([...old.keys(), ...now.keys()])].map((path): Line => {
    const [was, is] = [old.get(path), now.get(path)]
    const kind =
      was === is || oneSided ? 'same' : was === undefined ? 'added' : is === undefined ? 'removed' : 'changed'
    return { path, before: was ?? '', after: is ?? '', kind }
  })
  return [...lines.filter(({ kind }) => kind !== 'same'), ...lines.filter(({ kind }) => kind === 'same')]
}
