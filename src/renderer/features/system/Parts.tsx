import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useConnection } from '../../api/client.ts'
import { Panel } from '../../ui/DeskPage.tsx'
import { State, Time, type Tone } from '../../ui/figures.tsx'

type Status = Output<'system.status'>
type Part = Status['parts'][number]

const TONE: Record<Part['state'], Tone> = { good: 'good', off: 'neutral', attention: 'attention', bad: 'bad' }

/** Every part in one table: how it is, when it was last well, and what to do when it is not. */
export function Parts({ status }: { status: Status }) {
  const { t } = useTranslation()
  const open = useConnection() === 'open'
  return (
    <Panel title={t('system.parts')}>
      <table className="sd-plain">
        <thead>
          <tr>
            <th scope="col">{t('system.part')}</th>
            <th scope="col">{t('system.state')}</th>
            <th scope="col">{t('system.lastGood')}</th>
            <th scope="col">{t('system.detail')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('shell.status.host')}</th>
            <td>
              <State tone={open ? 'good' : 'bad'}>
                {t(open ? 'shell.status.hostOpen' : 'shell.status.hostConnecting')}
              </State>
            </td>
            <td>{open ? <Time at={status.now} /> : null}</td>
            <td />
          </tr>
          {status.parts.map((part) => (
            <Row key={part.part} part={part} status={status} />
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Row({ part: { part, state, reason, lastGoodAt, data }, status }: { part: Part; status: Status }) {
  const { t } = useTranslation()
  return (
    <tr>
      <th scope="row">{t(`system.partName.${part}`)}</th>
      <td>
        <State tone={TONE[state]}>{t(`system.partState.${state}`)}</State>
      </td>
      <td>{lastGoodAt === null ? t('system.never') : <Time at={lastGoodAt} />}</td>
      <td>
        {reason === null ? (
          <Quiet part={part} status={status} />
        ) : (
          <>
            <div>{t(`system.reason.${reason}.what`, wordsOf(data))}</div>
            <div className="sd-quiet">{t(`system.reason.${reason}.todo`)}</div>
          </>
        )}
      </td>
    </tr>
  )
}

/** Where a part that is well is to be found. */
function Quiet({ part, status }: { part: Part['part']; status: Status }) {
  if (part === 'lan' && status.lan.url !== null) return <code>{status.lan.url}</code>
  return null
}

/** The figures that words name; bytes as gigabytes. */
function wordsOf(data: Part['data'] = {}) {
  const { n = '', s = '', code = '', file = '', freeBytes } = data
  return { n, s, code, file, gb: typeof freeBytes === 'number' ? (freeBytes / 1e9).toFixed(1) : '' }
}
