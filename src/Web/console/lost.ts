// A page that lives by server-sent events says when they stop coming, and since when; the event source itself goes on
// asking, and its first answer takes the words away. Silence counts too: the server sends something every 20 seconds.
const silence = 60_000

let heard = 0

function say(source: Element): void {
  const place = source.querySelector<HTMLElement>('[data-lost]')
  const words = place?.querySelector('template')
  if (!place || !words || place.childElementCount > 1) return
  place.append(words.content.cloneNode(true))
  const since = place.querySelector('time')
  if (since) since.textContent = new Date().toLocaleTimeString(document.documentElement.lang)
}

function unsay(source: Element): void {
  for (const said of source.querySelectorAll('[data-lost] > :not(template)')) said.remove()
}

function sourceOf(event: Event): Element | null {
  return event.target instanceof Element ? event.target.closest('[sse-connect]') : null
}

document.body.addEventListener('htmx:sseError', event => {
  const source = sourceOf(event)
  if (source) say(source)
})

for (const name of ['htmx:sseOpen', 'htmx:sseMessage']) {
  document.body.addEventListener(name, event => {
    heard = Date.now()
    const source = sourceOf(event)
    if (source) unsay(source)
  })
}

// A cable pulled out breaks nothing that the browser would notice: after a long silence the page asks by itself.
setInterval(() => {
  const source = document.querySelector('[sse-connect]')
  if (!source?.querySelector('[hx-trigger*="sse:"]') || heard === 0 || Date.now() - heard < silence) return
  say(source)
  fetch(location.href, { redirect: 'error' }).then(answer => { if (answer.ok) location.reload() }, () => undefined)
}, silence / 6)
