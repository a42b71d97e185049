import { Button, Dropdown, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { COMMANDS, type Command } from '#shared/chargers.ts'
import { useClient } from '../../api/client.ts'
import { useWhyNot } from '../../app/why-not.tsx'
import { Code } from '../../ui/figures.tsx'
import { ErrorState, WithReason } from '../../ui/states.tsx'
import { isQuery } from './Commands.tsx'
import { Dialogue } from './Dialogue.tsx'
import type { ChargerDoing, Wish } from './use-charger.ts'

const FRAME = /^@[\x21-\x25\x27-\x3f\x41-\x7e]+&$/
/** B-09: bytes of a packet where the stack knows no larger one */
const CHUNK = 20

/** A frame as somebody types it; filled in, signed and shown before it is sent. */
export function RawConsole({ doing, locked }: { doing: ChargerDoing; locked: string | null }) {
  const { t } = useTranslation()
  const [frame, setFrame] = useState('@STA&')
  const fill = useFill(doing.name, setFrame)
  const why = useRefusal(frame, doing, locked)
  return (
    <div className="sd-stack ch-raw">
      <p className="sd-quiet">{t('chargers.raw.purpose')}</p>
      <form
        className="sd-actions"
        onSubmit={(event) => {
          event.preventDefault()
          if (why === null) void doing.raw(frame)
        }}
      >
        <FillMenu onChoose={(command) => void fill.from(command)} />
        <Input
          className="ch-frame"
          aria-label={t('chargers.raw.frame')}
          spellCheck={false}
          status={FRAME.test(frame) ? '' : 'error'}
          aria-invalid={!FRAME.test(frame)}
          maxLength={200}
          value={frame}
          onChange={(event) => {
            setFrame(event.target.value)
            fill.forget()
          }}
        />
        <WithReason reason={why}>
          <Button
            type="primary"
            htmlType="submit"
            disabled={why !== null}
            loading={doing.busy?.asked === 'RAW'}
          >
            {t('chargers.raw.send')}
          </Button>
        </WithReason>
      </form>
      <Figures frame={frame} signed={fill.signed} />
      {fill.error ? <ErrorState error={fill.error} brief /> : null}
      <Dialogue last={doing.last} />
    </div>
  )
}

function useRefusal(frame: string, doing: ChargerDoing, locked: string | null): string | null {
  const { t } = useTranslation()
  const mayNot = useWhyNot('chargers.send')
  if (mayNot !== null) return mayNot
  if (!FRAME.test(frame)) return t('chargers.raw.bad')
  const command = /^@([A-Z]+)/.exec(frame)?.[1] ?? ''
  if (locked !== null && !isQuery(command)) return locked
  return doing.busy ? t('chargers.ports.working') : null
}

function FillMenu({ onChoose }: { onChoose: (command: Command) => void }) {
  const { t } = useTranslation()
  const items = COMMANDS.map((one) => ({ key: one, label: `${t(`chargers.command.name.${one}`)} ${one}` }))
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => onChoose(key as Command) }}>
      <Button title={t('chargers.raw.fillHint')}>{t('chargers.raw.fill')}</Button>
    </Dropdown>
  )
}

/** How long the frame is, and what of it is signed. */
function Figures({ frame, signed }: { frame: string; signed: string | null }) {
  const { t } = useTranslation()
  if (!FRAME.test(frame)) return <p className="sd-quiet">{t('chargers.raw.bad')}</p>
  return (
    <p className="sd-quiet">
      {t('chargers.raw.bytes', { n: frame.length, chunks: Math.ceil(frame.length / CHUNK) })}
      {signed === null ? null : (
        <>
          {' · '}
          {t('chargers.command.signed')} <Code>{signed}</Code>
        </>
      )}
    </p>
  )
}

/** POWERON and POWEROFF are filled in for port 1; the frame is there to be edited, and then signed no more. */
function useFill(name: string, onFrame: (frame: string) => void) {
  const client = useClient()
  const [signed, setSigned] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const from = async (command: Command) => {
    const wish: Wish = {
      command,
      ...(command === 'POWERON' || command === 'POWEROFF' ? { port: 1 } : {}),
      ...(command === 'POWERON' ? { minutes: 1 } : {}),
    }
    try {
      const preview = await client.call('chargers.preview', { name, ...wish })
      onFrame(preview.frame)
      setSigned(preview.signed)
      setError(null)
    } catch (failure) {
      setError(failure)
    }
  }
  return { from, signed, error, forget: () => setSigned(null) }
}
