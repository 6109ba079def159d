/**
 * Every refusal with its sentence, in one place. Domain rules and services name a code; only the entrance turns it into
 * words. `{name}` is filled from the refusal's detail, `{typed|…}` with what the person typed where it may be said again, `{admin|…}` with who
 * administers where that is known, else with the words behind the bar. A sentence says what is the matter and what to do next.
 */
import type { CaseRefusal } from './domain/case.ts';
import { localWords } from './domain/level-names.ts';
import { quote } from './domain/quote.ts';

const caseRefusals = {
  case_not_yours: '这一步要由{who}来办，请联系他们{way}。',
  case_already_accepted: '{number} 已由{handler}接收，不用再点了{way}。',
  case_returned_wait: '{number} 已退回补正，等{registering}的代办员重新转送后再办。',
  case_not_accepted_yet: '{number} 还没有接收，请先点“接收”。',
  case_not_returned: '{number} 没有被退回，不用重新转送。',
  case_not_completed_yet: '{number} 还没有办结，办结后再做这一步。',
  case_not_delivered_yet: '{number} 还没有确认送达，请先把结果送给群众。',
  case_already_completed: '{number} 已经办结，不能再改；有问题请联系{holder}。',
  case_already_delivered: '{number} 的结果已经送达，不用重复操作。',
  case_already_rated: '{number} 已经回访评价过了，不用重复操作。',
  case_archived: '{number} 已经归档，不能再操作。',
  case_withdrawn: '{number} 已经撤回；群众还要办，请重新登记。',
  case_suspended: '{number} 已中止，这一步现在不能办；条件具备后由{holder}点“恢复”。',
  case_not_suspended: '{number} 没有中止，不用恢复。',
  case_terminated: '{number} 已经终止；群众还要办，请重新登记。',
  case_no_higher_level: '{item}在本级就能办，没有可以转送的上级。',
  case_urged_today: '{number} 已经催办过了，下个工作日还没动静再催。',
  case_nothing_to_rectify: '{number} 没有需要整改的评价。',
  case_correct_by_unit: '{number} 的更正由{registering}的代办员来做，请联系他们。',
  case_correct_by_manager: '{number} 已经办结，更正由{manager}写明原因来做，请联系他们。',
  case_rectify_first: '{number} 的评价不满意，要先由管理员填写整改情况。',
} satisfies Record<CaseRefusal, string>;

