import { ProviderFailure, type WxAuthProvider } from '#core/charging/providers.ts'
import type { CoreContext } from '#core/context.ts'
import type { Settings } from '#core/settings/index.ts'
import type { Side } from '../endpoint.ts'
import { codeSession, type WechatApp } from './code-session.ts'
import { simulatedWechat } from './simulator.ts'

/** Nobody can log in (U-03); the log-in says so with 999. */
const nobody: WxAuthProvider = {
  kind: 'none',
  appId: () => null,
  login: () => Promise.reject(new ProviderFailure('notConfigured', 'lan.wechat is not set')),
}

interface Parts {
  readonly ctx: Pick<CoreContext, 'ports' | 'options'>
  readonly settings: Pick<Settings, 'values' | 'secret'>
}

/** Who says whose phone it is, as the settings say by now. */
export function createWxAuth({ ctx, settings }: Parts): () => WxAuthProvider {
  return () => {
    const { wechat } = settings.values().lan
    // stored by a demo, opened without it: nobody is whoever they say
    if (wechat?.kind === 'simulator') return ctx.options.demo ? simulatedWechat : nobody
    if (wechat?.kind !== 'wechat') return nobody
    const app = (side: Side): WechatApp | null => {
      const appId = wechat[side]?.appId ?? ''
      const secret = secretOf(settings, side)
      return appId === '' || secret === null ? null : { appId, secret }
    }
    return codeSession({ http: ctx.ports.http, baseUrl: wechat.baseUrl, app })
  }
}

/** A secret that cannot be opened here is as good as none. */
function secretOf(settings: Parts['settings'], side: Side): string | null {
  try {
    return settings.secret(`lan.wechat.${side}.secret`)
  } catch {
    return null
  }
}
