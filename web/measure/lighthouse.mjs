// Lighthouse, as on a mid-range phone with a slow line, against a portal of its
// own. Prints a table; fails where a goal is missed.
import lighthouse from 'lighthouse'
import { chromiumArgs, chromiumProgram } from '../e2e/browser.mjs'
import { Portal } from '../e2e/portal.mjs'
import { launch } from './chrome.mjs'

/** The pages, and the goals of each category; the form is not to be indexed. */
const goals = { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 }
const { seo, ...goalsOfTheForm } = goals
const pages = [
  ['/', goals],
  ['/professions/physiotherapists', goals],
  ['/return-to-practice', goals],
  ['/apply', goalsOfTheForm]
]
const runs = 3

const portal = await Portal.start()
const chrome = await launch(await chromiumProgram(), chromiumArgs)
let missed = false
try {
  console.log(`| page | ${Object.keys(goals).join(' | ')} |\n|---|${'---|'.repeat(Object.keys(goals).length)}`)
  for (const [path, wanted] of pages) {
    const scores = await measure(portal.base + path, Object.keys(wanted))
    missed ||= Object.entries(wanted).some(([category, goal]) => scores[category].score < goal)
    console.log(`| ${path} | ${Object.keys(goals).map((category) => scores[category]?.score ?? 'not asked').join(' | ')} |`)
    for (const { failed } of Object.values(scores)) for (const one of failed) console.log(`  ${path}: ${one}`)
  }
} finally {
  await chrome.end()
  await portal.end()
}
process.exitCode = missed ? 1 : 0

/** The median score of each category over the runs, with the audits that cost points. */
async function measure(url, categories) {
  const reports = []
  for (let run = 0; run < runs; run++) {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: categories, logLevel: 'error' })
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`)
    reports.push(lhr)
  }
  return Object.fromEntries(categories.map((category) => {
    const inOrder = reports.toSorted((a, b) => a.categories[category].score - b.categories[category].score)
    return [category, told(inOrder[Math.floor(runs / 2)], category)]
  }))
}

function told(lhr, category) {
  const { score, auditRefs } = lhr.categories[category]
  const failed = auditRefs
    .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
    .map(({ id }) => `${lhr.audits[id].title}: ${lhr.audits[id].displayValue ?? lhr.audits[id].score}`)
  return { score: Math.round(score * 100), failed: score < 1 ? failed : [] }
}
