import { html, type Reply } from './respond.ts'

/** This page alone has a form: the token goes in a body, never in an address. */
const ENTRY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

/** Under no-referrer a browser sends its form with `Origin: null`, which the guard takes for a foreign page. */
const ENTRY_REFERRER = 'same-origin'

/** What a browser without a cookie of this run sees: how to get in. */
export function entryPage(status: 401 | 410 = 401): Reply {
  const late =
    status === 410
      ? '<p><strong>这个链接已用过或已过期。This link was used already or is too old.</strong></p>'
      : ''
  return html(status, page(late), {
    'Content-Security-Policy': ENTRY_POLICY,
    'Referrer-Policy': ENTRY_REFERRER,
  })
}

const page = (note: string) => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>SiteDesk</title>
<style>
body { font: 14px/1.6 system-ui, sans-serif; max-width: 34rem; margin: 12vh auto; padding: 0 1.5rem }
h1 { font-size: 20px }
input { font: 13px ui-monospace, monospace; width: 100%; box-sizing: border-box; padding: 6px 8px }
button { font: inherit; margin-top: 8px; padding: 4px 16px }
</style>
</head>
<body>
<main>
<h1>SiteDesk</h1>
${note}
<p>控制台由程序打开浏览器时自动进入。请重新启动，或粘贴 token：启动时输出，桌面版在“设置”里。</p>
<p>The console opens by itself when the program opens the browser. Start it again, or paste the token: it stands in the ready line, or in the settings of the desktop.</p>
<form method="post" action="/open">
<label for="token">Token</label>
<input id="token" name="token" type="password" autocomplete="off" required autofocus>
<button>打开 Open</button>
</form>
</main>
</body>
</html>
`
