// Offers of supervised practice: the public form and the staff's side of it.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { Visitor, noProgramWaits } from './visitor.mjs'

const form = '/return-to-practice/offer'
const good = {
  organisation: '-',
  other: 'Example Care Home',
  site: 'Lincoln',
  profession: 'physiotherapists',
  month: '4',
  year: String(new Date().getFullYear() + 1),
  days: '2',
  name: 'Sam Sample',
  email: 'sam@example.org',
  phone: '01522 555 000',
  more: 'A small team.\nEverybody is welcome.'
}

/** Sends the form: nothing, mistakes, too fast, then well. */
export async function offerStates(portal, states) {
  const visitor = await Visitor.start(portal, states)
  await visitor.get(form)
  await visitor.send(form, {}, 'with nothing')
  assert.equal(visitor.status, 422)
  await visitor.send(form, { ...good, other: '', month: '13', email: 'sam' }, 'with mistakes')
  await visitor.get(form)
  await visitor.send(form, { ...good, name: 'A Program' })
  await visitor.get(form)
  await sleep(noProgramWaits)
  await visitor.send(form, good)
  assert.match(visitor.path, /\/sent\//, visitor.body)
  await visitor.end()
}

const first = (lead) => lead.body.match(/\/admin\/offers\/[A-Z0-9][A-Z0-9-]+(?=")/)?.[0] ?? assert.fail(`no offer in ${lead.body}`)

/** The list, and an offer that is noted, matched and opened again; one that is rescued. */
export async function offerCaseStates(lead) {
  const list = '/admin/offers'
  for (const path of [`${list}?profession=osteopaths`, `${list}?state=closed`, list]) await lead.get(path)
  const item = first(lead)
  await lead.get(item)
  await lead.send(`${item}/note`, { note: '' }, 'with nothing')
  await lead.get(item)
  await lead.send(`${item}/note`, { note: 'Rang them.' })
  const opened = lead.body
  await lead.get(item)
  await lead.send(`${item}/change`, {}, 'with nothing')
  await lead.get(item)
  await lead.send(`${item}/change`, { to: 'matched', note: 'For a returner.' }, 'matched')
  lead.body = opened
  await lead.send(`${item}/change`, { to: 'closed', note: 'Not any more.' }, 'from an older window')
  assert.equal(lead.status, 409)
  await lead.get(item)
  await lead.send(`${item}/change`, { to: 'open' }, 'opened again')
  await lead.get(`${list}?state=set-aside`)
  const aside = first(lead)
  await lead.get(aside, 'set aside')
  await lead.send(`${aside}/change`, { to: 'open' }, 'rescued')
}
