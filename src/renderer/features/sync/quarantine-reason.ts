/** The core says in English why a row was set aside; these are the sentences it has (upstream/rows.ts). */
const SENTENCES = [
  { code: 'noDecimal', match: /^(?<field>\w+) is no decimal: (?<value>.*)$/ },
  { code: 'noTime', match: /^(?<field>\w+) is no time: (?<value>.*)$/ },
  { code: 'tooLong', match: /^(?<field>\w+) is a number too long to be read exactly$/ },
  { code: 'unreadable', match: /^(?<field>\w+) has characters that cannot be read$/ },
  { code: 'noMeter', match: /^(neither deviceId nor tableNo|no tableNo)$/ },
  { code: 'noMoment', match: /^(neither freezeTime nor createTime|no imageReadTime)$/ },
  { code: 'missing', match: /^no (?<field>\w+)$/ },
  { code: 'notObject', match: /^not an object$/ },
] as const

export type ReasonCode = (typeof SENTENCES)[number]['code']

/** Which text of `sync.bad` says it, with its values; null for a sentence of a newer core. */
export function quarantineReason(
  sentence: string,
): { code: ReasonCode; field: string; value: string } | null {
  for (const { code, match } of SENTENCES) {
    const groups = match.exec(sentence)
    if (groups) return { code, field: groups.groups?.['field'] ?? '', value: groups.groups?.['value'] ?? '' }
  }
  return null
}
