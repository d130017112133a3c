"""Pairs of enterprises, labelled: are they one? Written into `enterprise_pairs.csv` by

    python -m tests.unit.projects.enterprise_pairs

Two halves with other brands, trades, places, English names and another seed: `dev`, on which weights and threshold of
`likeness.py` were chosen, and `held_out`, on which they are only measured. Of each there are pairs written by hand as
well, in `enterprise_pairs_by_hand.csv`. All names are made up (模拟数据); no real enterprise is meant by any.

Slips are drawn from the whole of a slip's kind, not from what likeness.py knows: characters that sound alike come from
a list of this file's own.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
GENERATED, BY_HAND = FOLDER / "enterprise_pairs.csv", FOLDER / "enterprise_pairs_by_hand.csv"
COLUMNS = ("part", "same", "kind", "one", "other")
"""`one` and `other`: names, parted by `|`; the first is the present one."""


@dataclass(frozen=True)
class Words:
    """What names of one half are made of."""

    brands: tuple[str, ...]
    trades: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    """Province and city."""
    latin: tuple[tuple[str, str], ...]
    """Brand in two words, trade."""
    slips: tuple[tuple[str, str], ...]
    """A character and one that sounds alike, both of a brand."""


DEV = Words(
    brands=(
        "星河", "云帆", "沧澜", "玄圭", "凌波", "鸿泰", "瑞丰", "金禾源", "海晏", "天枢", "博远", "明德利", "青梧",
        "祥瑞",
    ),
    trades=(
        "铝材", "新材料", "机械", "食品", "环保科技", "医药", "物流", "智能装备", "电子", "化工", "农业科技",
        "新能源",
    ),
    places=(
        ("浙江", "宁波"), ("江苏", "苏州"), ("山东", "青岛"), ("广东", "佛山"), ("河南", "洛阳"), ("湖北", "襄阳"),
    ),
    latin=(
        ("Star River", "Aluminium"), ("Cloud Sail", "Machinery"), ("Blue Heron", "Logistics"), ("Green Oak", "Foods"),
        ("Silver Crane", "Electronics"),
    ),
    slips=(
        ("星", "兴"), ("鸿", "宏"), ("瑞", "睿"), ("祥", "翔"), ("博", "柏"), ("源", "元"), ("明", "铭"),
        ("海", "害"),
    ),
)  # fmt: skip
HELD_OUT = Words(
    brands=(
        "辰光", "砺石", "扶摇", "青岚", "恒曜", "万象春", "拓疆", "嘉禾裕", "盛唐", "启元", "卓然", "朗润", "诚达",
        "华章", "安澜",
    ),
    trades=(
        "半导体", "纺织", "陶瓷", "汽车零部件", "生物科技", "软件", "建材", "光伏", "精密机械", "包装", "乳业",
        "家具", "耐火材料",
    ),
    places=(
        ("安徽", "合肥"), ("福建", "泉州"), ("四川", "绵阳"), ("湖南", "株洲"), ("河北", "保定"), ("陕西", "宝鸡"),
        ("江西", "赣州"),
    ),
    latin=(
        ("North Harbour", "Semiconductor"), ("Red Maple", "Textiles"), ("Jade Valley", "Software"),
        ("Iron Bridge", "Automotive"), ("Morning Tide", "Pharma"), ("Amber Field", "Packaging"),
    ),
    slips=(
        ("辰", "晨"), ("砺", "励"), ("岚", "兰"), ("恒", "衡"), ("嘉", "佳"),
        ("盛", "晟"), ("诚", "成"), ("华", "桦"), ("扶", "福"),
        ("启", "起"), ("朗", "郎"), ("卓", "桌"), ("安", "按"),
    ),
)  # fmt: skip
FORMS = ("有限公司", "有限责任公司", "股份有限公司")
CUT = str.maketrans("铝机业电环医药农车汽务华东长丰实发国际团", "鋁機業電環醫藥農車汽務華東長豐實發國際團")

Pair = tuple[bool, str, str, str]


class Maker:
    """Makes pairs from one half's words."""

    def __init__(self, words: Words, seed: int) -> None:
        self.words, self.draw = words, random.Random(seed)

    def company(self) -> tuple[str, str, str, str, str]:
        """Province, city, brand, trade, form."""
        province, city = self.draw.choice(self.words.places)
        return province, city, self.brand(), self.draw.choice(self.words.trades), self.draw.choice(FORMS)

    def brand(self) -> str:
        return self.draw.choice(self.words.brands)

    def other(self, among: tuple[str, ...], than: str) -> str:
        return self.draw.choice([one for one in among if one != than])

    # True pairs.

    def form(self) -> Pair:
        province, city, brand, trade, form = self.company()
        place = self.draw.choice([province, city, ""])
        other = self.other((*FORMS, "集团有限公司", "（集团）有限公司", ""), form)
        return True, "form", f"{place}{brand}{trade}{form}", f"{place}{brand}{trade}{other}"

    def place_left_out(self) -> Pair:
        province, city, brand, trade, form = self.company()
        place = self.draw.choice([province, city, f"{province}省", f"{city}市", f"{province}省{city}市"])
        return True, "place left out", f"{place}{brand}{trade}{form}", f"{brand}{trade}{self.draw.choice(FORMS)}"

    def place_written_otherwise(self) -> Pair:
        province, city, brand, trade, form = self.company()
        one = self.draw.choice([f"{city}{brand}{trade}{form}", f"{province}省{city}市{brand}{trade}{form}"])
        other = self.draw.choice(
            [f"{brand}（{city}）{trade}{form}", f"{brand}{trade}（{city}）{form}", f"{city}市{brand}{trade}"]
        )
        return True, "place written otherwise", one, other

    def punctuation(self) -> Pair:
        province, _, brand, trade, form = self.company()
        one = f"{province}{brand}{trade}（模拟）{form}"
        ways = (
            f"{province} {brand} {trade}(模拟) {form}", f"“{province}{brand}”{trade}【模拟】{form}",
            f"{province}{brand}·{trade}﹙模拟﹚{form}", f"{province}{brand}{trade}{form}",
        )  # fmt: skip
        return True, "punctuation", one, self.draw.choice(ways)

    def traditional(self) -> Pair:
        province, _, brand, trade, form = self.company()
        name = f"{province}{brand}{trade}{form}"
        return True, "traditional", name, name.translate(CUT)

    def slip(self) -> Pair:
        province, city, _, trade, form = self.company()
        right, wrong = self.draw.choice(self.words.slips)
        brand = self.draw.choice([one for one in self.words.brands if right in one] or [self.brand()])
        place = self.draw.choice([province, city, ""])
        return True, "slip", f"{place}{brand}{trade}{form}", f"{place}{brand.replace(right, wrong)}{trade}{form}"

    def short(self) -> Pair:
        province, city, brand, trade, form = self.company()
        place = self.draw.choice([province, city, ""])
        return (
            True,
            "short",
            f"{place}{brand}{trade}{form}",
            self.draw.choice([f"{brand}{trade}", brand, f"{brand}{trade}公司"]),
        )

    def generic_left_out(self) -> Pair:
        province, _, brand, trade, form = self.company()
        more = self.draw.choice(["科技", "技术", "发展", "实业", "工业"])
        return True, "generic left out", f"{province}{brand}{trade}{more}{form}", f"{province}{brand}{trade}{form}"

    def english(self) -> Pair:
        (first, second), trade = self.draw.choice(self.words.latin)[0].split(), self.draw.choice(self.words.latin)[1]
        one = f"{first} {second} {trade} Co., Ltd."
        ways = (
            f"{first.upper()} {second.upper()} {trade.upper()} CO LTD", f"{first}{second.lower()} {trade} Limited",
            f"{first} {second} {trade}, Inc.", f"{first}-{second} {trade} Company Ltd",
            f"The {first} {second} {trade} Corp.", f"{first} {second[:-1]}{second[-1] * 2} {trade} Co. Ltd",
            f"{first} {second} {trade} GmbH",
        )  # fmt: skip
        return True, "english", one, self.draw.choice(ways)

    def by_other_name(self) -> Pair:
        province, city, brand, trade, form = self.company()
        former = f"{city}{self.other(self.words.brands, brand)}{trade}{form}"
        words, latin_trade = self.draw.choice(self.words.latin)
        foreign = f"{words} {latin_trade} Co., Ltd."
        one = f"{province}{brand}{trade}{form}|{former}|{foreign}"
        otherwise = former[:-4] + "有限公司" if form == FORMS[0] else former
        return True, "by another name", one, self.draw.choice([former, otherwise, foreign.upper()])

    def renamed_form(self) -> Pair:
        _province, city, brand, trade, _ = self.company()
        one, other = self.draw.choice(
            [("有限公司", "股份有限公司"), ("有限公司", "集团股份有限公司"), ("厂", "厂有限公司")]
        )
        return True, "became a stock company", f"{city}{brand}{trade}{one}", f"{city}市{brand}{trade}{other}"

    # Pairs of two.

    def branch(self) -> Pair:
        province, _city, brand, trade, form = self.company()
        _, where = self.draw.choice(self.words.places)
        kind = self.draw.choice(["分公司", "办事处", "营业部", "第二分公司", "分厂"])
        return False, "branch", f"{province}{brand}{trade}{form}", f"{province}{brand}{trade}{form}{where}{kind}"

    def two_branches(self) -> Pair:
        _province, _, brand, trade, form = self.company()
        cities = self.draw.sample([city for _, city in self.words.places], 2)
        one, other = (f"{brand}{trade}{form}{city}分公司" for city in cities)
        return False, "two branches", one, other

    def other_city(self) -> Pair:
        one, other = self.draw.sample(self.words.places, 2)
        brand, trade, form = self.brand(), self.draw.choice(self.words.trades), self.draw.choice(FORMS)
        level = self.draw.choice([0, 1])
        return False, "other city", f"{one[level]}{brand}{trade}{form}", f"{other[level]}{brand}{trade}{form}"

    def city_in_brackets(self) -> Pair:
        one, other = self.draw.sample([city for _, city in self.words.places], 2)
        brand, trade = self.brand(), self.draw.choice(self.words.trades)
        return False, "other city", f"{brand}（{one}）{trade}有限公司", f"{brand}（{other}）{trade}有限公司"

    def sisters(self) -> Pair:
        province, _, brand, trade, form = self.company()
        other = self.other(self.words.trades, trade)
        return False, "sisters", f"{province}{brand}{trade}{form}", f"{province}{brand}{other}{form}"

    def same_trade(self) -> Pair:
        province, city, brand, trade, form = self.company()
        place = self.draw.choice([province, city, ""])
        other = self.other(self.words.brands, brand)
        return False, "same trade and place", f"{place}{brand}{trade}{form}", f"{place}{other}{trade}{form}"

    def like_brand(self) -> Pair:
        """One character of the brand is another, which does not sound like it."""
        province, city, brand, trade, form = self.company()
        letter = self.draw.choice("桂岭坤茂湘钧畅鼎赫骏沛衍")
        place = self.draw.choice([province, city])
        other = brand[:-1] + letter if self.draw.random() < 0.5 else letter + brand[1:]
        return False, "like brand", f"{place}{brand[:2]}{trade}{form}", f"{place}{other[:2]}{trade}{form}"

    def parent(self) -> Pair:
        province, city, brand, trade, form = self.company()
        parent = self.draw.choice([f"{brand}集团有限公司", f"{brand}控股集团有限公司", f"{brand}投资控股有限公司"])
        return False, "parent", parent, f"{self.draw.choice([province, city, ''])}{brand}{trade}{form}"

    def numbered(self) -> Pair:
        _, city, _, trade, _form = self.company()
        one, other = self.draw.sample("一二三四五六", 2)
        return False, "numbered", f"{city}第{one}{trade}厂", f"{city}第{other}{trade}厂"

    def english_sisters(self) -> Pair:
        (words, trade), (_, other) = self.draw.sample(self.words.latin, 2)
        return False, "english sisters", f"{words} {trade} Co., Ltd.", f"{words} {other} Co., Ltd."

    def english_brands(self) -> Pair:
        (words, trade), (others, _) = self.draw.sample(self.words.latin, 2)
        return False, "english, same trade", f"{words} {trade} Co., Ltd.", f"{others} {trade} Co., Ltd."

    def by_other_name_of_another(self) -> Pair:
        province, city, brand, trade, form = self.company()
        another = self.other(self.words.brands, brand)
        one = f"{province}{brand}{trade}{form}|{city}{brand}{trade}厂"
        return False, "another, with another name", one, f"{province}{another}{trade}{form}|{city}{another}{trade}厂"


