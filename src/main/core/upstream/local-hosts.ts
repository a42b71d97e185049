const PRIVATE_V4 =
  /^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/
const PRIVATE_V6 = /^\[?(?:::1|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i
const LOCAL_NAME = /(?:^|\.)(?:localhost|local|lan|internal|home\.arpa)$/i

/** Whether a host is this computer or on the site's own network; a name without dots can only be that. */
export const isLocal = (hostname: string): boolean =>
  (/^[\d.]+$/.test(hostname) && PRIVATE_V4.test(hostname)) ||
  PRIVATE_V6.test(hostname) ||
  LOCAL_NAME.test(hostname) ||
  !/[.:]/.test(hostname)
