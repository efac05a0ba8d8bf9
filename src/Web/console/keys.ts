// Keyboard first: "/" searches, "?" shows the shortcuts, "g" and a letter goes to an area, Enter opens a table's row.
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

// By its place on the keyboard: shortcuts work whichever alphabet the person types in.
const letter = (event: KeyboardEvent): string =>
  /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : event.key

let waiting = false

document.addEventListener('keydown', event => {
  const target = event.target
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && target instanceof HTMLElement) {
    target.closest('form')?.requestSubmit()
    return
  }
  if (event.key === 'Escape' && target instanceof HTMLElement) {
    target.closest<HTMLDetailsElement>('details[data-menu]')?.removeAttribute('open')
    if (target.id === 'search') target.blur()
    return
  }
  if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && target instanceof HTMLElement) {
    const hits = Array.from(document.querySelectorAll<HTMLAnchorElement>('#found a[href]'))
    const at = hits.findIndex(hit => hit === target)
    if (hits.length > 0 && (target.id === 'search' || at >= 0)) {
      event.preventDefault()
      const next = at + (event.key === 'ArrowDown' ? 1 : -1)
      ;(hits[next] ?? document.querySelector<HTMLInputElement>('#search'))?.focus()
      return
    }
  }
  if (typing(target) || event.ctrlKey || event.metaKey || event.altKey) return

  if (waiting) {
    waiting = false
    const link = document.querySelector<HTMLAnchorElement>(`a[data-key="${CSS.escape(letter(event))}"]`)
    if (link) {
      event.preventDefault()
      link.click()
    }
    return
  }
  const here = document.querySelector<HTMLAnchorElement>(`a[data-hotkey="${CSS.escape(letter(event))}"]`)
  if (here && !event.shiftKey) {
    event.preventDefault()
    here.click()
    return
  }
  switch (event.key.length === 1 && /^Key/.test(event.code) ? letter(event) : event.key) {
    case '/': {
      const search = document.querySelector<HTMLInputElement>('#search')
      if (search) {
        event.preventDefault()
        search.focus()
        search.select()
      }
      break
    }
    case '?':
      document.querySelector<HTMLDialogElement>('#shortcuts')?.showModal()
      break
    case 'g':
      waiting = true
      setTimeout(() => { waiting = false }, 1200)
      break
    case 'Enter':
      if (target instanceof HTMLTableRowElement) target.querySelector<HTMLAnchorElement>('a[href]')?.click()
      break
    case 'ArrowDown':
    case 'ArrowUp':
      if (target instanceof HTMLTableRowElement) {
        const next = event.key === 'ArrowDown' ? target.nextElementSibling : target.previousElementSibling
        if (next instanceof HTMLElement) {
          event.preventDefault()
          next.focus()
        }
      }
      break
  }
})
