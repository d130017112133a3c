"""What names of enterprises are made of: places, forms, trades, scripts.

Sources: places by GB/T 2260, provinces and prefecture-level cities with some county-level ones; forms by the Company
Law and the 企业名称登记管理规定 (a name is place, brand 字号, trade 行业, form 组织形式). Trades and traditional
characters are the usual ones in names, neither complete: a word that is missing here counts as brand.
"""

from __future__ import annotations

_CITIES = """
河南 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源 沁阳 孟州 修武 武陟
河北 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水
山西 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁
内蒙古 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布
辽宁 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛
吉林 长春 四平 辽源 通化 白山 松原 白城 延边
黑龙江 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化
江苏 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 江阴 张家港 常熟 太仓
浙江 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 慈溪 余姚
安徽 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城
福建 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 晋江 石狮
江西 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶
山东 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽
湖北 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施
湖南 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西
广东 广州 深圳 珠海 汕头 佛山 韶关 湛江 肇庆 江门 茂名 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮
广西 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左
海南 海口 三亚 三沙 儋州
四川 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳
贵州 贵阳 六盘水 遵义 安顺 毕节 铜仁
云南 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 大理
西藏 拉萨 日喀则
陕西 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛
甘肃 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南
青海 西宁 海东
宁夏 银川 石嘴山 吴忠 固原 中卫
新疆 乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 伊犁 喀什 阿克苏
北京
天津
上海
重庆
香港
澳门
台湾 台北 高雄 新竹
"""
_LATIN_CITIES = """
henan zhengzhou luoyang jiaozuo kaifeng xinxiang
hebei shijiazhuang tangshan baoding
shanxi taiyuan
liaoning shenyang dalian
jiangsu nanjing wuxi xuzhou changzhou suzhou nantong kunshan
zhejiang hangzhou ningbo wenzhou jiaxing shaoxing jinhua yiwu
anhui hefei wuhu
fujian fuzhou xiamen quanzhou
jiangxi nanchang
shandong jinan qingdao yantai weifang
hubei wuhan
hunan changsha zhuzhou
guangdong guangzhou shenzhen foshan dongguan zhuhai huizhou
sichuan chengdu
shaanxi xian
beijing
tianjin
shanghai
chongqing
hongkong
taiwan taipei
germany berlin munich hamburg
japan tokyo osaka
korea seoul
singapore
france paris
italy milan
usa america
"""


def _provinces(text: str) -> dict[str, tuple[str, str]]:
    """Province and city (empty for the province itself) by the name of either."""
    found: dict[str, tuple[str, str]] = {}
    for line in text.split("\n"):
        province, *cities = line.split() or [""]
        if province:
            found[province] = (province, "")
            found.update({city: (province, city) for city in cities})
    return found


PLACES = _provinces(_CITIES)
LATIN_PLACES = _provinces(_LATIN_CITIES)
EVERYWHERE = ("中国", "中华", "全国")
"""Says nothing of where."""
LATIN_EVERYWHERE = {"china", "prc", "asia"}
LEVELS = (
    "特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "自治州", "地区", "省", "市", "县", "区",
    "镇", "州",
    "盟",
)  # fmt: skip

FORMS = (
    "股份有限责任公司", "股份有限公司", "有限责任公司", "集团有限公司", "集团公司", "总公司", "有限公司", "有限合伙",
    "普通合伙", "合伙企业", "有限会社", "株式会社", "公司", "集团", "股份", "企业", "厂",
)  # fmt: skip
LATIN_FORMS = {
    "co", "company", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "gmbh", "mbh", "ag", "sa", "sas",
    "sarl", "srl", "spa", "bv", "nv", "plc", "llc", "llp", "lp", "pte", "pty", "kk", "kg", "ohg", "oy", "ab", "as",
    "aps", "group", "grp", "holding", "holdings", "the", "and", "of", "de", "joint", "stock",
}  # fmt: skip
BRANCHES = (
    "分公司", "子公司", "分厂", "分店", "分院", "分部", "分校", "分社", "分行", "支行", "支公司", "办事处", "代表处",
    "营业部", "经营部", "项目部", "联络处", "工厂", "基地", "branch", "office",
)  # fmt: skip

