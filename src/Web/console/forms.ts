// A form is sent once: a second press of the button while the first is on its way does nothing. One that is answered with a
// file leaves its page where it is, and may be sent again for another.
document.addEventListener('submit', event => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.method === 'get' || form.dataset.takes !== undefined) return
  if (form.dataset.sent) {
    event.preventDefault()
    return
  }
  form.dataset.sent = 'yes'
  form.querySelectorAll('button[type=submit]').forEach(b => { b.setAttribute('aria-busy', 'true') })
})

// Back from the next page shows the form again, ready.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) {
    delete form.dataset.sent
    form.querySelectorAll('button[aria-busy]').forEach(b => { b.removeAttribute('aria-busy') })
  }
})

// Errors on arrival: the summary takes the focus, so that a reader hears it first.
document.querySelector<HTMLElement>('.errors-arrived')?.focus()
document.body.addEventListener('htmx:afterRequest', event => {
  const form = event.target
  if (form instanceof HTMLFormElement) {
    delete form.dataset.sent
    form.querySelectorAll('button[aria-busy]').forEach(b => { b.removeAttribute('aria-busy') })
  }
})

// A part that arrived by htmx and asks for the focus: a reader hears its head, the eyes find it.
document.body.addEventListener('htmx:afterSettle', event => {
  const arrived = event.target instanceof HTMLElement ? event.target.querySelector<HTMLElement>('[data-arrived]') : null
  arrived?.focus({ preventScroll: true })
  arrived?.scrollIntoView({ block: 'start', behavior: 'auto' })
})

// A file that the server would refuse is told before it is sent: a browser hides an answer that comes while it still sends.
document.addEventListener('change', event => {
  const field = event.target
  if (!(field instanceof HTMLInputElement) || field.type !== 'file' || !field.dataset.most) return
  const tooLarge = Array.from(field.files ?? []).some(file => file.size > Number(field.dataset.most))
  field.setCustomValidity(tooLarge ? field.dataset.tooLarge ?? '' : '')
  field.reportValidity()
})
