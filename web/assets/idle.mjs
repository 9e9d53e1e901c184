// Warns a member of staff two minutes before they are signed out because no
// page was asked for, and keeps them signed in when they say so. What they typed
// stays in the page. Without this script, a form that comes too late is kept
// until they have signed in again.

/** Starts the warning of a page; clock and fetch are the browser's, or a test's. */
export function initIdle() {
  const dialog = document.querySelector('dialog[data-stay]')
  if (!dialog?.showModal) return
  const { idle, left, warn, stay } = dialog.dataset
  const button = dialog.querySelector('button')
  const soon = dialog.querySelector('[data-part=soon]')
  const gone = dialog.querySelector('[data-part=gone]')
  const title = dialog.querySelector('h2')
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('app-idle') : null
  let warning
  let ending

  const end = () => {
    title.textContent = 'You are signed out'
    soon.textContent = ''
    gone.textContent = document.querySelector('main input[type=file]')
      ? 'A file that you chose is not kept. Sign in again, then choose it again.'
      : 'What you typed is still in this page. Send it: you sign in again, and get it back to send.'
    button.textContent = 'Close'
  }
  const start = (seconds) => {
    clearTimeout(warning)
    clearTimeout(ending)
    if (dialog.open) dialog.close()
    warning = setTimeout(() => dialog.showModal(), (seconds - warn) * 1000)
    ending = setTimeout(end, seconds * 1000)
  }
  button.addEventListener('click', async () => {
    if (gone.textContent) return dialog.close()
    try {
      const response = await fetch(stay, { cache: 'no-store', redirect: 'manual' })
      if (!response.ok) return end()
      channel?.postMessage('stay')
      start(idle)
    } catch {
      gone.textContent = ''
      soon.textContent = 'The portal did not answer. Try again.'
    }
  })
  // Whatever another tab asks for keeps this one signed in too.
  if (channel) channel.onmessage = () => start(idle)
  // A page that loaded itself keeps nobody signed in, here or in another tab.
  if (!left) channel?.postMessage('page')
  start(left || idle)
}