TRUE: tuple[Callable[[Maker], Pair], ...] = (
    Maker.form, Maker.place_left_out, Maker.place_written_otherwise, Maker.punctuation, Maker.traditional, Maker.slip,
    Maker.short, Maker.generic_left_out, Maker.english, Maker.by_other_name, Maker.renamed_form,
)  # fmt: skip
FALSE: tuple[Callable[[Maker], Pair], ...] = (
    Maker.branch, Maker.two_branches, Maker.other_city, Maker.city_in_brackets, Maker.sisters, Maker.same_trade,
    Maker.like_brand, Maker.parent, Maker.numbered, Maker.english_sisters, Maker.english_brands,
    Maker.by_other_name_of_another,
)  # fmt: skip


def pairs(words: Words, seed: int, each: int) -> Iterator[Pair]:
    """So many true and so many hard false pairs, none twice."""
    maker = Maker(words, seed)
    for kinds in (TRUE, FALSE):
        made: dict[tuple[str, str], Pair] = {}
        n = 0
        while len(made) < each:
            pair = kinds[n % len(kinds)](maker)
            n += 1
            if pair[2] != pair[3]:
                made.setdefault((pair[2], pair[3]), pair)
        yield from made.values()


def generated() -> list[list[str]]:
    """All rows of the generated file."""
    rows = []
    for part, words, seed, each in (("dev", DEV, 20260720, 50), ("held_out", HELD_OUT, 20260901, 100)):
        for same, kind, one, other in pairs(words, seed, each):
            rows.append([part, "yes" if same else "no", kind, one, other])
    return rows


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a file of pairs."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def main() -> None:
    """Write the generated file anew."""
    with GENERATED.open("w", encoding="utf-8", newline="") as out:
        out.write("# 模拟数据: written by tests/unit/projects/enterprise_pairs.py\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(generated())


if __name__ == "__main__":
    main()
