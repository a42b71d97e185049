/** The first character of each initial in pinyin order; i, u and v begin no syllable. */
const FIRST = '阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀'
const LETTERS = 'abcdefghjklmnopqrstwxyz'
const HAN = /\p{Script=Han}/u

const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin')
/** a site has some hundred different characters */
const known = new Map<string, string>()

/** The letter a Chinese character's reading begins with, by its place in pinyin order: no dictionary needed. */
function letterOf(character: string): string {
  const found = known.get(character)
  if (found !== undefined) return found
  let low = 0
  let high = FIRST.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (collator.compare(character, FIRST[middle] ?? '') >= 0) low = middle
    else high = middle
  }
  const letter = LETTERS[low] ?? ''
  known.set(character, letter)
  return letter
}

/** Letters, digits and Chinese characters of a text, in lower case: how it is typed in a hurry. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** `东-A102` → `da102` */
export function initialsOf(text: string): string {
  let initials = ''
  for (const character of plain(text)) initials += HAN.test(character) ? letterOf(character) : character
  return initials
}
