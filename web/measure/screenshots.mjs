// Pictures of the main pages, on a phone and on a desk, from a portal of its
// own with a few invented cases, into docs/images.
import { mkdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startBrowser } from '../e2e/browser.mjs'
import { done, upload } from '../e2e/imports.mjs'
import { setUp } from '../e2e/phone.mjs'
import { Portal } from '../e2e/portal.mjs'
import { fillForm, password } from '../e2e/states.mjs'
import { trackLinkFor } from '../e2e/tracks.mjs'
import { Visitor, noProgramWaits } from '../e2e/visitor.mjs'

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url))
const screens = { phone: { width: 375, height: 812 }, desk: { width: 1280, height: 900 } }

const email = 'ada@example.org'
const cases = 600

const portal = await Portal.start()
const browser = await startBrowser()
try {
  await mkdir(folder, { recursive: true })
  const begun = await Visitor.start(portal)
  await fillForm(begun, { situationAlone: true })
  await sendForm(portal)
  const returner = await Visitor.start(portal)
  await fillForm(returner)
  const { lead, halfIn } = await signLeadIn(portal)
  const pages = [
    ['home', '/'],
    ['professions', '/professions'],
    ['profession', '/professions/radiographers'],
    ['return-to-practice', '/return-to-practice'],
    ['strategy', '/strategy/lth-ahp-workforce-strategy'],
    ['objectives', '/strategy/objectives'],
    ['tasks', '/apply/tasks', begun],
    ['check', '/apply/check', returner],
    ['track', await trackLinkFor(portal, email)],
    ['overview', '/admin', lead],
    ['cases', '/admin/expressions', lead],
    ['case', await workedCase(lead), lead],
    ['bulk', '/admin/expressions/bulk', lead],
    ['export', '/admin/expressions/export?tab=unassigned', lead],
    ['import', await checkedFile(lead), lead],
    ['people', '/admin/staff', lead],
    ['audit', '/admin/audit', lead],
    ['account', '/admin/account', lead],
    ['sign-in', '/admin/sign-in'],
    ['second-step', '/admin/second-step', halfIn]
  ]
  for (const [screen, viewport] of Object.entries(screens)) {
    for (const [name, path, as] of pages) await shoot(`${name}-${screen}`, path, viewport, as)
  }
  for (const one of [begun, returner, lead, halfIn]) await one.end()
} finally {
  await browser.close()
  await portal.end()
}

/** Sends a form, whose returner can then follow their case. */
async function sendForm(portal) {
  const returner = await Visitor.start(portal)
  await fillForm(returner, { chosen: { name: () => ({ name: 'Ada Example' }), email: () => ({ email }) } })
  await sleep(noProgramWaits)
  await returner.get('/apply/check')
  await returner.send('/apply/check', {})
  await returner.end()
}

/** Fills the portal with invented cases and staff; gives a lead of these, on two
 * devices: signed in, and asked for the second factor. */
async function signLeadIn(portal) {
  const printed = portal.command('demo', '--expressions', String(cases), '--among-real')
  const [, address] = printed.match(/staff link (\S+) +# lead/)
  const [link] = portal.command('staff', 'link', address).match(/\/admin\/link\/\S+/)
  const lead = await Visitor.start(portal)
  await lead.get(link)
  await lead.send(link, { password })
  await setUp(lead)
  const halfIn = await Visitor.start(portal)
  await halfIn.get('/admin/sign-in')
  await halfIn.send('/admin/sign-in', { email: address, password })
  return { lead, halfIn }
}

/** The first case of the lead's own. */
async function workedCase(lead) {
  await lead.get('/admin/expressions?tab=mine')
  return lead.body.match(/\/admin\/expressions\/[A-Z0-9]{3}-[A-Z0-9]{4}/)[0]
}

/** A spreadsheet whose rows were checked and are not imported yet. */
async function checkedFile(lead) {
  const rows = [
    'Name,Email,Profession,Received,Status,Notes',
    'Olwen Marsh,olwen.marsh@example.org,Podiatrist,03/02/2026,In review,Rang us',
    'Tomasz Reed,tomasz.reed@example.org,Dietitian,11/05/2026,Contacted,',
    'Grace Fenn,grace.fenn@example.org,Paramedic,soon,,Wrote a letter',
    'Nia Holland,nia.holland@example,Orthoptist,02/06/2026,,',
    'Samir Dyke,samir.dyke@example.org,Physiotherapist,09/06/2026,On placement,Begins in May',
    'Ruth Sutton,ruth.sutton@example.org,Nurse,15/06/2026,,'
  ]
  await upload(lead, 'returners-2026.csv', rows.join('\r\n'))
  const columns = ['name', 'email', 'profession', 'received', 'stage', 'notes'].map((field, i) => [`column-${i + 1}`, field])
  await lead.send(lead.path, Object.fromEntries(columns))
  await done(lead)
  return lead.path
}

async function shoot(name, path, viewport, as) {
  const context = await browser.newContext({ baseURL: portal.base, viewport, storageState: await as?.http.storageState() })
  const page = await context.newPage()
  const response = await page.goto(path)
  if (response.status() !== 200 || page.url() !== portal.base + path) throw new Error(`${path} answers ${response.status()} at ${page.url()}`)
  await page.screenshot({ path: `${folder}${name}.png` })
  await context.close()
}
