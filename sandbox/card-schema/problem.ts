/** One thing the platform would refuse about a card, with the sub-code it reports inside error 230099. */
export interface CardProblem {
  readonly code: number;
  readonly path: string;
  readonly message: string;
}

/** The card does not parse: unknown property, wrong type, unknown tag. */
export const PARSE_ERROR = 200621;
/** Something is there too often: elements, tables, nesting. */
export const LIMIT_ERROR = 11310;
/** A chart that clients could not draw. */
export const CHART_ERROR = 200550;
/** A tag of the old card format. */
export const REMOVED_TAG = 200861;
