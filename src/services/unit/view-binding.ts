import type { Card } from '../../../cards/card.ts';
import { boundCard, rebindCard } from '../../../cards/unit.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import type { Binding } from './bind.ts';

/** What a binding is answered with: that it is done, or the question whether it is meant. */
export function bindingCard(ctx: Ctx, binding: Binding): Card {
  const { unit } = binding;
  if (binding.kind === 'bound') {
    return boundCard({ unit: unit.name, center: unit.center, boundBy: requireStaff(ctx).agent.name });
  }
  const { seen, fromName, others } = binding;
  return rebindCard({ unitId: unit.id, unit: unit.name, seen, fromName, others });
}
