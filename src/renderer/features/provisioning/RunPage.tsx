import { Button } from 'antd'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Run } from '#shared/contract/provisioning.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { codeOf } from '../../app/i18n/dynamic.ts'
import { readPreference, writePreference } from '../../app/preferences.ts'
import { useFormat } from '../../app/site.tsx'
import { BackLink } from '../../ui/BackLink.tsx'
import { State } from '../../ui/figures.tsx'
import { PageHead } from '../../ui/PageHead.tsx'
import { NotThere } from '../../ui/NotThere.tsx'
import { Notice, Reading } from '../../ui/states.tsx'
import { DeviceLine } from './DeviceLine.tsx'
import { Failures } from './Failures.tsx'
import { labelsPath } from './paths.ts'
import { Question } from './Question.tsx'
import { RunActions, RunSwitches } from './RunActions.tsx'
import { RunCounts } from './RunCounts.tsx'
import { useRunSound } from './sound.ts'
import { hasEnded, RUN_TONES, totalOf } from './tones.ts'
import { useAnswer } from './use-answer.ts'
import './provisioning.css'

/** Changes come by event; this is for one that was missed. */
const REFRESH_MS = 10_000

/** One run: what waits for a person, every charger's bar, what failed. It is the core that remembers. */
export function RunPage() {
  const { t } = useTranslation()
  const { runId = '' } = useParams()
  const run = useRead('provisioning.get', { id: runId }, { keepPrevious: false, everyMs: REFRESH_MS })
  if (run.error && codeOf(run.error) === 'NOT_FOUND')
    return (
      <NotThere
        what={t('provisioning.notFound')}
        action={
          <Link to="/chargers/runs">
            <Button>{t('provisioning.create.back')}</Button>
          </Link>
        }
      />
    )
  return (
    <Reading read={run} lines={12}>
      {(data) => <OneRun key={data.id} run={data} />}
    </Reading>
  )
}

function useSwitch(name: string): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => readPreference(name, ['on', 'off'], 'off') === 'on')
  const turn = (next: boolean) => {
    writePreference(name, next ? 'on' : 'off')
    setOn(next)
  }
  return [on, turn]
}

function OneRun({ run }: { run: Run }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [sound, setSound] = useSwitch('run.sound')
  const [installer, setInstaller] = useSwitch('run.installer')
  const answering = useAnswer(run)
  const skip = useWrite('provisioning.skip')
  useRunSound(run.devices, sound)
  const { mutate } = skip
  const onSkip = useCallback((name: string) => mutate({ id: run.id, name }), [mutate, run.id])
  return (
    <div className="sd-page run-page" data-template="detail" data-installer={installer ? '' : undefined}>
      <BackLink to="/chargers/runs" label={t('provisioning.create.back')} />
      <PageHead
        title={run.site || t('provisioning.run')}
        purpose={`${t('provisioning.run')} · ${run.installer} · ${format.time(run.createdAt)}`}
        aside={<State tone={RUN_TONES[run.state]}>{t(`provisioning.stateName.${run.state}`)}</State>}
        actions={
          <>
            <RunSwitches {...{ sound, installer }} onSound={setSound} onInstaller={setInstaller} />
            <RunActions run={run} />
          </>
        }
      />
      <RunCounts run={run} />
      {run.state === 'paused' ? <Notice>{t('provisioning.paused')}</Notice> : null}
      {hasEnded(run) ? <Summary run={run} /> : <Question answering={answering} large={installer} />}
      <ol className="run-lines" aria-label={t('provisioning.devices')}>
        {run.devices.map((device) => (
          <DeviceLine
            key={device.name}
            device={device}
            closed={hasEnded(run)}
            onSkip={onSkip}
            onLook={answering.look}
          />
        ))}
      </ol>
      <Failures run={run} />
    </div>
  )
}

/** How it ended, and what is left to do. */
function Summary({ run }: { run: Run }) {
  const { t } = useTranslation()
  const { passed } = run.counts
  const total = totalOf(run)
  const unlabelled = run.devices.filter(
    ({ state, labelPrintedAt }) => state === 'passed' && labelPrintedAt === null,
  )
  const words = {
    done: t('provisioning.summary.done', { n: total }),
    partial: t('provisioning.summary.partial', { passed, n: total - passed }),
    failed: t('provisioning.summary.failed'),
    cancelled: t('provisioning.summary.cancelled', { passed }),
  }
  const end = run.state in words ? words[run.state as keyof typeof words] : ''
  const tone = RUN_TONES[run.state]
  return (
    <Notice tone={tone}>
      <span className="run-end">
        <strong>{end}</strong>
        {unlabelled.length > 0 ? (
          <Link
            to={labelsPath(
              unlabelled.map(({ deviceCode }) => deviceCode),
              run.id,
            )}
          >
            {t('provisioning.summary.labelsLeft', { n: unlabelled.length })}
          </Link>
        ) : null}
      </span>
    </Notice>
  )
}
