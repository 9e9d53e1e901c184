// One expression in the staff area: who has it, the email about a
// move, answers that are corrected; and changes of many at once.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

/** A case is assigned to whoever looks, to somebody who cannot have it, from an
 * older window, and to nobody. */
export async function assignStates(lead, item) {
  await lead.get(item)
  const opened = lead.body
  await lead.send(`${item}/assign`, { me: 'yes' }, 'assigned')
  assert.equal(lead.path, item)
  await lead.send(`${item}/assign`, { assignee: '00000000-0000-4000-8000-000000000000' }, 'to nobody known')
  assert.equal(lead.status, 422)
  lead.body = opened
  await lead.send(`${item}/assign`, { assignee: '' }, 'from an older window')
  assert.equal(lead.status, 409)
  await lead.send(`${item}/assign`, { assignee: '' }, 'to nobody')
  assert.equal(lead.path, item)
}

/** Answers are corrected: with mistakes, with the answer that the case has, from
 * an older window, for another route, and one that opens another question. */
export async function correctStates(lead, item) {
  const at = (step) => `${item}/correct/${step}`
  const why = 'They told us on the phone.'
  await lead.get(at('name'))
  const opened = lead.body
  await lead.send(at('name'), { name: '' }, 'with mistakes')
  assert.equal(lead.status, 422)
  lead.body = opened
  await lead.send(at('name'), { name: 'Zoë van der Waal', why }, 'corrected')
  assert.equal(lead.path, item)
  lead.body = opened
  await lead.send(at('name'), { name: 'Zoë Waal', why }, 'from an older window')
  assert.equal(lead.status, 409)
  await lead.get(at('name'))
  await lead.send(at('name'), { name: 'Zoë van der Waal', why }, 'with the answer that the case has')
  assert.equal(lead.status, 422)
  const steps = ['last-practised', 'registered-name', 'contact', 'phone', 'postcode', 'register-number', 'programme', 'experience', 'organisations', 'settings', 'hours', 'start', 'help', 'abroad', 'standing']
  for (const step of steps) {
    await lead.get(at(step))
    await lead.send(at(step), { why }, 'with nothing')
  }
  await lead.get(at('abroad'))
  await lead.send(at('abroad'), { answer: 'yes', abroad: 'yes', why }, 'with another route')
  await lead.get(at('profession'))
  const branch = at('branch')
  await lead.send(at('profession'), { profession: 'radiographers', why }, 'that opens a question')
  assert.equal(lead.path, at('profession'))
  await lead.send(branch, { why }, 'with nothing')
  assert.equal(lead.status, 422)
  await lead.send(branch, { branch: 'diagnostic-radiographers', why }, 'answered')
}

/** The email about a move is looked at, gone back from, sent with nothing in it,
 * and with words of one's own; then the case is opened again. */
export async function letterStates(lead, item) {
  const move = `${item}/move`
  const decline = { to: 'withdrawn', reason: 'withdrawn/personal', note: 'Rang us.' }
  const words = { says: 'We spoke today.\nThank you for telling us.', next: 'Write to us when you are ready.' }
  await lead.get(item)
  await lead.send(move, { to: 'declined', reason: 'declined/other' }, 'without the note that gives the reason')
  assert.equal(lead.status, 422)
  await lead.send(move, decline, 'the email')
  assert.equal(lead.path, move)
  const letter = lead.body
  await lead.send(move, { mail: 'back', ...words }, 'back from the email')
  lead.body = letter
  await lead.send(move, { mail: 'send', says: '', next: 'x'.repeat(4001) }, 'an email with mistakes')
  assert.equal(lead.status, 422)
  await lead.send(move, { mail: 'send', ...words }, 'moved with an email')
  assert.equal(lead.path, item)
  lead.body = letter
  await lead.send(move, { mail: 'send', says: 'Another email.', next: '' }, 'the email from an older window')
  assert.equal(lead.status, 409)
  await lead.get(item, 'withdrawn')
  await lead.send(move, { to: 'in-review' }, 'opened again')
}

/** Many cases are changed at once: chosen with mistakes, looked at, and changed
 * by a job; one plan has no case that can be changed. */
export async function bulkStates(lead) {
  const bulk = '/admin/expressions/bulk'
  await lead.get(`${bulk}?tab=on-hold&profession=osteopaths`, 'of a list without cases')
  await lead.get(`${bulk}?tab=all`)
  const chosen = lead.body
  await lead.send(bulk, {}, 'with nothing')
  assert.equal(lead.status, 422)
  await lead.send(bulk, { which: 'all', kind: 'move', to: 'declined/other', note: '' }, 'with a mistake')
  for (const [change, why] of [
    [{ kind: 'assign', assignee: '' }, 'planned to have nobody'],
    [{ kind: 'move', to: 'returned' }, 'planned and not allowed'],
    [{ kind: 'tell', template: 'how-is-it-going' }, 'planned with a message'],
  ]) {
    lead.body = chosen
    await lead.send(bulk, { which: 'all', ...change }, why)
    assert.match(lead.path, /bulk\/[0-9a-f-]{36}$/)
  }
  const plan = lead.path
  const looked = lead.body
  await lead.send(`${plan}/start`, { mail: 'send', says: '', next: '' }, 'an email with nothing')
  assert.equal(lead.status, 422)
  lead.body = looked
  await lead.send(`${plan}/start`, { mail: 'send', says: 'How are you?', next: 'Ring us.' }, 'started')
  assert.equal(lead.path, plan)
  for (let tries = 0; !lead.body.includes('The change is finished'); tries++) {
    assert.ok(tries < 60, 'the change does not end')
    await sleep(500)
    await lead.get(plan, 'of many cases')
  }
}