GENERIC = (
    "科技", "技术", "发展", "实业", "工业", "产业", "国际", "制造", "开发", "服务", "工程", "企业管理", "科技发展",
    "技术开发", "有色", "高新", "创新", "研发", "中心",
)  # fmt: skip
"""Trades that most enterprises could have: left out or put in without much meaning."""
_TRADES = """
铝业 铝材 铝箔 铝板带 铝加工 铝制品 钢铁 钢构 钢结构 特钢 不锈钢 铜业 铜材 锌业 钛业 镁业 钼业 有色金属 金属 金属材料
金属制品 稀土 新材料 材料 复合材料 碳素 炭素 碳材料 石墨 石墨烯 耐火材料 耐材 磨料 磨具 磨料磨具 超硬材料 陶瓷 玻璃
水泥 建材 混凝土 管业 管道 型材 门窗 幕墙 化工 精细化工 化学 化纤 橡胶 橡塑 轮胎 塑料 塑业 涂料 树脂 肥业 农药 日化
煤化工 石化 石油 石油化工 天然气 燃气 气体 煤业 煤炭 矿业 矿山 能源 新能源 电力 电气 电器 电缆 线缆 电池 锂电 锂业
储能 光伏 风电 氢能 太阳能 核电 热力 热能 充电 动力 节能 节能环保 环保 环境 环境工程 水务 水处理 固废 再生资源 循环
机械 机械设备 重工 重型机械 工程机械 农机 机床 机电 装备 智能装备 智能制造 装备制造 设备 自动化 机器人 智能 智能科技
精密 精密机械 轴承 阀门 泵业 模具 铸造 锻造 锻压 紧固件 五金 工具 液压 传动 齿轮 电机 压缩机 换热器 锅炉 汽车
汽车零部件 汽配 车业 车辆 专用车 零部件 底盘 新能源汽车 摩托车 自行车 航空 航天 航空科技 船舶 轨道交通 轨道 交通
交通设施 电子 电子科技 微电子 半导体 芯片 集成电路 光电 光电子 光学 激光 显示 照明 传感 传感器 仪器 仪表 仪器仪表 通信
通讯 信息 信息技术 信息科技 软件 网络 数据 大数据 数字 数字科技 云计算 人工智能 物联网 区块链 互联网 生物 生物科技
生物医药 医药 制药 药业 医疗 医疗器械 医疗科技 器械 健康 康养 养老 大健康 中药 基因 口腔 食品 粮油 面业 面粉 肉业
肉制品 乳业 饮料 酒业 茶业 糖业 调味品 预制菜 冷链 农业 农业科技 生态农业 农牧 牧业 渔业 水产 种业 饲料 园艺 园林 林业
花卉 果业 菌业 纺织 纺织品 服装 服饰 针织 家纺 鞋业 皮革 箱包 家具 家居 木业 竹业 纸业 纸制品 包装 印刷 印务 玩具
工艺品 日用品 厨具 卫浴 洁具 家电 缝制设备 物流 供应链 供应链管理 仓储 运输 快递 速运 货运 港口 贸易 进出口 商贸 商业
百货 超市 电子商务 电商 零售 批发 连锁 投资 投资管理 资本 金融 融资租赁 租赁 担保 保险 基金 控股 资产管理 企业管理
管理 咨询 设计 检测 检验检测 认证 人力资源 传媒 广告 文化 文化传播 文旅 旅游 酒店 餐饮 体育 影视 教育 教育科技 培训
造船 造纸 丝绸 毛纺 棉业 棉纺 印染 染整 皮业 羽绒 塑胶 化妆品 油脂 榨油 制糖 屠宰 罐头 酿酒 啤酒 木材 竹木 文具 乐器
疫苗 饮片 中药饮片 煤气 焦化 焦炭 冶金 冶炼 铁合金 硅业 多晶硅 钒业 锰业 黄金 珠宝 首饰 石材 石业 砂石 砖瓦 防水
防水材料 保温 保温材料 玻纤 玻璃纤维 碳纤维 纤维 无纺布 薄膜 胶业 胶带 油墨 颜料 染料 助剂 催化剂 试剂 磁材 磁业 磁电
弹簧 链条 刀具 量具 制冷 空调 暖通 电梯 起重 起重机 输送 输送设备 农业机械 拖拉机 挖掘机 叉车 机车 机车配件 铁路
变压器 开关 继电器 电容 元器件 电子元器件 连接器 线路板 电路板 触控 雷达 卫星 导航 无人机 游艇 海洋 海洋装备 海洋工程
地质 测绘 规划 监理 造价 工程咨询 评估 会计 律师 知识产权 会展 展览 演艺 动漫 游戏 出版 图书 养殖 畜牧 禽业 蛋业 蜂业
药材 中医药 医院 诊所 护理 家政 洗涤 美容 保健品 健身 宠物 母婴 童装 灯具 灯饰 电源 数控 锁业 窑炉 应急 园林绿化 绿化
生态 生态环境 酒楼 饭店 物资 粮食 油品 售电 配电 电气设备 电力设备 研究院 研究所 造船厂 数据中心 产业投资 股权投资
创业投资 孵化器 众创空间 产业园 科技园 置业 房地产 地产 建筑 建筑工程 建设 市政 装饰 装饰工程 物业 园区运营 城市运营
勘察 路桥 水利 安装 消防 安防 安全
"""
TRADES = tuple(sorted({*_TRADES.split(), *GENERIC}, key=lambda one: (-len(one), one)))
"""The longest first."""
SAME_TRADE = {
    "新材": "新材料", "碳素": "炭素", "耐材": "耐火材料", "汽配": "汽车零部件", "线缆": "电缆", "通讯": "通信",
    "电商": "电子商务", "地产": "房地产", "煤业": "煤炭", "智造": "智能制造", "生技": "生物科技", "医械": "医疗器械",
    "供应链管理": "供应链", "投资管理": "投资", "机械设备": "机械", "机械制造": "机械",
}  # fmt: skip
LATIN_TRADES = {
    "technology", "technologies", "tech", "technical", "industry", "industries", "industrial", "international", "intl",
    "development", "trading", "trade", "import", "export", "investment", "investments", "capital", "manufacturing",
    "mfg", "material", "materials", "new", "advanced", "metal", "metals", "aluminium", "aluminum", "steel", "copper",
    "energy", "power", "solar", "battery", "batteries", "electric", "electrical", "electronics", "electronic",
    "semiconductor", "semiconductors", "optics", "machinery", "machine", "equipment", "automation", "robotics",
    "automotive", "auto", "parts", "motors", "chemical", "chemicals", "pharma", "pharmaceutical", "pharmaceuticals",
    "medical", "health", "healthcare", "biotech", "bio", "food", "foods", "agriculture", "textile", "textiles",
    "logistics", "supply", "chain", "software", "systems", "solutions", "services", "engineering", "construction",
    "environmental", "environment", "intelligent", "smart", "precision", "digital", "data", "network", "networks",
    "packaging", "paper", "glass", "ceramics", "plastics", "rubber", "carbon", "graphite", "culture", "education",
}  # fmt: skip
LATIN_GENERIC = {"technology", "industry", "international", "development", "new", "advanced", "solutions", "services"}
LATIN_SAME = {
    "technologies": "technology", "tech": "technology", "technical": "technology", "industries": "industry",
    "industrial": "industry", "intl": "international", "trading": "trade", "investments": "investment",
    "mfg": "manufacturing", "materials": "material", "metals": "metal", "aluminum": "aluminium",
    "batteries": "battery", "electrical": "electric", "electronic": "electronics", "semiconductors": "semiconductor",
    "machine": "machinery", "auto": "automotive", "chemicals": "chemical", "pharmaceutical": "pharma",
    "pharmaceuticals": "pharma", "biotech": "bio", "foods": "food", "textiles": "textile", "networks": "network",
    "environment": "environmental", "healthcare": "health",
}  # fmt: skip

