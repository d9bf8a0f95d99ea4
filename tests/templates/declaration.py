"""Declarations of an invented department, typed into the blank form in an office as a clerk would:
by headings and kinds of indicators, so that rows may have been added before."""

SHEET = "申报表"
CELLS = {"C2": 45979,  # 2025-11-18
         "C3": "云岭县农业农村局", "C4": "周例文", "F4": "19900001234",
         "D7": 1200.5, "D8": 300, "D10": 500.5,
         "F7": 1100, "F8": 250, "F10": 480, "F11": 870,
         "H7": 1150, "H8": 280, "H10": 490, "H11": 940,
         "B13": "1.拟订全县农业农村发展规划。\n2.指导农业生产和农产品质量安全监管。",
         "B14": "1.建设高标准农田。\n2.培训高素质农民。"}
PROJECTS = [("高标准农田建设", "一次性项目", 1200, 600, "田间道路、灌排设施建设"),
            ("高素质农民培训", "常年性项目", 150, 150, "培训场地、师资和教材"),
            ("农产品检测", "常年性项目", 150, 150, "检测设备维护和试剂"),
            ("村级档案整理", "一次性项目", 100, 100, "档案扫描和装订")]
END_YEAR = "长期目标（截止2028年）"
# The goal; then kind, indicator, long-term value, annual value.
GOALS = [
    ("建设高标准农田，改善农业生产条件",
     [("数量指标", "高标准农田建设面积", "≥9000亩", "≥3000亩"),
      ("数量指标", "田间道路修建长度", "≥36公里", "≥12公里"),
      ("质量指标", "工程验收合格率", "≥98%", "≥98%"),
      ("时效指标", "工程按期完成率", "≥95%", "≥95%"),
      ("成本指标", "每亩建设成本", "≤2000元", "≤2000元"),
      ("社会效益指标", "受益农户数量", "≥2400户", "≥800户"),
      ("服务对象满意度指标", "受益农户满意度", "≥92%", "≥92%")]),
    ("培训高素质农民，提高生产技能",
     [("数量指标", "培训农民人数", "≥1500人", "≥500人"),
      ("质量指标", "培训考核合格率", "≥90%", "≥90%"),
      ("时效指标", "培训计划按时完成率", "≥95%", "≥95%"),
      ("成本指标", "人均培训成本", "≤3000元", "≤3000元"),
      ("社会效益指标", "带动就业人数", "≥600人", "≥200人"),
      ("服务对象满意度指标", "参训学员满意度", "≥93%", "≥93%")]),
]
# A cell, what is typed there, the rule that must speak, and where.
MISTAKES = [("D7", 1210.5, "R3", "D12"), ("D16", 500, "R5.over", "E16"),
            ("F4", "1990000", "R1.phone", "F4"), ("C17", "临时项目", "R10.project_type", "C17")]


def end_of_used(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    return cursor.RangeAddress


def merged_with(cell):
    cursor = cell.Spreadsheet.createCursorByRange(cell)
    cursor.collapseToMergedArea()
    return cursor.RangeAddress


class Declaration:
    """The form in an open document."""

    def __init__(self, document):
        self.document = document
        self.sheet = document.Sheets.getByName(SHEET)

    def cell(self, name):
        return self.sheet.getCellRangeByName(name)

    def type(self, name, value):
        cell = self.cell(name)
        if isinstance(value, str):
            cell.String = value
        else:
            cell.Value = value

    def find_row(self, column, begin, start=1):
        """The number of the next row whose cell in the column begins with the text."""
        for row in range(start, start + 500):
            if self.cell(f"{column}{row}").String.startswith(begin):
                return row
        raise LookupError(begin)

    def indicator_row(self, goal, kind):
        """The first row of that kind without an indicator, below a goal ("年度目标2")."""
        row = self.find_row("C", kind, self.find_row("A", goal + "："))
        while self.cell(f"D{row}").String:
            row = self.find_row("C", kind, row + 1)
        return row

    def fill_general(self):
        for name, value in CELLS.items():
            self.type(name, value)
        self.type(f"B{self.find_row('B', '长期目标')}", END_YEAR)

    def fill_projects(self, projects):
        for row, project in enumerate(projects, 16):
            for column, value in zip("BCDEF", project):
                self.type(f"{column}{row}", value)

    def fill_goal(self, number, goal, indicators):
        for name, column, index in (("长期", "E", 2), ("年度", "G", 3)):
            title = f"{name}目标{number}"
            self.type(f"C{self.find_row('A', title + '：')}", goal)
            for indicator in indicators:
                row = self.indicator_row(title, indicator[0])
                self.type(f"D{row}", indicator[1])
                self.type(f"{column}{row}", indicator[index])
                self.type(f"H{row}", "工作计划")
