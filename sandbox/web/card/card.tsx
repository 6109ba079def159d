import { Elements } from './element.tsx';
import { type CardHost, HostProvider } from './host.ts';
import { Icon } from './icon.tsx';
import { child, children, isNode, type Node, text, words } from './node.ts';
import { RichText } from './rich-text.tsx';
import { colorOf, layout } from './style.ts';

/** A whole card. */
export function Card(props: { readonly card: unknown; readonly host: CardHost }) {
  const { card, host } = props;
  if (!isNode(card)) return <div class="unknown">不是卡片</div>;
  const body = child(card, 'body');
  const wide = text(child(card, 'config'), 'width_mode') === 'fill';
  return (
    <HostProvider value={host}>
      <article class={wide ? 'card card-wide' : 'card'} aria-label={words(child(card, 'header'), 'title') || '卡片'}>
        {isNode(card['header']) && <Header node={card['header']} />}
        <div class="card-body" style={layout(body)}>
          <Elements of={body} path="body" />
        </div>
      </article>
    </HostProvider>
  );
}

function Header({ node }: { readonly node: Node }) {
  const tags = children(node, 'text_tag_list');
  const template = text(node, 'template');
  const background = colorOf(template, 'surface');
  const color = colorOf(template, 'title');
  return (
    <header class={background ? 'card-header' : 'card-header card-header-plain'} style={{ background, color }}>
      {isNode(node['icon']) && <Icon node={node['icon']} />}
      <div class="card-titles">
        <h3 class="card-title">
          <RichText node={child(node, 'title')} />
          {tags.map((tag, index) => (
            <span key={index} class="tag" style={{ color: colorOf(text(tag, 'color'), 'text') }}>
              {words(tag, 'text')}
            </span>
          ))}
        </h3>
        {words(node, 'subtitle') !== '' && <p class="card-subtitle">{words(node, 'subtitle')}</p>}
      </div>
    </header>
  );
}
