const VERSION = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:-([0-9A-Za-z.-]{1,40}))?$/

export const isVersion = (text: string): boolean => VERSION.test(text)

/**
 * Below 0: `a` is older. As semver orders them, but for two pre-releases of one version, which are compared as text:
 * `1.2.0-rc1` is older than `1.2.0`.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [VERSION.exec(a), VERSION.exec(b)]
  if (!left || !right) throw new Error(`${left ? b : a} is no version`)
  for (const at of [1, 2, 3]) {
    const by = Number(left[at]) - Number(right[at])
    if (by !== 0) return by
  }
  const [pre, other] = [left[4] ?? '', right[4] ?? '']
  if (pre === other) return 0
  if (pre === '' || other === '') return pre === '' ? 1 : -1
  return pre < other ? -1 : 1
}
