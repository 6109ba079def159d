import { Menu } from '../menu.tsx';
import type { ElementProps } from './element.tsx';
import { useHost } from './host.ts';
import { child, children, text, words } from './node.ts';

/** The menu behind three dots. */
export function Overflow({ node, path }: ElementProps) {
  const host = useHost();
  const options = children(node, 'options');
  return (
    <Menu
      label="⋯"
      title="更多"
      items={options.map((option, index) => ({
        label: words(option, 'text'),
        async act() {
          const link = child(option, 'multi_url');
          const url = text(link, 'url') || text(link, 'default_url');
          if (/^https?:\/\//.test(url)) window.open(url, '_blank', 'noreferrer');
          else await host.act({ path: `${path}.options.${index}` });
        },
      }))}
    />
  );
}