_TRADITIONAL = (
    "業國際電團華東長龍鋁鋼鐵銀錦機興發達實資貿產開無樂廣灣臺綠環藥醫車輪運遠進連網絡訊設計證識護豐財貴買賣費賽質鏈鍵"
    "鎮門關間陽陸雲靈頂領風飛飲館馬驗體鳳鴻麗點齊齒聯聖聲節築範紡織統經維綜線續纖羅義優億傳價儀儲內凱創劃劑動務勝勞區"
    "協單嚴園圓圖場堅報塊塗壓夢奧學寧寶專導將層島嶺師帶幣庫應廠張強彈後徑從態慶懷擴據攝數時曉書會棟楊構標樣樓橋權歐歷"
    "氣準溫測滿漢潔澤濟濱燈營爐爾獨現瑪畫當療盤碼礦礎種穩競級納紅純紙細終組結給絲練縣總績縱纜職膠腦臨舊艙藍藝號衛裝製"
    "視覽觀訂記許評試誠語調論譜變責貨貫貸賀賓賢贏軌軍軟載輕輝輸轉農適郵鄉鈦鈣鉛鉬銅銷鋅鋰錫鍛鎂鎢鏡鑄鑽閣閩階隨險雙難"
    "靜響項順預頻題類顯飾養馳騰驅魯魚鮮鵬黃蘇瀾閤鷹薦薩鐘鍾鑒鑑隸駿騎騁駱駝鶴鷺鷗鸞鯤鯨龜龐贊贛贈躍踴蹤輻轄轟辭辦辯邁"
    "還邊鄭鄧鄒醬釀鈴鉅鉑銳錄錢鍍鎖鏢鐳鑲閱闊闖陣陰雜雞霽韌韓頌頤顏顧飯餅餘饒駐駕騫髮鬆鮑鯉鱗鴨鵝鷄麥齡濤濃灑爛犖獅獻"
    "玨瓊甕畢疊癒皚盡矯祿禪稅穎窩竄竅筍籃籌糧紮紋紐紗紹絨綺綽緒緣縫繡繩罷翹聳肅脈膚舉艦莊莖葉蒼蓋蓮薔蘭蘆蘋虛蟲蠟補襯"
    "訓詢詩詳諾謀謙謨貓貝貞賜趨跡踐軒較輔輯遙遜遲遷鄰醞鈉鈞鈺鉀銘鋒錯鍋鎔鏘鐸鑰閒閔閘隱雛韻頓顆顛颯饌騖驊驛驥鬱鯊鳥鳴"
    "鴿鵲鷲鸚黨齋龔萬與亞豬愛眾爲為來兩個倉備勵匯啟喬墊壽奮姍孫對尋崗巖幫廟彙徵慮憲戲拋採搖撥擇敵暢朮術棗榮樸檢殼洩淨"
    "湯滾潤灃煉熱狀璽確禮積簡糰紀約絳綱編緯縮羨習聽膽苧蔣蕭處袞親詞誼諮讚豎貢賴趕蹟輛過遞鄔釣鉻銑鋪錨鎳鐮閉陝隴頁額餃"
    "駁驚鬥鴛鹽"
)
_SIMPLIFIED = (
    "业国际电团华东长龙铝钢铁银锦机兴发达实资贸产开无乐广湾台绿环药医车轮运远进连网络讯设计证识护丰财贵买卖费赛质链键"
    "镇门关间阳陆云灵顶领风飞饮馆马验体凤鸿丽点齐齿联圣声节筑范纺织统经维综线续纤罗义优亿传价仪储内凯创划剂动务胜劳区"
    "协单严园圆图场坚报块涂压梦奥学宁宝专导将层岛岭师带币库应厂张强弹后径从态庆怀扩据摄数时晓书会栋杨构标样楼桥权欧历"
    "气准温测满汉洁泽济滨灯营炉尔独现玛画当疗盘码矿础种稳竞级纳红纯纸细终组结给丝练县总绩纵缆职胶脑临旧舱蓝艺号卫装制"
    "视览观订记许评试诚语调论谱变责货贯贷贺宾贤赢轨军软载轻辉输转农适邮乡钛钙铅钼铜销锌锂锡锻镁钨镜铸钻阁闽阶随险双难"
    "静响项顺预频题类显饰养驰腾驱鲁鱼鲜鹏黄苏澜阁鹰荐萨钟钟鉴鉴隶骏骑骋骆驼鹤鹭鸥鸾鲲鲸龟庞赞赣赠跃踊踪辐辖轰辞办辩迈"
    "还边郑邓邹酱酿铃巨铂锐录钱镀锁镖镭镶阅阔闯阵阴杂鸡霁韧韩颂颐颜顾饭饼余饶驻驾骞发松鲍鲤鳞鸭鹅鸡麦龄涛浓洒烂荦狮献"
    "珏琼瓮毕叠愈皑尽矫禄禅税颖窝窜窍笋篮筹粮扎纹纽纱绍绒绮绰绪缘缝绣绳罢翘耸肃脉肤举舰庄茎叶苍盖莲蔷兰芦苹虚虫蜡补衬"
    "训询诗详诺谋谦谟猫贝贞赐趋迹践轩较辅辑遥逊迟迁邻酝钠钧钰钾铭锋错锅熔锵铎钥闲闵闸隐雏韵顿颗颠飒馔骛骅驿骥郁鲨鸟鸣"
    "鸽鹊鹫鹦党斋龚万与亚猪爱众为为来两个仓备励汇启乔垫寿奋姗孙对寻岗岩帮庙汇征虑宪戏抛采摇拨择敌畅术术枣荣朴检壳泄净"
    "汤滚润沣炼热状玺确礼积简团纪约绛纲编纬缩羡习听胆苎蒋萧处衮亲词谊咨赞竖贡赖赶迹辆过递邬钓铬铣铺锚镍镰闭陕陇页额饺"
    "驳惊斗鸳盐"
)
SIMPLIFY = str.maketrans(_TRADITIONAL, _SIMPLIFIED)

COUNTERS = frozenset("一二三四五六七八九十百千甲乙丙丁戊己庚辛壬癸东南西北中大小新老上下0123456789")
"""Characters by which two of the same kind are told apart: one in another's place is never a slip."""