const refusals = {
  ...caseRefusals,
  not_staff: '您还没有登记为代办员。请填写登记卡，管理员通过后就能使用。',
  staff_pending: '您的申请已经提交，请等管理员通过。',
  not_for_your_role: '“{command}”要{audience}才能用。发 /帮助 看看您能用什么。',
  card_outdated: '这张卡片是旧的，已换成最新状态，请看清后再点一次。',
  line_too_long:
    '这条消息太长了，最多读{max}个字。请写短一些再发；登记多位群众请一行一位，一次最多20位，例如：/登记 低保 张三 13800000000',
  text_too_long: '{field}请控制在{max}字以内，改短后再点一次。',
  choice_unknown: '卡片上没有这个选项，请重新选一次再点。',
  button_unknown: '这个按钮已经失效了，请发 /待办 打开最新的卡片。',
  draft_not_yours: '这张登记卡是别人开的，请发 /登记 自己开一张。',
  draft_used: '这张登记卡已经提交过，编号 {number}，没有重复登记。',
  list_too_long: '一次最多登记{max}位，请分几次发。',
  list_done: '这张清单上能登记的都登记过了，没有重复登记。',
  list_nothing_right: '清单里还没有可以登记的行，请先点“改”把错的改好。',
  list_needs_consent: '请先征得每位群众同意，勾选“自愿委托确认”，再点一次。',
  draft_gone: '这张登记卡已经过期，请发 /登记 重新开一张。',
  return_needs_reason: '请写明退回原因，或需要补正的材料（一次写全），再点“退回补正”。',
  return_again_needs_reason: '这件已经退回过一次。请在“上次退回为什么没有一次说清”里写明原因，再点“退回补正”。',
  refusal_needs_reason: '请写明不予办理的理由：点开“办结”下面那一栏，写在“说明”里，再点“办结”。',
  escalate_dead_end: '{unit}还没有群，也没有代办员，转过去没人接。请线下送件，在这里办结。',
  forward_dead_end: '{unit}现在没有群，也没有代办员，转过去没人接。请线下送件，或请{admin|系统管理员}绑定群后再转。',
  urge_dead_end: '{unit}没有群，也没有代办员，在这里催没人看到。请打电话或上门找他们，并告诉{admin|系统管理员}。',
  refusal_needs_advice: '请写明群众还能怎么办：点开“办结”下面那一栏，写在“群众下一步可以”里，再点“办结”。',
  external_number_unfit: '一窗受理号只有字母、数字和横线，最多40个字，请核对后再点一次。',
  external_number_personal: '一窗受理号群里看得到，不要写手机号、身份证号，请核对后再点一次。',
  check_not_yours: '抽查回访由旗县的管理员来做，经办和回访这件的人不抽查自己。请联系旗县管理员。',
  check_unknown: '这件没有被抽到，不用抽查回访。',
  check_done: '{number} 的抽查回访{who}已经做过，没有重复记录。',
  check_needs_result: '请选“一致”或“不一致”，再点“提交”。',
  check_needs_note: '不一致的，请写明群众怎么说，再点“提交”。',
  information_office_only: '采用、加分、分值和发布由旗里的管理员来做，请联系旗政府办。',
  information_no_unit: '政务信息由苏木乡镇和旗直部门报送，{unit}不报送。发 /信息 看稿件和排名。',
  information_needs_title: '请填标题，再点一次。',
  information_needs_body: '请填文档链接或正文，再点一次。',
  information_day_unfit: '日期请写成 2026-06-30 或 6月30日 这样，再点一次。',
  information_day_ahead: '日期还没有到，请核对后再点一次。',
  information_day_before: '采用日期比稿件的日期早，请核对后再点一次。',
  information_published:
    '{half}的排名已经发布，不能再改。请把日期改到没有发布的半年；确实有错，请旗政府办在“排名”里更正。',
  information_correction_open: '{half}的更正已经开始了，改好后点“发布更正”。',
  information_correction_needs_reason: '请写明更正原因（至少4个字），再点“更正”。',
  information_correction_same: '和已经发布的一样，还没有改动。请先改采用或加分，再发布更正。',
  information_no_correction: '{half}没有在更正，请发 /信息 重新打开。',
  information_correction_changed: '采用或稿件已经改过了，和发布的不一样。请点“发布更正”，或先改回去。',
  information_half_ahead: '{half}还没有到。不写半年就是现在这半年。',
  information_not_published: '{half}的排名还没有发布，发布后大家都能看。',
  information_too_early: '{half}还没有过完，过完再发布。',
  information_duplicate: '{unit}这半年已经报送过同样标题的稿件，没有重复报送。要看请发 /信息。',
  information_needs_kind: '请选是哪一种，再点一次。',
  information_needs_unit: '请选单位，再点一次。',
  information_times_unfit: '次数请写1到100的整数，再点一次。',
  information_points_unfit: '分值请写0到{max}的整数，不能是负数，再点一次。',
  information_points_past: '分值从今天或以后的日子起算，以前采用的分数不改。请把日期改好再点一次。',
  information_points_same: '那天起就是这个分值，没有改动。',
  information_adopted: '这篇已经记过这种采用，没有重复记。',
  information_undone: '这条采用已经撤销过了。',
  information_undo_needs_reason: '请写明撤销原因，再点“撤销”。',
  information_unknown: '这篇稿件或这条采用不在了，请发 /信息 重新打开。',
  information_half_unknown: '请写半年，例如：/信息 2026上半年；不写就是现在这半年。',
  information_not_yours: '只能看本单位的稿件。',
  withdraw_needs_reason: '请写一句撤回原因，再点“撤回”。',
  suspend_needs_reason: '请先选中止原因，再点“中止”。',
  suspend_needs_words: '请写明为什么中止、等什么，再点“中止”。',
  terminate_needs_reason: '请先选终止原因，再点“终止”。',
  terminate_needs_words: '请写明为什么终止，再点“终止”。',
  terminate_needs_advice: '请写明群众下一步可以怎么办，再点“终止”。',
  more_nothing: '这件现在没有您能做的其他操作，请看代办件卡片上由谁办理。',
  more_outdated: '{number} 刚有变化，请在代办件卡片上重新打开这张表。',
  colleague_missing: '请先选一位同事，再点一次。',
  colleague_unknown: '选的人现在不是{unit}的在岗人员，请重新选。',
  handed_over_already: '{number} 本来就由{name}{work}，不用再转。',
  correct_outdated: '{number} 刚有变化，请在代办件卡片上再点一次“更正”。',
  correct_nothing: '没有改动，不用更正。',
  correct_needs_reason: '已经办结的件，请写明更正原因（至少4个字），再点“确认更正”。',
  correct_other_place: '“所在嘎查社区”只能改成{town}的；要换地方，请撤回后重新登记。',
  correct_item_elsewhere: '{number} 已在{holder}办理，改成“{item}”要换承办单位。请撤回后重新登记。',
  correct_item_not_on_the_spot: '{number} 是村级当场办结的，“{item}”村级不能当场办结，不能这样改。',
  no_banner: '还没有旗县这一级单位，请{admin|系统管理员}先导入单位。',
  bulletin_not_yours: '通报由{banner}的管理员核对和发布，请联系他们；发布后发 /通报 就能看。',
  bulletin_quarter_unknown: '没看懂是哪个季度，请写成 2026Q3 或 上季，例如：/通报 2026Q3',
  bulletin_too_early: '{quarter}到{end}才结束，过了再出通报。',
  bulletin_none: '{quarter}的通报还没有发布，发布后会发到各群。',
  bulletin_published: '{quarter}的通报已经发布，不能再改；有错请用“更正”。',
  bulletin_outdated: '这份草稿刚有人改过，卡片已换成最新的，请看清后再点一次。',
  bulletin_draft_open: '{quarter}的更正已经有人在写，发 /通报 看草稿。',
  bulletin_corrected: '{quarter}的通报已有新的更正，发 /通报 看最新的那份。',
  bulletin_needs_reason: '请写明更正原因（至少4个字），再点“更正”。',
  bulletin_not_for_you: '这份通报是别的旗县的，请联系他们。',
  undo_nothing: '{number} 没有可以撤销的一步，或者后面已经接着办了。{next}',
  undo_not_yours: '“{step}”只能由{who}{how}，请联系他们。',
  undo_too_late: '“{step}”要在{until}前{how}，现在过了。{next}',
  note_needs_words: '请先写说明，再点“加说明”。',
  note_too_long: '说明请控制在{max}字以内，改短后再发。',
  rating_missing: '请先选群众的满意度，再点“回访评价”。',
  rectify_needs_note: '请写明整改情况，再点“整改”。',
  case_unknown: '没有找到这个代办件，请核对编号。',
  find_nothing: '没有找到这个代办件，请核对编号、姓名或手机号；不归您经手的件也查不到。',
  find_masked_phone: '带*号的号码查不了，请发手机号最后四位，例如：/查 1234',
  find_needs_word: '请写上编号、姓名或手机尾号，例如：/查 1234',
  responsible_needs_number: '请写上完整编号，例如：/责任人 26-01-00012；要看某一天，在后面写日期，如 11月24日。',
  responsible_day_unread: '没看懂是哪一天。日期可以写：11月24日、昨天、2026-11-24，只写一天。',
  reveal_not_handler: '只有经手这件代办的人能看群众的完整信息。',
  print_not_handler: '只有经手这件代办的人能打印，请找登记的代办员或承办单位的同事。',
  print_not_now: '{number} 现在没有{slip}可打印，请在代办件卡片上点“打印”，看现在有哪些。',
  papers_not_handler: '只有经手这件代办的人能传材料、看材料，请交给经办的同事。',
  papers_case_closed: '{number} 已经归档、撤回或终止，不再收材料。',
  papers_round_over: '这次传材料已经结束了。还要传，请打开代办件的卡片，点“传材料”。',
  papers_none: '{number} 还没有材料。',
  applicant_erased: '这位群众的个人信息已按规定删除，看不到了。',
  erase_admin_only: '删除个人信息只有系统管理员能做，请联系{admin|系统管理员}。',
  erase_private: '删除个人信息请系统管理员私信发给我，不要发在群里。',
  erase_needs_number: '请写上编号和原因，例如：/删除申请人 26-01-00012 本人书面申请',
  erase_needs_reason: '请写明删除原因（至少4个字），再点“确认删除”。',
  retention_admin_only: '只有系统管理员能决定，请联系{admin|系统管理员}。',
  retention_outdated: '设置后来改过了，这张卡片不作数；还要问的，会再发一张。现在的年限请看 /设置。',
  retention_decided: '{who}已经选了“{answer}”。要改年限或停下，请发 /设置。',
  bind_in_group: '请到要绑定的群里@我，发“/绑定 单位名称”。',
  bind_not_allowed: '只有系统管理员能绑定群，请联系{admin|系统管理员}。',
  bind_choose_unit: '请先选单位，再点“绑定”。',
  unbind_not_allowed: '要由{unit}的管理员或{admin|系统管理员}来解绑。',
  unbind_nothing: '{unit}没有绑定群，不用解绑。',
  unbind_needs_unit: '请写上单位，例如：/解绑 大雁镇；或到它的群里@我，发“/解绑”。',
  unbind_which: '本群有几个单位：{units}。请写上要解绑的，例如：/解绑 {first}',
  unit_unknown: '没有找到{typed|这个单位}，请写单位全称，或直接在卡片里选。',
  unit_ambiguous: '有几个单位都对得上：{candidates}。请写全称。',
  setup_done: '系统已经有管理员了。需要权限，请联系您单位的管理员。',
  setup_wrong_code: '口令不对，请核对程序第一次启动时打印的口令。',
  setup_locked: '您填错的次数太多了，请重启程序，用新打印的口令。',
  setup_code_gone: '口令已经失效，请重启程序，用新打印的口令。',
  introduced_already: '您已经登记为{name}，不用再填。',
  setup_private: '口令不要发在群里，请私信发给我。',
  application_decided: '这份申请已由{who}处理过了。',
  reject_needs_reason: '请先写明不通过的原因，再点“不通过”；原因会告诉申请人。',
  application_not_yours: '要由{unit}的管理员或{admin|系统管理员}审批。',
  role_not_grantable: '您不能授予“{role}”，请联系{admin|系统管理员}。',
  staff_needs_words: '请写上姓名，例如：{example}',
  staff_unknown: '您能管的在岗人员里没有这个姓名，请核对；别的单位的人，请联系{admin|系统管理员}。',
  staff_unknown_near:
    '您能管的在岗人员里没有这个姓名，是不是“{near}”？请核对后再发；别的单位的人，请联系{admin|系统管理员}。',
  staff_not_joined:
    '{unit}的{name}在名单里，但还没有加入机器人，没有可以停用、调动的账号。要从名册里去掉，请{admin|系统管理员}改好名单重新 /导入。',
  staff_self: '不能改自己的，请联系上级管理员或{admin|另一位系统管理员}。',
  staff_not_yours: '{unit}的这位同事要由上级管理员或{admin|系统管理员}来调整。',
  staff_changed: '这位同事的情况已经变了，请重新发 /停用、/调动 或 /角色。',
  staff_unchanged: '这位同事本来就是这样，不用改。',
  staff_move_not_yours: '只能调到您管的单位；要调到别处，请联系{admin|系统管理员}。',
  staff_last_admin: '这是最后一位系统管理员，请先发 /角色 让另一位同事成为系统管理员。',
  stand_in_not_yours: '{absent}的代班要由本人或{unit}的管理员来定，代班的人不能再转给别人。',
  stand_in_self: '不能自己代自己的班，请选一位同事。',
  stand_in_place: '{standIn}和{absent}不在同一个单位，也不在同一个苏木乡镇，不熟悉情况。请选近处的同事。',
  stand_in_days_unread: '没看懂从哪天到哪天。可以写：明天、12月1日、2026-12-01，改好再点。',
  stand_in_days: '“到哪天”在“从哪天”之前，请核对后再点。',
  stand_in_past: '“从哪天”已经过去了，请从今天或以后的日子开始。',
  stand_in_too_long: '一次代班最多60天。更久的，请管理员用 /调动 或 /停用 安排。',
  stand_in_overlaps: '{absent}这段时间里已经有人代班（{taken}）。请改日期，或先结束那一段。',
  stand_in_absent: '{standIn}这段时间自己也请假（{taken}），请选别的同事。',
  stand_in_chain: '{absent}这段时间在替别人代班（{taken}），不能再转给别人；请先结束那一段。',
  stand_in_missing: '请先选谁来代班，再点“定下来”。',
  stand_in_gone: '选的人现在不在岗，请重新发 /代班 再选。',
  stand_in_over: '这一段代班已经结束了。',
  stand_in_unread: '没看懂“谁代谁的班、从哪天到哪天”。例如：/代班 李强 12月1日至12月5日',
  stand_in_unknown: '没有找到叫这个名字、又能代班的在岗同事，请核对姓名，或只发 /代班 在卡片里选。',
  role_unknown: '身份只有：代办员、管理员、系统管理员。例如：/角色 王芳 管理员',
  already_staff: '您已经是{unit}的{role}了，不用重复申请。',
  report_not_yours: '{town}的月报由{who}填写、报送，请联系他们。',
  report_already: '{town}{month}的月报已由{who}报送，不用重复操作。',
  report_open: '{town}{month}的月报没有报送，不用撤销。',
  report_too_early: '{month}还没有过完，下个月再报送。',
  report_no_town: '月报由苏木乡镇报送，您的单位不用报。要看数字，请发 /统计。',
  report_not_received: '各镇的月报由旗里的管理员看、退回和催报，请联系他们。',
  report_month_unknown: '没看懂{typed|您写的月份或单位}。例如：/月报 2026-10，或 /月报 2026-10 大雁镇。',
  report_not_in: '{town}{month}的月报还没有报送，报送以后才有 Word 文件。',
  report_changed: '{town}{month}的月报刚有变化，请发 /月报 看最新的再点。',
  report_correct_open: '{town}{month}的月报还没有报送，直接改好再点“确认报送”，不用更正。',
  report_correct_needs_reason: '请写明更正原因，再点“确认更正”。',
  report_correct_nothing: '现在的台账和文字，和报送的这一版没有差别，不用更正。',
  report_return_needs_reason: '请写明退回原因，一次说全，再点“退回修改”。',
  report_return_open: '{town}{month}的月报现在没有报送，不用退回。',
  report_all_in: '{month}的月报都报送了，不用催报。',
  report_urged_today: '{month}的月报今天已经催过了，明天还没有报的再催。',
  stats_period_unknown:
    '没看懂{typed|您写的时间或单位}。时间可以写：今天 本周 本月 上月 本季 今年 2026-11 2026Q3；单位写全称。',
  stats_grouping_unknown: '没看懂{typed|您要按什么分}。可以写：按镇 按嘎查 按部门 按事项 按类型 按方式 按代办员。',
  stats_not_for_asker: '这张统计是{who}查的，只能看{unit}及下属单位；要看别的，请自己发 /统计。',
  period_ahead: '{period}还没有到，没有数字。可以看本月、上月、今年。',
  stats_not_yours: '您只能看{unit}及下属单位的统计、排名和台账。',
  roster_not_yours: '您只能要{unit}及下属单位的名册；别的单位的，请找那个单位或上级的管理员。',
  roster_no_places: '名册只列苏木乡镇和嘎查社区的代办员，这个单位下面没有。请写旗、苏木乡镇或嘎查社区的名称。',
  annual_no_town: '考核指标按苏木乡镇出，请写苏木乡镇或旗的名称，例如：/考核 今年 大雁镇',
  evidence_none: '“{title}”还没有照片，请点“传照片或PDF”。',
  task_gone: '这项任务已经不在现行方案里了，请发 /任务 看最新的。',
  task_not_of_unit: '第{number}项任务不是{unit}的，请发 /任务 看{unit}有哪些。',
  task_not_yours: '要由{unit}的管理员（或上级管理员）来填，请联系他们。',
  task_not_ongoing: '第{number}项任务方案没有写“持续推进”，请选“已完成”或“进行中”。',
  task_unchanged: '和现在的一样，没有改动，不用保存。',
  task_needs_words: '请在“完成情况”里写一句做了什么，再点“保存”。',
  readiness_no_place: '“七有”只查苏木乡镇的便民服务中心和嘎查社区的便民服务站，请写苏木乡镇或嘎查社区的名称。',
  readiness_not_yours: '要由{center}自己的人员，或{unit}的上级管理员来看、来填。您的单位是{own}。',
  readiness_changed: '检查项目已经换了新的，请发 /七有 重新打开。',
  readiness_no_list: '还没有启用的检查项目，请{admin|系统管理员}发 /导入，导入“检查项目”。',
  duties_not_yours: '这是{name}的职责，要本人阅知。看您自己的，请发 /我。',
  duties_changed: '职责和这张卡片上的不一样了，请重新发 /我，看过再点。',
  ledger_open_has_no_period: '“在办”是现在还没办结的件，不分时间。只发 /台账 在办，或者只写时间。',
  ledger_too_long: '这段时间有{count}件，太多了。请分几段时间要，例如：/台账 上月',
  ledger_changed: '台账的末尾被人改动过，现在记不了账，这里暂时不能办理。请马上告诉{admin|系统管理员}。',
  lists_no_place: '4张清单是旗、苏木乡镇和嘎查社区的，请写它们的名称，如：/清单 安达社区',
  lists_not_yours: '{unit}的清单由它自己或上级的管理员公布和更新，请联系他们。',
  lists_newer: '没有公布：刚有人更新过，现在是“{name}”。请发 /清单 看过，再点“更新”。',
  lists_unfit: '“{field}”要改一改：{rule}，改好再点一次。',
  lists_no_file: '这张清单没有文件。要文件，请找公布它的管理员。',
  item_admin_only: '事项只有系统管理员能改，请联系{admin|系统管理员}。',
  item_unknown: '没有这个事项了，请发 /事项 重新查。',
  item_unfit: '“{field}”没有改：{rule}，改好再点一次。',
  item_unchanged: '“{item}”没有要改的：填的和现在一样。',
  item_planned: '“{item}”已经有一个自{day}起的修改。要再改，请在事项卡片上先撤回它。',
  item_not_planned: '这个修改已经生效或撤回了，不能再撤回；要改回去，请在事项卡片上点“修改”。',
  settings_admin_only: '设置只有系统管理员能看、能改，请联系{admin|系统管理员}。',
  setting_unfit: '“{setting}”没有改：{rule}，改好再点一次。',
  setting_unchanged: '“{setting}”现在就是{value}，不用改。',
  import_admin_only: '名单只有系统管理员能导入，请联系{admin|系统管理员}。',
  import_not_yours: '这份名单是另一位管理员发的，请自己发一份再导入。',
  import_gone: '这份名单已经取消或过期，请把文件再发一次。',
  import_done: '这份名单已经导入过了，没有重复导入。',
  import_nothing: '没有有问题的行了，不用下载。',
  import_outdated: '核对以后有人改动过，请把文件再发一次，按最新的情况核对。',
  export_admin_only: '群众的完整信息只有系统管理员能导出，请联系{admin|系统管理员}。',
  export_needs_reason: '请写明导出原因（至少4个字），再点“确认导出”。',
  export_empty: '本期暂无办件，没有可导出的。',
} as const satisfies Record<string, string>;

