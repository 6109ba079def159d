import { type ElementProps, Elements } from './element.tsx';
import { behaviorsOf } from './fields.ts';
import { children, number, text } from './node.ts';
import { alignOf, colorOf, layout, spacingOf, widthOf } from './style.ts';

/** Columns side by side. `flow`, `stretch` and the fixed grids break on a narrow screen, `none` never does. */
export function ColumnSet({ node, path }: ElementProps) {
  const mode = text(node, 'flex_mode') || 'none';
  const columns = children(node, 'columns');
  return (
    <div
      class={`columns columns-${mode}`}
      style={{
        gap: spacingOf(text(node, 'horizontal_spacing')) ?? '8px',
        background: colorOf(text(node, 'background_style'), 'surface'),
        justifyContent: alignOf(text(node, 'horizontal_align')),
      }}
    >
      {columns.map((column, index) => {
        const width = text(column, 'width');
        const weighted = width === 'weighted' || (width === '' && number(column, 'weight') !== undefined);
        const fixed = widthOf(width);
        const { url } = behaviorsOf(column);
        const inner = <Elements of={column} path={`${path}.columns.${index}`} />;
        return (
          <div
            key={index}
            class="column"
            style={{
              ...layout({ ...column, vertical_align: undefined }),
              flex: weighted ? `${number(column, 'weight') ?? 1} 1 0` : fixed ? `0 0 ${fixed}` : '0 1 auto',
              alignSelf: alignOf(text(column, 'vertical_align')) ?? 'flex-start',
              background: colorOf(text(column, 'background_style'), 'surface'),
            }}
          >
            {url === '' ? (
              inner
            ) : (
              <a href={url} target="_blank" rel="noreferrer" class="column-link">
                {inner}
              </a>
            )}
          </div>
        );
      })}
    </div>
  );
}
