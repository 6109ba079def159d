import { useHost } from './host.ts';
import { MarkdownText } from './markdown-text.tsx';
import { child, isNode, type Node, number, text } from './node.ts';
import { colorOf } from './style.ts';

/** One cell, after its column's kind of data. */
export function TableCell({ column, value }: { readonly column: Node; readonly value: unknown }) {
  const { nameOf } = useHost();
  const kind = text(column, 'data_type') || 'text';
  const list: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  switch (kind) {
    case 'lark_md':
    case 'markdown':
      return <MarkdownText content={list.map(String).join('\n')} />;
    case 'options':
      return (
        <>
          {list.map((item, index) => (
            <span
              key={index}
              class="tag"
              style={{ color: isNode(item) ? colorOf(text(item, 'color'), 'text') : undefined }}
            >
              {isNode(item) ? text(item, 'text') : String(item)}
            </span>
          ))}
        </>
      );
    case 'persons':
      return <>{list.map((id) => nameOf(String(id))).join('、')}</>;
    case 'number':
      return <>{list.map((item) => numberWords(item, child(column, 'format'))).join('、')}</>;
    case 'date':
      return <>{list.map((item) => dateWords(item)).join('、')}</>;
    default:
      return <>{list.map((item) => (isNode(item) ? text(item, 'text') : String(item))).join('、')}</>;
  }
}

function numberWords(value: unknown, format: Node): string {
  if (typeof value !== 'number') return String(value);
  const precision = number(format, 'precision');
  const digits = precision === undefined ? {} : { minimumFractionDigits: precision, maximumFractionDigits: precision };
  const words = value.toLocaleString('zh-CN', { ...digits, useGrouping: format['separator'] === true });
  return `${text(format, 'symbol')}${words}`;
}

function dateWords(value: unknown): string {
  const at = Number(value);
  return Number.isFinite(at) ? new Date(at).toLocaleDateString('zh-CN', { timeZone: 'Asia/Shanghai' }) : String(value);
}
