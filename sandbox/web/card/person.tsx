import type { ElementProps } from './element.tsx';
import { useHost } from './host.ts';
import { children, text } from './node.ts';

function Badge({ openId }: { readonly openId: string }) {
  const name = useHost().nameOf(openId);
  return (
    <span class="person-badge">
      <span class="avatar avatar-small" aria-hidden="true">
        {name.slice(-1)}
      </span>
      {name}
    </span>
  );
}

export function SinglePerson({ node }: ElementProps) {
  return <Badge openId={text(node, 'user_id')} />;
}

export function PersonList({ node }: ElementProps) {
  return (
    <div class="person-list">
      {children(node, 'persons').map((person) => (
        <Badge key={text(person, 'id')} openId={text(person, 'id')} />
      ))}
    </div>
  );
}
