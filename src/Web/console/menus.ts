// Menus are <details>, so they open without this script; it only closes them where people expect that.
document.addEventListener('click', event => {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')) {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.removeAttribute('open')
  }
})

document.addEventListener('click', event => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-opens]') : null
  const dialog = button && document.querySelector<HTMLDialogElement>(button.dataset.opens ?? '')
  if (dialog) {
    event.preventDefault()
    dialog.showModal()
  }
})
