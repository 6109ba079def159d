/** Every slash command there is. The help card is drawn from this table. */
import { annual } from './annual.ts';
import { bind } from './bind.ts';
import { bulletin } from './bulletin.ts';
import type { Command } from './command.ts';
import { erase } from './erase.ts';
import { find } from './find.ts';
import { helpOn } from './help.ts';
import { importLists } from './import.ts';
import { information } from './information.ts';
import { items } from './items.ts';
import { ledger } from './ledger.ts';
import { me } from './me.ts';
import { rank } from './rank.ts';
import { readiness } from './readiness.ts';
import { register } from './register.ts';
import { report } from './report.ts';
import { responsible } from './responsible.ts';
import { roster } from './roster.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { changeRole, deactivate, move } from './staff-change.ts';
import { standIn } from './stand-in.ts';
import { stats } from './stats.ts';
import { tasks } from './tasks.ts';
import { todo } from './todo.ts';
import { unbind } from './unbind.ts';
import { unitLists } from './unit-lists.ts';

export const commands: readonly Command[] = [
  register,
  todo,
  find,
  responsible,
  items,
  unitLists,
  me,
  standIn,
  helpOn(() => commands),
  stats,
  rank,
  bulletin,
  ledger,
  report,
  roster,
  information,
  readiness,
  tasks,
  annual,
  deactivate,
  move,
  changeRole,
  unbind,
  bind,
  settings,
  importLists,
  erase,
  setup,
];
