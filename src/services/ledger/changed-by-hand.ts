/** A row on which personal data would be sent is not as the program left it. */
export class ChangedByHand extends Error {
  override readonly name = 'ChangedByHand';
}
