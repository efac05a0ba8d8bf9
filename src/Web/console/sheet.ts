// A sheet of readings by the keyboard: Enter goes on at once and the value is checked behind; a doubt brings the person
// back once, as long as nothing is typed in the next field. Enter once more passes a doubt, Esc clears a field.
const fields = (): HTMLInputElement[] => Array.from(document.querySelectorAll<HTMLInputElement>('input[data-register]'))

const markOf = (field: HTMLInputElement): HTMLElement | null => document.getElementById(`m-${field.dataset.register ?? ''}`)

const fieldOf = (target: EventTarget | null): HTMLInputElement | null =>
  target instanceof HTMLInputElement && target.dataset.register !== undefined ? target : null

function go(field: HTMLInputElement, by: number): void {
  const all = fields()
  const next = all[all.indexOf(field) + by]
  next?.focus()
  next?.select()
}

function check(field: HTMLInputElement): void {
  if (field.value.trim() === '' || field.dataset.checked === field.value) return
  field.dataset.checked = field.value
  field.dispatchEvent(new Event('check'))
}

function clear(field: HTMLInputElement): void {
  const mark = markOf(field)
  delete field.dataset.checked
  field.removeAttribute('aria-invalid')
  if (!mark) return
  mark.dataset.verdict = 'none'
  mark.replaceChildren()
}

// From the work list: the register that it is about.
fieldOf(document.getElementById(location.hash.slice(1)))?.focus()

document.addEventListener('keydown', event => {
  const field = fieldOf(event.target)
  if (!field || event.ctrlKey || event.metaKey || event.altKey) return
  switch (event.key) {
    case 'Enter': {
      event.preventDefault()
      const tick = markOf(field)?.querySelector<HTMLInputElement>('input[type=checkbox]')
      if (tick) tick.checked = true
      check(field)
      go(field, 1)
      break
    }
    case 'Escape':
      field.value = ''
      clear(field)
      break
    case 'ArrowDown':
    case 'ArrowUp':
      event.preventDefault()
      go(field, event.key === 'ArrowDown' ? 1 : -1)
      break
  }
})

document.addEventListener('input', event => {
  const field = fieldOf(event.target)
  if (field && field.dataset.checked !== field.value) clear(field)
})

document.addEventListener('change', event => {
  const field = fieldOf(event.target)
  if (field) check(field)
})

document.body.addEventListener('htmx:afterRequest', event => {
  const field = fieldOf(event.target)
  const verdict = field && markOf(field)?.dataset.verdict
  if (!field || field.dataset.checked !== field.value) return
  if (verdict !== 'doubt' && verdict !== 'block') return
  const here = fieldOf(document.activeElement)
  const all = fields()
  if (here && here.value === '' && all.indexOf(here) === all.indexOf(field) + 1) field.focus()
})
