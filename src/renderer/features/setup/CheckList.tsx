import { CheckCircleOutlined, MinusCircleOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { CHECK_PATHS, CHECKS, type Check } from './checklist.ts'
import './setup.css'

/** Every point with its state, or only the open ones and where each is put right. */
export function CheckList(props: { checks: Readonly<Record<Check, boolean>>; only?: 'open' }) {
  const { t } = useTranslation()
  const shown = CHECKS.filter((check) => props.only !== 'open' || !props.checks[check])
  return (
    <ul className="setup-checks">
      {shown.map((check) => {
        const done = props.checks[check]
        return (
          <li key={check} data-done={done ? '' : undefined}>
            {done ? <CheckCircleOutlined /> : <MinusCircleOutlined />}
            <strong>{t(`setup.check.${check}`)}</strong>
            <span>{t(done ? 'setup.done' : `setup.todo.${check}`)}</span>
            {props.only === 'open' ? <Link to={CHECK_PATHS[check]}>{t('setup.toIt')}</Link> : null}
          </li>
        )
      })}
    </ul>
  )
}
