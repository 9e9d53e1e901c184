// Passkeys: a form that asks for one is shown where the browser has them, and
// its button asks the browser, whose answer the form carries. Without this
// script there are codes.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0))

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

/** The options of a page, as the browser wants them. */
function read(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge) }
  if (options.user) publicKey.user = { ...options.user, id: bytes(options.user.id) }
  for (const list of ['excludeCredentials', 'allowCredentials']) {
    if (options[list]) publicKey[list] = options[list].map((one) => ({ ...one, id: bytes(one.id) }))
  }
  return { publicKey }
}

/** What the browser answers, as the portal reads it. */
function write(credential) {
  const response = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (credential.response[name]) response[name] = text(credential.response[name])
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} })
}

/** Asks the browser when the form is sent, and sends it with the answer. */
async function ask(event) {
  const form = event.target
  if (form.elements.answer.value) return
  event.preventDefault()
  const problem = form.querySelector('[role=alert]')
  problem.textContent = ''
  try {
    const options = read(JSON.parse(form.dataset.options))
    const credentials = navigator.credentials
    form.elements.answer.value = write(await (form.dataset.passkey === 'create' ? credentials.create(options) : credentials.get(options)))
    form.submit()
  } catch {
    problem.textContent = form.dataset.problem
  }
}

export function initPasskeys() {
  if (!window.PublicKeyCredential) return
  for (const part of document.querySelectorAll('[data-part="passkey"]')) {
    part.hidden = false
    part.querySelector('form').addEventListener('submit', ask)
  }
  // A page that comes back from the browser's memory asks anew.
  window.addEventListener('pageshow', () => {
    for (const field of document.querySelectorAll('[data-passkey] [name=answer]')) field.value = ''
  })
}
