/*
 * The table of draft_words.h: whole labels first, then parts of labels, the more telling first.
 */
#include "form/draft_words.h"

static const tb_draft_word words[] = {
    {"项目名称", "project", "Project", "text"},
    {"主管部门", "department", "Department in charge", "text"},
    {"部门名称", "department", "Department", "text"},
    {"部门(单位)名称", "department", "Department", "text"},
    {"单位名称", "agency", "Agency", "text"},
    {"实施单位", "agency", "Agency", "text"},
    {"填报单位", "agency", "Filed by", "text"},
    {"填报人", "person", "Filled in by", "text"},
    {"填表人", "person", "Filled in by", "text"},
    {"联系人", "person", "Contact", "text"},
    {"负责人", "head", "Head", "text"},
    {"项目负责人", "head", "Head of the project", "text"},
    {"联系电话", "phone", "Phone", "phone"},
    {"电话", "phone", "Phone", "phone"},
    {"填报日期", "date", "Date", "date"},
    {"填表日期", "date", "Date", "date"},
    {"日期", "date", "Date", "date"},
    {"单位", "unit", "Unit of amounts", "text"},
    {"金额单位", "unit", "Unit of amounts", "text"},
    {"资金总额", "total", "Total funds", "amount"},
    {"年度资金总额", "total", "Total funds", "amount"},
    {"财政拨款", "fiscal", "Fiscal appropriation", "amount"},
    {"其中:财政拨款", "fiscal", "Fiscal appropriation", "amount"},
    {"其他资金", "other", "Other funds", "amount"},
    {"合计", "sum", "Total", "amount"},
    {"总体目标", "goal", "Overall goal", "text"},
    {"年度目标", "goal", "Goal of the year", "text"},
    {"一级指标", "level1", "First level", "text"},
    {"二级指标", "level2", "Second level", "text"},
    {"三级指标", "name", "Indicator", "text"},
    {"指标名称", "name", "Indicator", "text"},
    {"指标值", "value", "Value", "indicator"},
    {"权重", "weight", "Weight", "number"},
    {"分值", "points", "Points", "number"},
    {"得分", "score", "Score", "number"},
    {"序号", "number", "Number", "number"},
    {"数量", "quantity", "Quantity", "number"},
    {"单价", "price", "Price", "amount"},
    {"金额", "amount", "Amount", "amount"},
    {"占比", "share", "Share", "share"},
    {"备注", "remark", "Remark", "text"},
    {"绩效指标", "indicators", "Indicators", "text"},
    {"电话", NULL, NULL, "phone"},
    {"日期", NULL, NULL, "date"},
    {"指标值", NULL, NULL, "indicator"},
    {"目标值", NULL, NULL, "indicator"},
    {"占比", NULL, NULL, "share"},
    {"比例", NULL, NULL, "share"},
    {"权重", NULL, NULL, "number"},
    {"分值", NULL, NULL, "number"},
    {"金额", NULL, NULL, "amount"},
    {"资金", NULL, NULL, "amount"},
    {"预算数", NULL, NULL, "amount"},
    {"执行数", NULL, NULL, "amount"},
    {"预算", NULL, NULL, "amount"},
    {"支出", NULL, NULL, "amount"},
    {"收入", NULL, NULL, "amount"},
    {"拨款", NULL, NULL, "amount"},
    {"合计", NULL, NULL, "amount"},
    {"", NULL, NULL, "text"},
};

const tb_draft_word *tb_draft_find_word(tb_str key)
{
    size_t count = sizeof words / sizeof words[0];
    for (size_t i = 0; i < count; i++) {
        if (words[i].id != NULL && tb_str_equal(tb_str_of(words[i].label), key))
            return &words[i];
    }
    size_t i = 0;
    while (words[i].id != NULL ||
           (i + 1 < count && tb_str_find(key, tb_str_of(words[i].label)) < 0))
        i++;
    return &words[i];
}
