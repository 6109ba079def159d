/** Every component the renderer knows, by its tag. What it does not know is shown as such, never left out. */
import type { FunctionComponent } from 'preact';
import { CardButton } from './button.tsx';
import { Chart } from './chart.tsx';
import { Checker } from './checker.tsx';
import { CollapsiblePanel } from './collapsible-panel.tsx';
import { ColumnSet } from './column-set.tsx';
import { Div } from './div.tsx';
import { Form } from './form.tsx';
import { Image, ImageCombination } from './image.tsx';
import { Input } from './input.tsx';
import { InteractiveContainer } from './interactive-container.tsx';
import { MarkdownText } from './markdown-text.tsx';
import { children, isRemark, type Node, text, words } from './node.ts';
import { Overflow } from './overflow.tsx';
import { PersonList, SinglePerson } from './person.tsx';
import { Picker } from './picker.tsx';
import { Select } from './select.tsx';
import { SelectImage } from './select-image.tsx';
import { letters } from './style.ts';
import { Table } from './table.tsx';

export interface ElementProps {
  readonly node: Node;
  /** Where it stands in the card. */
  readonly path: string;
  /** The text right above it: the label of fields that have none. */
  readonly above: string;
}

function Markdown({ node }: ElementProps) {
  return <MarkdownText content={text(node, 'content')} style={letters(node)} />;
}

function Rule() {
  return <hr class="card-hr" />;
}

function Unknown({ node }: ElementProps) {
  return <div class="unknown">未知组件：{text(node, 'tag') || '没有 tag'}</div>;
}

const components: Readonly<Record<string, FunctionComponent<ElementProps>>> = {
  markdown: Markdown,
  div: Div,
  hr: Rule,
  img: Image,
  img_combination: ImageCombination,
  person: SinglePerson,
  person_list: PersonList,
  table: Table,
  chart: Chart,
  button: CardButton,
  input: Input,
  select_static: Select,
  multi_select_static: Select,
  select_person: Select,
  multi_select_person: Select,
  select_img: SelectImage,
  date_picker: Picker,
  picker_time: Picker,
  picker_datetime: Picker,
  overflow: Overflow,
  checker: Checker,
  column_set: ColumnSet,
  form: Form,
  collapsible_panel: CollapsiblePanel,
  interactive_container: InteractiveContainer,
};

/** The components of a container, in order. */
export function Elements(props: { readonly of: Node; readonly path: string }) {
  const elements = children(props.of, 'elements');
  const keys = keysOf(elements);
  return (
    <>
      {elements.map((node, index) => {
        const Component = components[text(node, 'tag')] ?? Unknown;
        const above = labelOf(elements.slice(0, index).findLast((one) => !isRemark(one)));
        const key = keys[index];
        const margin = text(node, 'margin');
        const shown = <Component key={key} node={node} path={`${props.path}.elements.${index}`} above={above} />;
        return margin === '' ? (
          shown
        ) : (
          <div key={key} style={{ margin }}>
            {shown}
          </div>
        );
      })}
    </>
  );
}

/** The words of a paragraph, which are the label of a field below it. */
function labelOf(node: Node | undefined): string {
  if (node?.['tag'] === 'div') return words(node, 'text');
  return node?.['tag'] === 'markdown' ? text(node, 'content') : '';
}

/**
 * Keys that stay the same when something is put in above: by name, else by the how-manieth of its kind it is. So a card that is
 * replaced costs nobody the focus, and a panel that was open stays open.
 */
function keysOf(elements: readonly Node[]): readonly string[] {
  const seen = new Map<string, number>();
  return elements.map((node) => {
    const tag = text(node, 'tag');
    const nth = seen.get(tag) ?? 0;
    seen.set(tag, nth + 1);
    return text(node, 'name') || text(node, 'element_id') || `${tag}#${nth}`;
  });
}
