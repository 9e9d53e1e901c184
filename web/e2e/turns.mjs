// Whose turn it is: asking the returner for more, waiting, and a copy of their data.
import assert from 'node:assert/strict'

const nextYear = String(new Date().getFullYear() + 1)
const question = { message: 'Which ward was it?\nAnd who was in charge?', steps: 'hours', day: '15', month: '3', year: nextYear }
const wait = { reason: 'waiting-for-placement', day: '15', month: 'March', year: nextYear, note: 'One comes free in spring.' }

/** A case is asked about and held, each with nothing, with mistakes, well, and
 * from an older window; the question is taken back and the case goes on.
 * It ends with a question that is open. */
export async function turnStates(lead, item) {
  await lead.get(item)
  const opened = lead.body
  await lead.send(`${item}/ask`, {}, 'with nothing')
  assert.equal(lead.status, 422)
  await lead.send(`${item}/ask`, { ...question, message: 'x'.repeat(2001), month: '13' }, 'with mistakes')
  await lead.send(`${item}/hold`, {}, 'with nothing')
  assert.equal(lead.status, 422)
  await lead.send(`${item}/hold`, { ...wait, year: '2001' }, 'with a mistake')
  await lead.send(`${item}/ask`, question, 'asked')
  assert.equal(lead.path, item)
  await lead.get(item, 'with a question')
  const asked = lead.body
  lead.body = opened
  await lead.send(`${item}/ask`, { ...question, message: 'Which town?' }, 'from an older window')
  assert.equal(lead.status, 409)
  await lead.send(`${item}/hold`, wait, 'held with a question')
  lead.body = asked
  await lead.send(`${item}/take-back`, {}, 'from an older window')
  assert.equal(lead.status, 409)
  lead.body = opened
  await lead.send(`${item}/hold`, { ...wait, month: '4' }, 'from an older window')
  assert.equal(lead.status, 409)
  for (const path of ['/admin', '/admin/expressions', `${item}/data`]) await lead.get(path, 'with a case on hold')
  await lead.get(item, 'on hold with a question')
  await lead.send(`${item}/take-back`, {}, 'taken back')
  await lead.send(`${item}/resume`, {}, 'resumed')
  await lead.send(`${item}/ask`, { message: 'Do you drive?' }, 'asked again')
  await lead.get(item, 'with an earlier question')
}

/** A copy of their data that the returner asked for is owed, then given. */
export async function copyStates(lead, item) {
  for (const path of ['/admin', '/admin/expressions', `${item}/data`, `${item}/erase`, item]) await lead.get(path, 'with a copy that is owed')
  const owed = lead.body
  await lead.send(`${item}/bounced`, {})
  lead.body = owed
  await lead.send(`${item}/copy-given`, {}, 'from an older window')
  assert.equal(lead.status, 409)
  await lead.send(`${item}/copy-given`, {}, 'given')
  assert.equal(lead.path, item)
  await lead.send(`${item}/reachable`, {})
}
