/** Rules that no single component can state: counts, uniqueness, where a container may stand, what a form must hold. */

import { asList, asNode, type CardNode, isNode } from '../card-node.ts';
import { TEXT_SIZES } from './parts.ts';
import { type CardProblem, LIMIT_ERROR, PARSE_ERROR, REMOVED_TAG } from './problem.ts';

const ELEMENTS_MAX = 200;
const NESTING_MAX = 5;
const TABLES_MAX = 5;
const MARKDOWN_TABLES_MAX = 4;

const CONTAINERS = new Set(['column_set', 'form', 'collapsible_panel', 'interactive_container']);
const SELECTS = new Set(['select_static', 'multi_select_static', 'select_img', 'select_person', 'multi_select_person']);
const INTERACTIVE = new Set([
  ...SELECTS,
  ...['button', 'input', 'date_picker', 'picker_time', 'picker_datetime', 'checker'],
]);
const FORM_ONLY = new Set(['multi_select_static', 'multi_select_person']);
const REMOVED = new Set(['action', 'note']);
/** Free JSON of the card's author: nothing inside is a component. */
const OPAQUE = new Set(['value', 'rows', 'chart_spec']);

interface Place {
  readonly path: string;
  /** Tags of the containers around, outermost first. */
  readonly inside: readonly string[];
}

interface Walk {
  readonly problems: CardProblem[];
  readonly names: Set<string>;
  readonly ids: Set<string>;
  readonly textSizes: ReadonlySet<string>;
  elements: number;
  tables: number;
}

/** Every whole-card rule the card breaks. Bears any JSON, well formed or not. */
export function wholeCardProblems(card: unknown): CardProblem[] {
  const walk: Walk = {
    problems: [],
    names: new Set(),
    ids: new Set(),
    textSizes: new Set([...TEXT_SIZES, ...ownTextSizes(card)]),
    elements: 0,
    tables: 0,
  };
  visit(walk, card, { path: '', inside: [] });
  if (walk.elements > ELEMENTS_MAX) {
    report(walk, { code: LIMIT_ERROR, path: 'body', message: `${walk.elements} elements, at most ${ELEMENTS_MAX}` });
  }
  if (walk.tables > TABLES_MAX) {
    report(walk, {
      code: LIMIT_ERROR,
      path: 'body',
      message: `card table number over limit: ${walk.tables}, at most ${TABLES_MAX}`,
    });
  }
  return walk.problems;
}

function report(walk: Walk, problem: CardProblem): void {
  walk.problems.push(problem);
}

function ownTextSizes(card: unknown): string[] {
  const style = asNode(asNode(asNode(card).config).style);
  return Object.keys(asNode(style.text_size));
}

function visit(walk: Walk, node: unknown, place: Place): void {
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) visit(walk, item, { ...place, path: `${place.path}[${index}]` });
    return;
  }
  if (!isNode(node)) return;
  const tag = typeof node.tag === 'string' ? node.tag : undefined;
  if (tag !== undefined) checkComponent(walk, { ...node, tag }, place);
  const inside = tag !== undefined && CONTAINERS.has(tag) ? [...place.inside, tag] : place.inside;
  for (const [key, child] of Object.entries(node)) {
    if (OPAQUE.has(key)) continue;
    visit(walk, child, { path: place.path === '' ? key : `${place.path}.${key}`, inside });
  }
}

type Component = CardNode & { readonly tag: string };

function checkComponent(walk: Walk, node: Component, place: Place): void {
  walk.elements += 1;
  const { path } = place;
  const bad = (message: string, code = PARSE_ERROR) => report(walk, { code, path, message });
  if (REMOVED.has(node.tag)) {
    bad(`cards of schema V2 no longer support this capability: unsupported tag ${node.tag}`, REMOVED_TAG);
  }
  checkPlace(node, place, bad);
  checkUnique(walk, node, bad);
  if (node.tag === 'form') checkForm(node, bad);
  if (node.tag === 'table') walk.tables += 1;
  if (node.tag === 'markdown') {
    const tables = markdownTables(node.content);
    walk.tables += tables;
    if (tables > MARKDOWN_TABLES_MAX)
      bad(`${tables} tables in one markdown, at most ${MARKDOWN_TABLES_MAX}`, LIMIT_ERROR);
  }
  if (SELECTS.has(node.tag)) checkOptions(node, bad);
  const size = node.text_size;
  if (typeof size === 'string' && !walk.textSizes.has(size)) bad(`unknown text_size ${size}`);
}

type Report = (message: string, code?: number) => void;

function checkPlace(node: Component, place: Place, bad: Report): void {
  const inForm = place.inside.includes('form');
  if (node.tag === 'form' && place.inside.length > 0) bad('a form stands at the root of the card only');
  if (node.tag === 'table' && place.inside.length > 0) bad('a table stands at the root of the card only');
  if (CONTAINERS.has(node.tag) && place.inside.length >= NESTING_MAX) {
    bad(`containers nested more than ${NESTING_MAX} deep`, LIMIT_ERROR);
  }
  if (FORM_ONLY.has(node.tag) && !inForm) bad(`${node.tag} works inside a form only`);
  if (node.required === true && !inForm) bad('required works inside a form only');
  if (node.form_action_type !== undefined && !inForm) bad('form_action_type works inside a form only');
  if (inForm && INTERACTIVE.has(node.tag) && node.name === undefined) bad(`${node.tag} in a form needs a name`);
}

function checkUnique(walk: Walk, node: Component, bad: Report): void {
  const id = node.element_id;
  if (typeof id === 'string') {
    if (walk.ids.has(id)) bad(`element_id ${id} is not unique`);
    walk.ids.add(id);
  }
  const name = node.name;
  if (typeof name === 'string' && (INTERACTIVE.has(node.tag) || node.tag === 'form')) {
    if (walk.names.has(name)) bad(`name ${name} is not unique`);
    walk.names.add(name);
  }
}

function checkForm(form: Component, bad: Report): void {
  const hasSubmit = (node: unknown): boolean => {
    if (Array.isArray(node)) return node.some(hasSubmit);
    if (!isNode(node)) return false;
    if (node.tag === 'button' && node.form_action_type === 'submit') return true;
    return Object.entries(node).some(([key, child]) => !OPAQUE.has(key) && hasSubmit(child));
  };
  if (!hasSubmit(form.elements)) bad('a form needs a submit button');
}

function checkOptions(node: Component, bad: Report): void {
  const list = asList(node.options);
  const values = list.map((option) => asNode(option).value);
  if (new Set(values).size !== values.length) bad('option values are not unique');
  if (node.tag.endsWith('person')) return;
  const chosen = Array.isArray(node.selected_values) ? node.selected_values : [node.initial_option];
  for (const value of chosen) {
    if (value !== undefined && !values.includes(value)) bad(`${String(value)} is not among the options`);
  }
  const index = node.initial_index;
  if (typeof index === 'number' && index > values.length) bad(`initial_index ${index} is beyond the options`);
}

/** Tables written in markdown: the platform counts them like table components. */
function markdownTables(content: unknown): number {
  if (typeof content !== 'string') return 0;
  return content.split('\n').filter((line) => /^\s*\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)+\|?\s*$/.test(line)).length;
}
