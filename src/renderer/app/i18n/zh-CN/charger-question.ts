/** What the installer is asked; yes goes on. */
export const chargerQuestion = {
  portLit: '{{port}} 号口的灯亮了，负载在充电吗？',
  comeCloser: '信号只有 {{median}} dBm。走到它跟前了吗？',
  switchOnAgain: '{{port}} 号口通电后没有回音，它说自己是断开的。指示灯确实不亮吗？不亮就再通一次电。',
} as const
