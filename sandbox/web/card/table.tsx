import { useSignal } from '@preact/signals';
import type { ElementProps } from './element.tsx';
import { children, number, text } from './node.ts';
import { TableCell } from './table-cell.tsx';

const PAGE_ROWS = 5;

/** A table, a page of rows at a time. */
export function Table({ node }: ElementProps) {
  const page = useSignal(0);
  const columns = children(node, 'columns');
  const rows = children(node, 'rows');
  const size = number(node, 'page_size') ?? PAGE_ROWS;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const at = Math.min(page.value, pages - 1);
  const turn = (by: number) => () => {
    page.value = at + by;
  };
  return (
    <div class="table-place">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled sideways, by keyboard too (axe: scrollable-region-focusable) */}
      <section class="table-scroll" tabIndex={0} aria-label="表格，可左右滚动">
        <table class="table">
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={text(column, 'name')}
                  style={{ ...widthOf(text(column, 'width')), textAlign: alignOf(text(column, 'horizontal_align')) }}
                >
                  {text(column, 'display_name') || text(column, 'name')}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(at * size, (at + 1) * size).map((row, index) => (
              <tr key={index}>
                {columns.map((column) => (
                  <td key={text(column, 'name')} style={{ textAlign: alignOf(text(column, 'horizontal_align')) }}>
                    <TableCell column={column} value={row[text(column, 'name')]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {pages > 1 && (
        <div class="table-pages">
          <button type="button" class="link" disabled={at === 0} onClick={turn(-1)}>
            上一页
          </button>
          <span>
            {at + 1} / {pages}
          </span>
          <button type="button" class="link" disabled={at === pages - 1} onClick={turn(1)}>
            下一页
          </button>
        </div>
      )}
    </div>
  );
}

/** A width in pixels holds; anything else is left to the table. */
function widthOf(width: string): { minWidth?: string } {
  return width.endsWith('px') ? { minWidth: width } : {};
}

function alignOf(name: string): 'left' | 'center' | 'right' {
  return name === 'center' || name === 'right' ? name : 'left';
}
