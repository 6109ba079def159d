import type { ElementProps } from './element.tsx';
import { useHost } from './host.ts';
import { children, text, words } from './node.ts';

export function Image({ node }: ElementProps) {
  const { imageUrl } = useHost();
  const alt = words(node, 'alt') || words(node, 'title') || '图片';
  const fit = text(node, 'scale_type') === 'fit_horizontal' ? 'contain' : 'cover';
  return (
    <figure class="image">
      {words(node, 'title') !== '' && <figcaption>{words(node, 'title')}</figcaption>}
      <img
        src={imageUrl(text(node, 'img_key'))}
        alt={alt}
        style={{ objectFit: fit, borderRadius: text(node, 'corner_radius') || undefined }}
      />
    </figure>
  );
}

export function ImageCombination({ node }: ElementProps) {
  const { imageUrl } = useHost();
  const images = children(node, 'img_list');
  const columns = /^(triple|trisect)$/.test(text(node, 'combination_mode')) ? 3 : 2;
  return (
    <div class="images" style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
      {images.map((image, index) => (
        <img key={index} src={imageUrl(text(image, 'img_key'))} alt={`图片 ${index + 1}`} />
      ))}
    </div>
  );
}