export type RefusalCode = keyof typeof refusals;

/** Thrown by a service: everything it wrote is undone and the person gets the sentence. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: RefusalCode;
  readonly detail: Readonly<Record<string, string>>;
  readonly #typed: string;

  /**
   * @param detail what the program knows: names of units and staff, numbers of cases.
   * @param typed what the person typed, never part of `detail`: only `sentenceIn` knows where it may be said again.
   */
  constructor(code: RefusalCode, detail: Readonly<Record<string, string>> = {}, typed = '') {
    super(code);
    this.code = code;
    this.detail = detail;
    this.#typed = typed;
  }

  /** The sentence for whoever reads along, with its gaps filled. */
  get sentence(): string {
    return this.sentenceIn('group');
  }

  /** Whether the sentence sends to who administers. */
  get asksForAdmin(): boolean {
    return refusals[this.code].includes('{admin|');
  }

  /** @param known.admin who administers, as people are to read it. */
  sentenceIn(chatType: 'p2p' | 'group', known: { readonly admin?: string | undefined } = {}): string {
    const typed = this.#typed === '' ? null : quote(this.#typed, chatType);
    const filled = (name: string) => {
      if (name === 'typed') return typed;
      return name === 'admin' ? known.admin : this.detail[name];
    };
    return localWords(refusals[this.code]).replace(
      /\{(\w+)(?:\|([^}]+))?\}/g,
      (_gap, name: string, instead = '') => filled(name) ?? instead,
    );
  }
}
