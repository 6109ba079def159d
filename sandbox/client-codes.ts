/** What a client shows when a press comes to nothing, by the platform's list. */
export const clientCodes = {
  /** Nobody takes callbacks; also a form with a box to tick that carries no value. */
  notConfigured: 200340,
  noAnswer: 200341,
  badStatus: 200671,
  badAnswer: 200672,
  badCard: 200673,
  /** A card of format 2.0 answered with one of another format. */
  otherFormat: 200830,
} as const;
export type ClientCode = (typeof clientCodes)[keyof typeof clientCodes];
