import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesAnItem, searchItems } from '../../src/domain/catalogue.ts';
import { prepareCatalogue } from '../../src/domain/prepare-catalogue.ts';
import { catalogueRows } from './catalogue-rows.ts';

const catalogue = prepareCatalogue(catalogueRows);
const titles = (query: string) => searchItems(catalogue, query).map(({ item }) => item.subItem);

describe('searchItems', () => {
  it.each([
    // Words of the title.
    ['失业登记', '失业登记'],
    ['宅基地', '农村村民宅基地审批'],
    ['砍伐 树木', '砍伐城市树木审批'],
    ['民政 老年', '老年人福利补贴'],
    ['《就业创业证》', '《就业创业证》申领'],
    ['参保 变更', '城乡居民参保信息变更登记'],
    ['残疾人证，补办', '残疾人证挂失补办'],
    // Pinyin of title and of the everyday name.
    ['dibao', '最低生活保障对象认定'],
    ['DiBao', '最低生活保障对象认定'],
    ['db', '最低生活保障对象认定'],
    ['zhaijidi', '农村村民宅基地审批'],
    ['zjd', '农村村民宅基地审批'],
    ['linshijiuzhu', '临时救助对象认定、救助金给付'],
    ['sydj', '失业登记'],
    // Codes.
    ['1115272701173863324002014104001', '失业登记'],
    ['11150626MB165521XP4152036060007', '城乡居民参保信息变更登记'],
    ['13152727011739142L4152099028', '残疾人辅助器具适配服务'],
    // Everyday names.
    ['低保', '最低生活保障对象认定'],
    ['高龄补贴', '老年人福利补贴'],
    ['老年补贴', '老年人福利补贴'],
    ['医保登记', '城乡居民参保登记'],
    ['合作医疗', '城乡居民参保登记'],
    ['新农合', '城乡居民参保登记'],
    ['养老保险', '城乡居民养老保险参保登记'],
    ['三孩', '再生育审批（三孩以上生育审核）'],
    ['二胎', '全面二孩政策'],
    ['驾照', '换领、补领驾驶证和注销驾驶资格'],
    ['驾驶证', '换领、补领驾驶证和注销驾驶资格'],
    ['违章', '机动车违法信息查询服务'],
    ['扣分', '驾驶人计分查询'],
    ['驾照分', '驾驶人计分查询'],
    ['转诊', '异地转诊人员备案（镇、村）'],
    ['优抚', '各类优抚补助对象的认定'],
    ['退役补助', '部分农村籍退役士兵老年生活补助的发放'],
    ['轮椅', '残疾人辅助器具适配服务'],
    ['社保转移', '城乡居民基本养老保险关系转移接续申请'],
    ['参保证明', '个人权益记录查询打印（个人参保证明打印）'],
    ['奖扶', '计划生育家庭奖励扶助'],
    // Characters left out.
    ['城乡养老', '城乡居民养老保险参保登记'],
  ])('%s finds first %s', (query, first) => {
    expect(titles(query)[0]).toBe(first);
  });

  it.each([
    ['残疾证', ['残疾人证注销', '残疾人证挂失补办']],
    ['失业证', ['失业登记', '《就业创业证》申领']],
    ['准生证', ['再生育审批（三孩以上生育审核）', '全面二孩政策']],
    ['补办残疾证', ['残疾人证挂失补办', '残疾人证注销']],
  ])('%s stands for several items', (query, expected) => {
    expect(titles(query).slice(0, 2)).toEqual(expected);
  });

  it.each(['', ' ', '，', '护照', '低保 宅基地', 'qqqq', '11152', '张三'])('%j finds nothing', (query) => {
    expect(searchItems(catalogue, query)).toEqual([]);
  });

  it('ranks exact before beginning before containing before everyday name before pinyin before initials', () => {
    const item = (mainItem: string) => ({ code: mainItem, mainItem, subItem: mainItem, department: '' });
    const four = prepareCatalogue([item('老人证'), item('证'), item('办证'), item('证明')]);
    expect(searchItems(four, '证').map((found) => found.item.mainItem)).toEqual(['证', '证明', '老人证', '办证']);
    const two = prepareCatalogue([item('办证明书'), item('办证明')]);
    expect(searchItems(two, 'bzm').map((found) => found.item.mainItem)).toEqual(['办证明', '办证明书']);
    const scores = [
      ['证', '证'],
      ['证', '证明'],
      ['证', '办证'],
      ['低保', '最低生活保障对象认定'],
      ['banzh', '办证'],
      ['bzm', '办证明书'],
    ].map(([query = '', title = '']) => searchItems(prepareCatalogue([item(title)]), query)[0]?.score ?? 0);
    expect(scores).toEqual([...new Set(scores)].sort((a, b) => b - a));
    expect(scores.at(-1)).toBeGreaterThan(0);
  });

  it('finds every item by its own title, its code and its pinyin initials', () => {
    for (const row of catalogueRows) {
      expect(searchItems(catalogue, row.subItem)[0]?.item).toBe(row);
      expect(searchItems(catalogue, row.code)[0]?.item).toBe(row);
    }
  });

  it('has an everyday name for every item', () => {
    const unnamed = catalogue.filter((entry) => entry.commonNames.length === 0).map((entry) => entry.item.mainItem);
    expect(unnamed).toEqual([]);
  });

  it('never throws, and gives each item once, nearest first', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (query) => {
        const found = searchItems(catalogue, query);
        expect(new Set(found.map(({ item }) => item)).size).toBe(found.length);
        expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
      }),
    );
  });
});

describe('namesAnItem', () => {
  it.each(['低保', '最低生活保障', '／低保！'])('%s is what people call one', (word) => {
    expect(namesAnItem(catalogue, word)).toBe(true);
  });

  it.each(['', '低', 'dibao', '低保张三', '天气', '民政部门'])('“%s” is not', (word) => {
    expect(namesAnItem(catalogue, word)).toBe(false);
  });
});
