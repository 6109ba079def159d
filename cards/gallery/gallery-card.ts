/** What the gallery is made of. */
import type { Card } from '../card.ts';

export interface GalleryCard {
  /** Unique, for addresses: `case-returned-registrar`. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly card: Card;
}

/** The cards of one noun. */
export interface NounGallery {
  /** In every meaningful state, with ordinary data. */
  readonly ordinary: readonly GalleryCard[];
  /** With this text wherever a text may stand, and far too many rows. */
  extreme(text: string): readonly GalleryCard[];
}
