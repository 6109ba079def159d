/** What people call the items of the catalogue. */
import { type CatalogueItem, folded } from './catalogue.ts';

/** As the platform's own clients show an option in one line of a phone. */
const OPTION_CHARACTERS_MAX = 35;

/**
 * Everyday names of what the catalogue (Annex 1 of the plan) calls otherwise, as heard at service windows; they are not part
 * of the source. Left: a part of the item's title. An everyday name may stand for several items.
 */
const commonNames: readonly (readonly [title: string, names: string])[] = [
  ['各类优抚补助对象的认定', '优抚 抚恤 优抚金 烈属 军属 伤残军人'],
  ['部分农村籍退役士兵老年生活补助', '退役补助 退伍补助 退伍军人补助 老兵补助'],
  ['城乡居民参保信息变更登记', '医保 医保变更 医保信息变更'],
  ['城乡居民参保登记', '医保 医保登记 居民医保 医疗保险 合作医疗 新农合'],
  ['异地转诊人员备案', '转诊 转院 异地就医 外地看病 异地备案'],
  ['困难残疾人生活补贴', '残疾补贴 残补 两项补贴 重残补贴 残疾人补贴'],
  ['最低生活保障对象认定', '低保 低保金 低保户 最低生活保障'],
  ['老年人福利补贴', '高龄补贴 老年补贴 高龄津贴 老人补贴 老龄补贴'],
  ['临时救助对象认定', '临救 救济 困难救助 救助金'],
  ['购买基本公共就业创业服务', '就业服务 购买就业服务'],
  ['失业登记', '失业证 下岗登记'],
  ['就业创业证', '失业证 就业证 创业证 就业失业登记证'],
  ['就业困难人员认定', '就业困难 就业困难认定 零就业家庭'],
  ['就业困难人员灵活就业社会保险补贴', '社保补贴 灵活就业补贴'],
  ['高校毕业生灵活就业社会保险补贴', '社保补贴 灵活就业补贴 大学生社保补贴 毕业生补贴'],
  ['城乡居民养老保险参保登记', '养老保险 农保 新农保 居民养老 养老登记'],
  ['个人权益记录查询打印', '参保证明 社保证明 社保打印 打印社保'],
  ['个人基本信息变更', '养老保险变更 养老变更 社保信息变更'],
  ['养老保险关系转移接续', '社保转移 养老转移 养老保险转移'],
  ['设置大型户外广告', '广告牌 户外广告 横幅 条幅'],
  ['从事生活垃圾', '垃圾清运 垃圾处理'],
  ['环境卫生设施拆迁', '环卫设施 环卫设施拆迁'],
  ['各种管线、杆线', '管线 架线 埋管'],
  ['临时性建筑物搭建', '占道 临建 临时建筑'],
  ['砍伐城市树木', '砍树 伐树'],
  ['占用城市绿化用地', '占绿地 占用绿地'],
  ['城市建筑垃圾处置', '渣土 建筑垃圾'],
  ['宅基地', '宅基地 批地 建房'],
  ['乡村建设规划许可证', '规划许可 规划许可证 建房许可 乡建证'],
  ['使用草原的审批', '草场 草原 棚圈'],
  ['三孩以上', '三孩 三胎 准生证 再生育'],
  ['全面二孩政策', '二孩 二胎 准生证 生育登记'],
  ['计划生育家庭奖励扶助', '计生 奖扶 计生奖扶 计生奖励 独生子女补助'],
  ['残疾人精准康复', '康复 残疾康复'],
  ['残疾人证注销', '残疾证 残疾人证 残疾证注销 注销残疾证'],
  ['残疾人证挂失补办', '残疾证 残疾人证 残疾证补办 补办残疾证 残疾证挂失'],
  ['辅助器具', '辅具 轮椅 拐杖 助听器 假肢'],
  ['驾驶证', '驾照 驾驶证 驾驶本 换驾照 补驾照 驾照换证'],
  ['机动车违法', '违章 交通违章 违法查询 罚单'],
  ['驾驶人计分', '扣分 驾照分 查分 记分 驾照扣分'],
];

type Named = Pick<CatalogueItem, 'mainItem' | 'subItem' | 'commonNames'>;

/** All of an item's: those that an imported list gives it, then those of the table; those said most often first. */
export function everydayNames(item: Named): string[] {
  const titles = [folded(item.mainItem), folded(item.subItem)];
  const usual = commonNames
    .filter(([title]) => titles.some((own) => own.includes(folded(title))))
    .flatMap(([, names]) => names.split(' '));
  return [...new Set([...(item.commonNames ?? []), ...usual])];
}

/** `最低生活保障对象认定（低保）`: the name with what people mostly call it, so that a client's own search finds it by either. */
export function optionText(item: Named): string {
  const title = [...item.subItem];
  const name = everydayNames(item).find((one) => !item.subItem.includes(one));
  if (name === undefined) return item.subItem;
  const room = OPTION_CHARACTERS_MAX - name.length - '（）'.length;
  const shown = title.length > room ? `${title.slice(0, room - 1).join('')}…` : item.subItem;
  return `${shown}（${name}）`;
}
