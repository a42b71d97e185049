import type { Fen } from './money.ts'

/**
 * 人民币大写 of an amount, by the rules for filling in bills and settlement vouchers of the People's Bank of China
 * (正确填写票据和结算凭证的基本规定), in the form each of its examples gives first. The word 人民币 that stands before
 * the amount is printed on the form.
 */
const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿']
/** 10¹² fen: ten thousand million yuan, far above any amount of a site. */
const MOST = 1_000_000_000_000

/** `123456` → 壹仟贰佰叁拾肆元伍角陆分 */
export function moneyWords(fen: Fen): string {
  if (!Number.isSafeInteger(fen) || Math.abs(fen) > MOST)
    throw new RangeError(`no words for an amount of ${fen} fen`)
  if (fen === 0) return '零元整'
  const abs = Math.abs(fen)
  const yuan = Math.floor(abs / 100)
  const whole = yuan === 0 ? '' : `${integerWords(yuan)}元`
  return `${fen < 0 ? '负' : ''}${whole}${fractionWords(yuan, abs % 100)}`
}

/** 角 and 分; a 零 says that 元 or 角 is missing between two that are there. */
function fractionWords(yuan: number, cents: number): string {
  if (cents === 0) return '整'
  const jiao = Math.floor(cents / 10)
  const last = cents % 10
  const skipped = yuan > 0 && (jiao === 0 || yuan % 10 === 0)
  return `${skipped ? '零' : ''}${jiao > 0 ? `${digit(jiao)}角` : ''}${last > 0 ? `${digit(last)}分` : ''}`
}

/** In groups of four digits: 亿, 万, ones. */
function integerWords(yuan: number): string {
  let words = ''
  let skipped = false
  for (let group = GROUPS.length - 1; group >= 0; group--) {
    const value = Math.floor(yuan / 10_000 ** group) % 10_000
    if (value === 0) {
      skipped = true
      continue
    }
    // A 零 stands for a group of nothing, and for thousands that are missing.
    const zero = words !== '' && (skipped || value < 1000)
    words += `${zero ? '零' : ''}${groupWords(value)}${GROUPS[group]}`
    skipped = false
  }
  return words
}

function groupWords(value: number): string {
  let words = ''
  let zero = false
  for (let place = PLACES.length - 1; place >= 0; place--) {
    const n = Math.floor(value / 10 ** place) % 10
    if (n === 0) {
      zero = words !== ''
      continue
    }
    words += `${zero ? '零' : ''}${digit(n)}${PLACES[place]}`
    zero = false
  }
  return words
}

const digit = (n: number) => DIGITS.charAt(n)
