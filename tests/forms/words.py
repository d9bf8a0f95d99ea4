"""Reads words.txt: the invented departments, their projects, goals and indicators."""
import dataclasses
import pathlib

COMMON = "*"  # the section of goals that every department may have

KINDS = {  # short name in words.txt: first-level and second-level name on the form
    "数量": ("产出指标", "数量指标"),
    "质量": ("产出指标", "质量指标"),
    "时效": ("产出指标", "时效指标"),
    "成本": ("产出指标", "成本指标"),
    "经济": ("效益指标", "经济效益指标"),
    "社会": ("效益指标", "社会效益指标"),
    "生态": ("效益指标", "生态效益指标"),
    "可持续": ("效益指标", "可持续影响效益指标"),
    "满意": ("满意度指标", "服务对象满意度指标"),
}

# Where the goals of one department do not make enough projects.
COMMON_PROJECTS = [
    ("办公楼物业管理", "常年性项目", "1.保洁绿化；2.安保值守；3.电梯空调维护"),
    ("信息系统运行维护", "常年性项目", "1.机房运维；2.网络安全等级测评；3.软件续费"),
    ("法律顾问服务", "常年性项目", "聘请常年法律顾问"),
    ("会议室设备更新", "一次性项目", "音响及视频会议终端购置"),
]

PLACES = ["青禾县", "望溪市", "临沅区", "松陵县", "澄湖市", "白石滩区", "云岭县", "双桥新区",
          "沐川湾市", "石鼓坪县", "南浦洲区", "长汀口县"]
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
GIVEN_NAMES = ["测安", "试宁", "例文", "样清", "拟平", "示华", "仿兰", "设明"]


@dataclasses.dataclass(frozen=True)
class Indicator:
    kind: str
    name: str
    value: str
    optional: bool


@dataclasses.dataclass(frozen=True)
class Goal:
    long_text: str
    annual_text: str
    indicators: list


@dataclasses.dataclass(frozen=True)
class Department:
    name: str
    duties: list
    projects: list
    goals: list


def split_bars(text):
    return [part.strip() for part in text.split("|")]


def read_departments(path=pathlib.Path(__file__).with_name("words.txt")):
    """Returns (departments, goals that any of them may have)."""
    departments = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        word, rest = line.split(maxsplit=1)
        if word == "@":
            departments.append(Department(rest, [], [], []))
        elif word == "duty":
            departments[-1].duties.extend(split_bars(rest))
        elif word == "project":
            departments[-1].projects.append(tuple(split_bars(rest)))
        elif word == "goal":
            departments[-1].goals.append(Goal(*split_bars(rest), []))
        elif word.lstrip("?") in KINDS:
            name, value = rest.rsplit(maxsplit=1)
            departments[-1].goals[-1].indicators.append(
                Indicator(word.lstrip("?"), name, value, word.startswith("?")))
        else:
            raise SystemExit(f"{path}:{number}: unknown word {word}")
    common = [d for d in departments if d.name == COMMON]
    return [d for d in departments if d.name != COMMON], common[0].goals
