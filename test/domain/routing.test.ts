import { describe, expect, it } from 'vitest';
import { higherHolder, mayCompleteOnTheSpot, type RoutedItem, type RoutedUnit } from '../../src/domain/routing.ts';
import type { ItemLevel } from '../../src/domain/unit.ts';

const region: RoutedUnit = { id: 10, level: 'region', parentId: null };
const league: RoutedUnit = { id: 20, level: 'league', parentId: 10 };
const banner: RoutedUnit = { id: 30, level: 'banner', parentId: 20 };
const department: RoutedUnit = { id: 40, level: 'department', parentId: 30 };
const town: RoutedUnit = { id: 50, level: 'town', parentId: 30 };
const village: RoutedUnit = { id: 60, level: 'village', parentId: 50 };

const above = [banner, league, region];
const lines = {
  village: [village, town, ...above],
  town: [town, ...above],
  department: [department, ...above],
  banner: above,
  league: [league, region],
  region: [region],
};

const item = (levels: readonly ItemLevel[], over: Partial<RoutedItem> = {}): RoutedItem => ({
  levels,
  assistType: 'local',
  departmentUnitId: department.id,
  ...over,
});

describe('up from the town', () => {
  it('goes what the catalogue lists above it, to the department it names', () => {
    expect(higherHolder(item(['镇级', '县级']), lines.town)).toBe(department.id);
    expect(higherHolder(item(['自治区级']), lines.town)).toBe(department.id);
  });

  it('goes to the banner itself when no department is named', () => {
    expect(higherHolder(item(['镇级', '县级'], { departmentUnitId: null }), lines.town)).toBe(banner.id);
  });

  it('goes what is extended, even if no higher level is listed', () => {
    expect(higherHolder(item(['镇级', '村级'], { assistType: 'extended' }), lines.town)).toBe(department.id);
    expect(higherHolder(item(['村级'], { assistType: 'extended' }), lines.town)).toBe(department.id);
    const unnamed = item(['镇级'], { assistType: 'extended', departmentUnitId: null });
    expect(higherHolder(unnamed, lines.town)).toBe(banner.id);
  });

  it('goes nothing that is listed here at the highest', () => {
    expect(higherHolder(item(['镇级', '村级']), lines.town)).toBeUndefined();
    expect(higherHolder(item(['镇级']), lines.town)).toBeUndefined();
  });
});

describe('up from elsewhere', () => {
  it.each([
    ['a village with an item of the town', lines.village, item(['镇级', '村级']), department.id],
    ['a village with an item of its own', lines.village, item(['村级']), undefined],
    ['a village, extended', lines.village, item(['村级'], { assistType: 'extended' }), undefined],
    ['a department with an item of the league', lines.department, item(['县级', '盟市级']), league.id],
    ['a department with an item of the banner', lines.department, item(['县级']), undefined],
    ['a department, extended', lines.department, item(['县级'], { assistType: 'extended' }), undefined],
    ['the banner with an item of the region', lines.banner, item(['自治区级']), league.id],
    ['the league with an item of the region', lines.league, item(['自治区级']), region.id],
    ['the league with an item of its own', lines.league, item(['盟市级', '县级']), undefined],
    ['the region', lines.region, item(['自治区级', '村级']), undefined],
    ['nobody', [], item(['自治区级']), undefined],
  ])('%s', (_which, line, routed, to) => {
    expect(higherHolder(routed, line)).toBe(to);
  });
});

describe('on the spot', () => {
  it('is done only what the catalogue lists at 村级', () => {
    expect(mayCompleteOnTheSpot({ levels: ['镇级', '村级'] })).toBe(true);
    expect(mayCompleteOnTheSpot({ levels: ['县级', '镇级'] })).toBe(false);
    expect(mayCompleteOnTheSpot({ levels: [] })).toBe(false);
  });
});
