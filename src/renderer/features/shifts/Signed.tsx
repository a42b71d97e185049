import { formatMoney, NONE } from '../../app/format.ts'

/** A difference: with its sign, amber when there is one. */
export function Signed({ fen, large = false }: { fen: number | null; large?: boolean }) {
  const face = large ? 'sd-figure sd-money-large' : 'sd-figure sd-money'
  if (fen === null) return <span className={face}>{NONE}</span>
  return (
    <span className={`${face} sd-state`} data-tone={fen === 0 ? 'neutral' : 'attention'}>
      {fen > 0 ? '+' : ''}
      {formatMoney(fen)}
    </span>
  )
}
