import { DownloadOutlined, SafetyCertificateOutlined } from '@ant-design/icons'
import { Button, Dropdown, Progress } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input, Output } from '#shared/contract/index.ts'
import { useClient } from '../../api/client.ts'
import { useWrite } from '../../api/queries.ts'
import { formatNumber } from '../../app/format.ts'
import { MayButton } from '../../app/why-not.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { downloadBase64 } from '../../ui/download.ts'
import { Code } from '../../ui/figures.tsx'
import { ErrorState, Notice } from '../../ui/states.tsx'

type Verified = Output<'audit.verify'>
/** Writing fifty thousand rows takes longer than a call usually may. */
const EXPORT_TIMEOUT_MS = 180_000

export interface Walk {
  readonly seen: Verified | null
  readonly error: unknown
  readonly running: boolean
  run(): Promise<void>
}

/** Walks the whole chain, call by call, so that the desk goes on meanwhile. */
export function useWalk(): Walk {
  const client = useClient()
  const [seen, setSeen] = useState<Verified | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [running, setRunning] = useState(false)
  const run = async () => {
    setRunning(true)
    setError(null)
    setSeen(null)
    try {
      for (let after = 0, done = false; !done;) {
        const found = await client.call('audit.verify', { after })
        setSeen(found)
        after = found.checked
        done = found.done
      }
    } catch (failed) {
      setError(failed)
    } finally {
      setRunning(false)
    }
  }
  return { seen, error, running, run }
}

/** The keys of the page head: check now, take the chain along. `filter`: the list as it is filtered. */
export function ChainActions({ walk, filter }: { walk: Walk; filter: Input<'audit.export'> }) {
  const { t } = useTranslation()
  const options = { timeoutMs: EXPORT_TIMEOUT_MS, onSuccess: downloadBase64 }
  const rows = useWrite('audit.export', options)
  const chain = useWrite('audit.chain', options)
  const { from, to } = filter
  const span = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  const items = [
    { key: 'chain', label: t('audit.chain.export') },
    { key: 'rows', label: t('audit.chain.exportRows') },
  ]
  const choose = (key: string) => (key === 'chain' ? chain.mutate(span) : rows.mutate(filter))
  const error = chain.error ?? rows.error
  return (
    <>
      {error ? <ErrorState error={error} brief /> : null}
      <MayButton
        operation="audit.verify"
        icon={<SafetyCertificateOutlined />}
        loading={walk.running}
        onClick={() => void walk.run()}
      >
        {t('audit.chain.verify')}
      </MayButton>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => choose(key) }}>
        <Button icon={<DownloadOutlined />} loading={chain.isPending || rows.isPending}>
          {t('audit.chain.take')}
        </Button>
      </Dropdown>
    </>
  )
}

/** How far the walk is, then what it found. */
export function ChainState({ walk }: { walk: Walk }) {
  const { t } = useTranslation()
  const { seen, error, running } = walk
  if (error) return <ErrorState error={error} retry={() => void walk.run()} />
  if (seen === null) return null
  const { checked, total, broken, head } = seen
  if (running) {
    const percent = total === 0 ? 100 : Math.floor((checked / total) * 100)
    return <Progress percent={percent} status="normal" aria-label={t('audit.chain.verify')} />
  }
  if (broken)
    return (
      <Notice tone="bad">
        {t('audit.chain.broken', { id: broken.id, how: t(`audit.chain.how.${broken.how}`) })}
      </Notice>
    )
  return (
    <Notice tone="good">
      <span>
        {t('audit.chain.whole', { n: formatNumber(checked) })}{' '}
        {head ? (
          <>
            <Code>{head.hash}</Code> <CopyButton text={head.hash} />
          </>
        ) : null}
      </span>
    </Notice>
  )
}
