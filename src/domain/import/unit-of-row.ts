/** Which unit a row of Annex 5 belongs to: 苏木乡镇 in its first table, 嘎查社区 in its second, whose towns may stand in the title. */
import { local } from '../level-names.ts';
import type { UnitLevel } from '../unit.ts';
import { faultAt, type PlacedRow } from './file.ts';
import { didYouMean } from './nearest.ts';
import type { Fault } from './plan.ts';
import { unitKey } from './units.ts';

/** A unit in use. */
export interface ListedUnit {
  readonly id: number;
  readonly level: UnitLevel;
  readonly name: string;
  readonly parentId: number | null;
}

export type FoundUnit = { readonly id: number } | { readonly fault: Fault };

const fields = ['town', 'village', 'unit'] as const;

export class UnitFinder {
  readonly #units: readonly ListedUnit[];

  constructor(units: readonly ListedUnit[]) {
    this.#units = units;
  }

  find(placed: PlacedRow): FoundUnit {
    const { cells } = placed.row;
    const [town, village, unit] = fields.map((field) =>
      cells[field] === undefined ? undefined : unitKey(cells[field]),
    );
    if (village !== undefined) return this.#village({ placed, village, town });
    const at = (field: string, reason: string): FoundUnit => ({ fault: faultAt(placed, field, reason) });
    if (town !== undefined) {
      const [found] = this.#named('town', town);
      return found ? { id: found.id } : at('town', unknown(local`苏木乡镇`, town, this.#namesOf('town')));
    }
    if (unit === undefined) return at(fields.find((one) => one in placed.table.labels) ?? 'unit', '没有填单位');
    const [one, another] = this.#units.filter(({ name }) => unitKey(name) === unit);
    if (another) return at('unit', local`有几个“${unit}”，请改用“嘎查社区”和“所属苏木乡镇”两列`);
    const names = this.#units.map(({ name }) => name);
    return one ? { id: one.id } : at('unit', unknown('单位', unit, names));
  }

  #village(of: { placed: PlacedRow; village: string; town: string | undefined }): FoundUnit {
    const { placed, village, town } = of;
    const fault = (field: string, reason: string): FoundUnit => ({ fault: faultAt(placed, field, reason) });
    const towns = town === undefined ? this.#townsIn(placed.table.title) : this.#named('town', town);
    if (town !== undefined && towns.length === 0) {
      return fault('town', unknown(local`苏木乡镇`, town, this.#namesOf('town')));
    }
    const all = this.#named('village', village);
    const within = towns.length === 0 ? all : all.filter(({ parentId }) => towns.some(({ id }) => id === parentId));
    const [one, another] = within;
    if (one && !another) return { id: one.id };
    if (another) {
      const places = within.map(({ parentId }) => this.#units.find(({ id }) => id === parentId)?.name ?? '');
      return fault('village', local`${places.join('、')}都有“${village}”，请加一列“所属苏木乡镇”写明是哪个`);
    }
    if (all[0] && towns[0]) {
      const place = this.#units.find(({ id }) => id === all[0]?.parentId)?.name ?? '';
      return fault('village', `“${village}”在${place}，不在${towns[0].name}，请核对`);
    }
    return fault('village', unknown(local`嘎查社区`, village, this.#namesOf('village')));
  }

  /** 巴彦塔拉乡嘎查社区代办人员信息表. */
  #townsIn(title: string): ListedUnit[] {
    return this.#units.filter(({ level, name }) => level === 'town' && title.includes(unitKey(name)));
  }

  #named(level: UnitLevel, key: string): ListedUnit[] {
    return this.#units.filter((unit) => unit.level === level && unitKey(unit.name) === key);
  }

  #namesOf(level: UnitLevel): string[] {
    return this.#units.filter((unit) => unit.level === level).map(({ name }) => name);
  }
}

function unknown(what: string, name: string, names: readonly string[]): string {
  return `没有叫“${name.slice(0, 40)}”的${what}${didYouMean(name, names) || '，请核对，或先导入单位'}`;
}
