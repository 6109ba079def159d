/** Card JSON 2.0 as far as this product uses it. The platform refuses unknown properties, so the builders in `kit.ts` are the only writers. */

export interface Card {
  readonly schema: '2.0';
  readonly config?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly body: { readonly elements: readonly CardElement[] } & Readonly<Record<string, unknown>>;
}

/** One component: a tag and the properties the platform knows for it. */
export type CardElement = { readonly tag: string } & Readonly<Record<string, unknown>>;
