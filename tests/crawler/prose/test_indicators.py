"""Sentences as reports print them, and exactly the indicators that each of them states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.forms import load_forms
from crawler.items import Section, Span
from crawler.prose import read_prose
from crawler.prose.meanings import load_meanings

if TYPE_CHECKING:
    from crawler.items import FormId, SectionKind

YEARS: dict[FormId, int] = {"prose-2008": 2011, "stat-2014": 2016, "form-2019": 2020, "form-2021": 2023}
Row = tuple[str, str, dict[str, str]]

# The years before a national table, and those of the table of 2014.
STAT: list[Row] = [
    (
        "staff, since when does not matter",
        "本局从2009年1月1日起开始开展政府信息公开工作，成立领导小组，配备了2名兼职工作人员。",
        {"s14.8.3.2": "2"},
    ),
    # -- disclosed
    ("disclosed in total", "全年主动公开政府信息27649条。", {"s14.1.1": "27649"}),
    ("disclosed, of the name", "主动公开的政府信息共91条。", {"s14.1.1": "91"}),
    ("disclosed, thousands separator", "全市共主动公开政府信息12,345条。", {"s14.1.1": "12345"}),
    ("disclosed, full-width digits", "全区主动公开政府信息１２３４条。", {"s14.1.1": "1234"}),
    ("disclosed, in ten thousands", "全省共主动公开政府信息3.5万条。", {"s14.1.1": "35000"}),
    ("disclosed, Chinese numerals", "全年主动公开政府信息一百二十条。", {"s14.1.1": "120"}),
    ("disclosed, about", "2016年主动公开政府信息近500条。", {"s14.1.1": "500"}),
    ("disclosed, short", "2016年我局主动公开信息85条。", {"s14.1.1": "85"}),
    (
        "disclosed, through several media",
        "通过门户网站、公报、电视台等载体，主动公开政府信息2764条。",
        {"s14.1.1": "2764"},
    ),
    ("disclosed, of all kinds", "主动公开财政预算、工作动态、招标公告等各类信息65条。", {"s14.1.1": "65"}),
    ("disclosed, number before the thing", "全年共主动公开320条政府信息。", {"s14.1.1": "320"}),
    (
        "disclosed, newly",
        "截至2016年底累计主动公开政府信息5928条，其中本年度新增主动公开政府信息2110条。",
        {"s14.1.1": "2110"},
    ),
    ("disclosed, by all bodies", "全县各镇、各部门主动公开各类政府信息6746条。", {"s14.1.1": "6746"}),
    (
        "disclosed, then by channel",
        "全年主动公开政府信息191条，其中政府网站公开政府信息数64条，政务微博32条，政务微信30条，以其他方式公开政府信息数65条。",
        {"s14.1.1": "191", "s14.1.2.2": "64", "s14.1.2.3": "32", "s14.1.2.4": "30", "s14.1.2.5": "65"},
    ),
    (
        "disclosed on the site, its parts following",
        "在本局门户网站上主动公开政府信息数135条，其中政府公报公开政府信息数45条，政府网站公开政府信息数90条。",
        {"s14.1.1": "135", "s14.1.2.1": "45", "s14.1.2.2": "90"},
    ),
    (
        "channels, listed with the enumeration comma",
        "政府公报公开政府信息数20条、政府网站公开政府信息数1,234条、政务微博公开政府信息数56条、政务微信公开政府信息数78条。",
        {"s14.1.2.1": "20", "s14.1.2.2": "1234", "s14.1.2.3": "56", "s14.1.2.4": "78"},
    ),
    (
        "channels in a line of their own",
        "全年主动公开政府信息4000条。\n从公开渠道看，政府公报200条，政府网站3000条，政务微博100条，政务微信200条，其他方式500条。",
        {
            "s14.1.1": "4000",
            "s14.1.2.1": "200",
            "s14.1.2.2": "3000",
            "s14.1.2.3": "100",
            "s14.1.2.4": "200",
            "s14.1.2.5": "500",
        },
    ),
    ("one channel", "通过政务微信公众平台公开35条信息。", {"s14.1.2.4": "35"}),
    ("the site alone", "通过县政府门户网站公开政府信息1203条。", {"s14.1.2.2": "1203"}),
    ("all channels together", "通过不同渠道和方式公开政府信息数1043条。", {"s14.1.2": "1043"}),
    ("a part with the name of the whole", "主动公开政府信息90条，其中各部门主动公开政府信息60条。", {"s14.1.1": "90"}),
    (
        "rules disclosed and made",
        "其中主动公开规范性文件数43条，制发规范性文件总数45件。",
        {"s14.1.1.1": "43", "s14.1.1.2": "45"},
    ),
    ("rules made", "全年制定出台规范性文件12件。", {"s14.1.1.2": "12"}),
    # -- answers
    ("hot topics", "全年回应公众关注热点或重大舆情6次。", {"s14.2.1": "6"}),
    (
        "hot topics with the form's remark",
        "回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）12次。",
        {"s14.2.1": "12"},
    ),
    ("hot topics, short", "回应公众关注96次，政府在线访谈16次。", {"s14.2.1": "96", "s14.2.2.2": "16"}),
    (
        "press conferences",
        "通过举办新闻发布会公开政府信息46次，其中：主要负责同志参加新闻发布会4次。",
        {"s14.2.2.1": "46", "s14.2.2.1.1": "4"},
    ),
    (
        "press conferences, the leader's in short",
        "参加或举办新闻发布会总次数5次，其中主要负责同志参加2次。",
        {"s14.2.2.1": "5", "s14.2.2.1.1": "2"},
    ),
    ("press conferences, number before", "全年召开3场新闻发布会。", {"s14.2.2.1": "3"}),
    (
        "press conferences on one matter each",
        "举行新闻发布会4次，其中“清欠”专项行动新闻发布会1次，防汛新闻发布会3次。",
        {"s14.2.2.1": "4"},
    ),
    (
        "interviews",
        "政府网站在线访谈12次，其中主要负责同志参加政府网站在线访谈5次。",
        {"s14.2.2.2": "12", "s14.2.2.2.1": "5"},
    ),
    (
        "interviews, the leader's in short",
        "开展在线访谈12次，其中主要负责同志参加5次。",
        {"s14.2.2.2": "12", "s14.2.2.2.1": "5"},
    ),
    (
        "interpretations",
        "政策解读稿件发布18篇，微博微信回应事件20次，其他方式回应事件31次。",
        {"s14.2.2.3": "18", "s14.2.2.4": "20", "s14.2.2.5": "31"},
    ),
    ("interpretations, short", "发布政策解读7篇。", {"s14.2.2.3": "7"}),
    ("interpretations, material", "全年共发布政策解读材料26篇。", {"s14.2.2.3": "26"}),
    # -- requests
    ("requests", "2016年收到政府信息公开申请71件。", {"s14.3.1": "71"}),
    ("requests, 条", "本年度共收到政府信息公开申请23条。", {"s14.3.1": "23"}),
    ("requests, 宗", "全区共受理政府信息公开申请18宗。", {"s14.3.1": "18"}),
    ("requests, to disclose", "收到公开政府信息申请9件。", {"s14.3.1": "9"}),
    ("requests, on request", "全年受理依申请公开政府信息15件。", {"s14.3.1": "15"}),
    ("requests, number before", "全年共收到12件政府信息公开申请。", {"s14.3.1": "12"}),
    ("requests, in words", "全年收到政府信息公开申请三件。", {"s14.3.1": "3"}),
    ("requests, none in digits", "2016年度收到政府信息公开申请0件。", {"s14.3.1": "0"}),
    ("requests, zero in a word", "本年度收到政府信息公开申请为零。", {"s14.3.1": "0"}),
    (
        "requests by way",
        "共收到政府信息公开申请100件，其中当面申请12件、传真申请1件、网络申请57件、信函申请30件。",
        {"s14.3.1": "100", "s14.3.1.1": "12", "s14.3.1.2": "1", "s14.3.1.3": "57", "s14.3.1.4": "30"},
    ),
    (
        "requests by way, in full",
        "收到申请公开政府信息23条，其中以网上提交表单形式申请15条，以信函形式申请5条，当面申请3条。",
        {"s14.3.1": "23", "s14.3.1.3": "15", "s14.3.1.4": "5", "s14.3.1.1": "3"},
    ),
    (
        "requests by way, bare",
        "收到政府信息公开申请20件，其中：网络12件，信函6件，当面2件。",
        {"s14.3.1": "20", "s14.3.1.3": "12", "s14.3.1.4": "6", "s14.3.1.1": "2"},
    ),
    ("requests by several ways are all", "全区接收通过邮寄、网络提交的政府信息公开申请81件。", {"s14.3.1": "81"}),
    ("requests by one way are a part", "通过区公众信息网提交政府信息公开申请0宗。", {"s14.3.1.3": "0"}),
    ("completed", "收到政府信息公开申请30件，办结29件。", {"s14.3.1": "30", "s14.3.2": "29"}),
    (
        "completed in time and late",
        "申请办结数12件，其中按时办结数11件，延期办结数1件。",
        {"s14.3.2": "12", "s14.3.2.1": "11", "s14.3.2.2": "1"},
    ),
    (
        "lines of the table told in prose",
        "（一）收到申请数：12件。其中：1.当面申请数：3件；2.传真申请数：0件；3.网络申请数：8件；4.信函申请数：1件。",
        {"s14.3.1": "12", "s14.3.1.1": "3", "s14.3.1.2": "0", "s14.3.1.3": "8", "s14.3.1.4": "1"},
    ),
    (
        "replies",
        "收到政府信息公开申请71件。其中，属于已主动公开范围的4件，同意公开的答复24件，同意部分公开的答复2件，不同意公开的答复3件，"
        "不属于本行政机关公开的28件，申请信息不存在的10件。",
        {
            "s14.3.1": "71",
            "s14.3.3.1": "4",
            "s14.3.3.2": "24",
            "s14.3.3.3": "2",
            "s14.3.3.4": "3",
            "s14.3.3.5": "28",
            "s14.3.3.6": "10",
        },
    ),
    (
        "replies, refused with the reason",
        "在答复的政府信息公开申请中，涉及国家秘密的1件，涉及商业秘密的2件，涉及个人隐私的不同意公开的答复3件。",
        {"s14.3.3.4.1": "1", "s14.3.3.4.2": "2", "s14.3.3.4.3": "3"},
    ),
    (
        "replies in quotation marks",
        "对依申请公开的答复中，“同意公开”的12件，“信息不存在”的4件。",
        {"s14.3.3.2": "12", "s14.3.3.6": "4"},
    ),
    (
        "replies, told to complete",
        "依申请公开申请中，告知作出更改补充的2件，告知通过其他途径办理的5件。",
        {"s14.3.3.7": "2", "s14.3.3.8": "5"},
    ),
    ("replies in total", "共答复政府信息公开申请35件。", {"s14.3.3": "35"}),
    (
        "respectively",
        "依申请公开答复中，同意公开、同意部分公开、不同意公开分别为3件、5件和7件。",
        {"s14.3.3.2": "3", "s14.3.3.3": "5", "s14.3.3.4": "7"},
    ),
    # -- requests denied
    ("no request received", "2016年未收到政府信息公开申请。", {"s14.3.1": "0"}),
    ("no request at all", "我局没有收到公民、法人或者其他组织提出的政府信息公开申请。", {"s14.3.1": "0"}),
    ("no request, of citizens", "全年未接到群众要求公开政府信息的申请。", {"s14.3.1": "0"}),
    ("no request, of this kind", "本单位未发生公民、法人或者其他组织依申请公开情况。", {"s14.3.1": "0"}),
    ("no request, 无", "本年度无依申请公开政府信息申请。", {"s14.3.1": "0"}),
    (
        "neither request nor dispute",
        "未收到依申请公开、行政复议、行政诉讼、举报投诉等方面申请，政府信息公开平稳。",
        {"s14.3.1": "0", "s14.4": "0", "s14.5": "0", "s14.6": "0"},
    ),
    # -- disputes
    (
        "review and its outcomes",
        "因政府信息公开申请行政复议6件，其中维持具体行政行为的2件，被依法纠错的3件，其他情形1件。",
        {"s14.4": "6", "s14.4.1": "2", "s14.4.2": "3", "s14.4.3": "1"},
    ),
    (
        "review, number before",
        "政府信息公开方面，有6件申请行政复议，其中维持2件，纠错4件。",
        {"s14.4": "6", "s14.4.1": "2", "s14.4.2": "4"},
    ),
    (
        "litigation and its outcomes",
        "因政府信息公开被提起行政诉讼3件，其中维持具体行政行为或者驳回原告诉讼请求2件，被依法纠错1件。",
        {"s14.5": "3", "s14.5.1": "2", "s14.5.2": "1"},
    ),
    (
        "review, then litigation",
        "政府信息公开行政复议案件5件，维持5件；行政诉讼案件2件，维持1件，其他情形1件。",
        {"s14.4": "5", "s14.4.1": "5", "s14.5": "2", "s14.5.1": "1", "s14.5.3": "1"},
    ),
    (
        "counts of the table",
        "行政复议数量0件；行政诉讼数量0件；政府信息公开举报投诉数量0件。",
        {"s14.4": "0", "s14.5": "0", "s14.6": "0"},
    ),
    ("both none", "因政府信息公开引起的行政复议、行政诉讼案件均为0件。", {"s14.4": "0", "s14.5": "0"}),
    ("both none in words", "没有因政府信息公开被申请行政复议、提起行政诉讼。", {"s14.4": "0", "s14.5": "0"}),
    (
        "both none, commas between",
        "本年度未发生因政府信息公开申请行政复议，提起行政诉讼的情况。",
        {"s14.4": "0", "s14.5": "0"},
    ),
    ("one each", "政府信息公开行政复议、行政诉讼案件各1件。", {"s14.4": "1", "s14.5": "1"}),
    ("no complaint", "没有收到针对政府信息公开的举报投诉。", {"s14.6": "0"}),
    ("complaints", "收到关于政府信息公开的投诉举报2件。", {"s14.6": "2"}),
    # -- fees
    ("no fee", "我市依申请公开信息没有收取任何费用。", {"s14.7": "0"}),
    ("no fee for requests", "县局未对政府信息公开申请实施收费。", {"s14.7": "0"}),
    ("no fee of any kind", "2016年，政府信息公开工作中未收取检索、复制、邮寄等费用。", {"s14.7": "0"}),
    ("fee of nought", "依申请公开信息收取的费用0万元。", {"s14.7": "0"}),
    ("a fee, in its printed unit", "依申请公开政府信息共收取费用320元。", {"s14.7": "320"}),
    # -- offices, people, money, meetings
    (
        "offices and people",
        "设立政府信息公开工作专门机构1个，设置政府信息公开查阅点2个，从事政府信息公开工作人员数3人，其中专职人员1人，兼职人员2人。",
        {"s14.8.1": "1", "s14.8.2": "2", "s14.8.3": "3", "s14.8.3.1": "1", "s14.8.3.2": "2"},
    ),
    ("people, 名", "政府信息公开工作配备专职工作人员2名，兼职工作人员15名。", {"s14.8.3.1": "2", "s14.8.3.2": "15"}),
    ("budget", "政府信息公开专项经费5万元。", {"s14.8.4": "5"}),
    (
        "meetings and training",
        "召开政府信息公开工作会议2次，举办培训班3期，接受培训人员260人次。",
        {"s14.9.1": "2", "s14.9.2": "3", "s14.9.3": "260"},
    ),
    (
        "meetings, number before",
        "全年召开1次政府信息公开工作会议，举办2期培训班，培训人员80余人次。",
        {"s14.9.1": "1", "s14.9.2": "2", "s14.9.3": "80"},
    ),
    (
        "a numbered list",
        "六、政府信息公开会议和培训情况\n（一）、召开政府信息公开工作会议5次\n（二）、举办各类培训3次\n（三）、接受培训人员12人",
        {"s14.9.1": "5", "s14.9.2": "3", "s14.9.3": "12"},
    ),
    # -- said otherwise
    ("received and processed", "2016年度，区政府办公室受理依申请公开申请8件，均已按期办结。", {"s14.3.1": "8"}),
    ("all of them upheld", "因政府信息公开被提起行政复议4件，均被维持。", {"s14.4": "4", "s14.4.1": "4"}),
    ("all of them granted", "全年收到政府信息公开申请6件，均予以公开。", {"s14.3.1": "6", "s14.3.3.2": "6"}),
    ("all of them asked online", "全年收到政府信息公开申请6件（均为网络申请）。", {"s14.3.1": "6", "s14.3.1.3": "6"}),
    (
        "handed in person",
        "全年受理政府信息公开申请56件，其中当面递交的50件，信函6件。",
        {"s14.3.1": "56", "s14.3.1.1": "50", "s14.3.1.4": "6"},
    ),
    (
        "the sum over the years and the year's own",
        "截至12月底，全县共主动公开政府信息12035条，其中2016年新增2103条。",
        {"s14.1.1": "2103"},
    ),
    (
        "the leader of the government",
        "全市举办新闻发布会46场次，其中市政府主要负责同志参加2场次。",
        {"s14.2.2.1": "46", "s14.2.2.1.1": "2"},
    ),
    ("interpretations published", "通过政府网站发布解读信息312篇。", {"s14.2.2.3": "312"}),
    ("meetings by their names", "政府信息公开方面，召开专题会议或专题工作会87次。", {"s14.9.1": "87"}),
    ("information of its own level", "2016年，共主动公开政府本级信息60条。", {"s14.1.1": "60"}),
    ("requests, a list of verbs", "全年共收到并受理政府信息公开申请14件。", {"s14.3.1": "14"}),
    (
        "requests of citizens",
        "全市行政机关共收到公民、法人和其他组织提出的政府信息公开申请1256件。",
        {"s14.3.1": "1256"},
    ),
    (
        "requests, behind a remark in brackets",
        "全年收到政府信息公开申请（含网上申请、信函申请）71件。",
        {"s14.3.1": "71"},
    ),
    ("requests, 共计", "我委收到政府信息公开申请共计5件，全部依法办结。", {"s14.3.1": "5"}),
    ("requests, 数量为", "2016年政府信息公开申请数量为33件。", {"s14.3.1": "33"}),
    ("requests, of all kinds", "本年度全区受理各类政府信息公开申请203件次。", {"s14.3.1": "203"}),
    ("requests, subject first", "2016年，公民向我局申请公开政府信息4件。", {"s14.3.1": "4"}),
    (
        "requests then replies after a full stop",
        "全年收到政府信息公开申请40件。已答复40件，其中同意公开30件，部分公开4件，信息不存在6件。",
        {"s14.3.1": "40", "s14.3.3": "40", "s14.3.3.2": "30", "s14.3.3.3": "4", "s14.3.3.6": "6"},
    ),
    (
        "replies of an older kind",
        "在依申请公开答复中，予以公开9件，部分公开1件，不予公开2件，非本机关政府信息3件。",
        {"s14.3.3.2": "9", "s14.3.3.3": "1", "s14.3.3.4": "2", "s14.3.3.5": "3"},
    ),
    (
        "replies, not government information",
        "对依申请公开的答复中，不是《条例》所指政府信息2件，法律法规规定的其他情形1件。",
        {"s14.3.3.4.5": "2", "s14.3.3.4.6": "1"},
    ),
    ("review, upheld at once", "因政府信息公开被申请行政复议1件，复议机关予以维持。", {"s14.4": "1"}),
    (
        "review in the Shanghai way",
        "本年度发生针对本部门有关政府信息公开事务的行政复议案0件。发生针对本部门有关政府信息公开事务的行政诉讼案2件。",
        {"s14.4": "0", "s14.5": "2"},
    ),
    (
        "review, nobody asked",
        "2016年，无因政府信息公开被申请行政复议、提起行政诉讼的情况。",
        {"s14.4": "0", "s14.5": "0"},
    ),
    (
        "disputes under a heading",
        "五、行政复议、行政诉讼情况\n2016年，我局没有发生行政复议和行政诉讼案件。",
        {"s14.4": "0", "s14.5": "0"},
    ),
    ("a heading and 无", "政府信息公开行政复议情况：无", {"s14.4": "0"}),
    (
        "complaints and disputes denied",
        "全年没有因政府信息公开工作被举报投诉，未引起行政复议和行政诉讼。",
        {"s14.4": "0", "s14.5": "0", "s14.6": "0"},
    ),
    ("no fee, no request", "我局未收到政府信息公开申请，未产生任何费用。", {"s14.3.1": "0", "s14.7": "0"}),
    ("no fee, 不存在", "政府信息公开方面不存在收费情况。", {"s14.7": "0"}),
    ("no fees nor reductions", "2016年，政府信息公开无收费和减免情况。", {"s14.7": "0"}),
    ("fee for copies", "依申请公开政府信息收取检索、复制、邮寄费用120元。", {"s14.7": "120"}),
    (
        "people in the work",
        "全区从事政府信息公开工作的人员86人，其中专职12人，兼职74人。",
        {"s14.8.3": "86", "s14.8.3.1": "12", "s14.8.3.2": "74"},
    ),
    ("reading places", "设置政府信息查阅点5处。", {"s14.8.2": "5"}),
    ("training, in one", "开展政府信息公开业务培训4次，参加培训人员300人次。", {"s14.9.2": "4", "s14.9.3": "300"}),
    ("training, with people", "全年举办政务公开培训班2期，培训人员160人次。", {"s14.9.2": "2", "s14.9.3": "160"}),
    ("special meetings", "召开政务公开专题会议3次。", {"s14.9.1": "3"}),
    ("microblog alone", "通过政务微博公开政府信息120条。", {"s14.1.2.3": "120"}),
    ("year with a date range", "2016年1月1日至12月31日，主动公开政府信息332条。", {"s14.1.1": "332"}),
    ("by the year's end, this year's", "截至2016年12月31日，共主动公开政府信息332条。", {"s14.1.1": "332"}),
    (
        "in two lines, the same",
        "全年收到政府信息公开申请7件。\n2016年，我局共收到政府信息公开申请7件。",
        {"s14.3.1": "7"},
    ),
    (
        "spaces round the number",
        "全年收到政府信息公开申请 21 件，主动公开政府信息 1136 条。",
        {"s14.3.1": "21", "s14.1.1": "1136"},
    ),
    # -- as places word it
    ("everybody's bodies", "2016年，各县（市、区）政府、市政府各部门共收到公开政府信息申请23件。", {"s14.3.1": "23"}),
    (
        "shares between the ways",
        "受理政府信息公开申请36件，其中当面申请10件，占28%；信函申请8件，占22%；网络申请17件，占47%；传真申请1件，占3%。",
        {"s14.3.1": "36", "s14.3.1.1": "10", "s14.3.1.4": "8", "s14.3.1.3": "17", "s14.3.1.2": "1"},
    ),
    (
        "a line each for the replies",
        "在已答复的依申请公开件中：\n“同意公开”的7件，占总数的70%，\n“不予公开”的1件，\n“非本机关掌握”的2件。",
        {"s14.3.3.2": "7", "s14.3.3.4": "1", "s14.3.3.5": "2"},
    ),
    (
        "all disclosed",
        "收到依申请公开申请28宗，其中全部公开10宗，部分公开2宗，信息不存在4宗。",
        {"s14.3.1": "28", "s14.3.3.2": "10", "s14.3.3.3": "2", "s14.3.3.6": "4"},
    ),
    ("requests before their verb", "2016年依申请公开共受理2件。", {"s14.3.1": "2"}),
    ("requests, 起", "2016年，我局收到12起政府信息依申请公开。", {"s14.3.1": "12"}),
    ("requests of another form denied", "未收到书面或以其他形式要求公开政府信息的申请。", {"s14.3.1": "0"}),
    ("requests for what is not disclosed", "本年度未收到查看主动公开以外信息的申请。", {"s14.3.1": "0"}),
    ("never a fee", "获取政府公开信息时，从未进行收费。", {"s14.7": "0"}),
    (
        "not yet a fee since the beginning",
        "自开展政府信息公开工作以来，暂未对依申请提供政府信息收取检索、复印等费用。",
        {"s14.7": "0"},
    ),
    ("a fee with its kinds", "2016年度依申请公开收取的费用（检索费、邮寄费等）为0元。", {"s14.7": "0"}),
    ("costs of a lawsuit are no lawsuit", "2016年未产生与政府信息公开行政诉讼有关的费用支出。", {}),
    (
        "cases in two kinds denied",
        "没有发生针对本单位政府信息公开事务的行政复议案、行政诉讼案和申诉案。",
        {"s14.4": "0", "s14.5": "0"},
    ),
    (
        "disputes of a request, not the request",
        "全年未发生因政府信息公开产生申请行政复议或者提起行政诉讼的情况。",
        {"s14.4": "0", "s14.5": "0"},
    ),
    (
        "disputes about requests denied",
        "我局未发生依申请公开政府信息方面的行政复议和行政诉讼。",
        {"s14.4": "0", "s14.5": "0"},
    ),
    (
        "information made, in three kinds",
        "共制作政府信息3021条，其中主动公开信息1027条，依申请公开信息459条，不予公开信息1535条。",
        {"s14.1.1": "1027"},
    ),
    ("many ways summed up", "通过信息公开网、简报、宣传栏等各类公开载体主动公开信息43条。", {"s14.1.1": "43"}),
    (
        "two sites of one body",
        "主动公开政府信息5641条，其中通过市政府门户网站公开1298条，通过我局官方网站公开4249条，通过“某城财政”政务微信公开6条。",
        {"s14.1.1": "5641", "s14.1.2.4": "6"},
    ),
    (
        "channels told after a colon",
        "通过不同渠道和方式公开政府信息情况：政府网站公开信息3698条，微博微信公开信息2148条，政府公报公开信息0条。",
        {"s14.1.2.2": "3698", "s14.1.2.1": "0"},
    ),
    ("wechat, with what was disclosed", "通过微信公众号公开通知公告、政策法规等信息共30条。", {"s14.1.2.4": "30"}),
    ("ministerial rules before ours", "共制定出台部门规章5部、规范性文件40个。", {"s14.1.1.2": "40"}),
    ("a number without a unit", "2016年，我局在微博、微信等媒介上公开政务信息4287。", {"s14.1.1": "4287"}),
    (
        "staff of both kinds",
        "政府信息公开工作配备了1名全职工作人员、3名兼职工作人员。",
        {"s14.8.3.1": "1", "s14.8.3.2": "3"},
    ),
    ("staff not told apart", "为做好政府信息公开，配备了132名专、兼职工作人员。", {}),
    ("staff not told apart in brackets", "为做好政府信息公开，配备专（兼）职工作人员12名。", {}),
    ("consultations", "共接受公民、法人及其他组织政府信息公开方面的咨询2070人次。", {}),
    (
        "the table, told in one breath",
        "参加或举办新闻发布会总次数3次，政府网站在线访谈次数2次，政策解读稿件发布数16篇，微博微信回应事件数21次，其他方式回应事件数5次。",
        {"s14.2.2.1": "3", "s14.2.2.2": "2", "s14.2.2.3": "16", "s14.2.2.4": "21", "s14.2.2.5": "5"},
    ),
    ("this year's beside all years'", "历年累计主动公开信息95000条，其中2016年主动公开12001条。", {"s14.1.1": "12001"}),
    ("a department by its trade", "公开方面，环保部门公开信息86条。", {}),
    (
        "all the reviews a government hears",
        "推进政务公开，建设法治政府。全年受理行政复议案件320件，办理行政应诉案件56件。",
        {},
    ),
    ("one clerk in words", "政府信息公开工作落实一名专职人员。", {"s14.8.3.1": "1"}),
    (
        "two denials in one",
        "我局没有收到政府信息公开申请和因政府信息公开申请行政复议、行政诉讼事件。",
        {"s14.3.1": "0", "s14.4": "0", "s14.5": "0"},
    ),
    ("a column among other ways", "通过门户网站、信息公开专栏、电视等形式主动公开发布信息362条。", {"s14.1.1": "362"}),
    (
        "nothing at all of three",
        "政府信息公开工作实现零投诉、零复议、零诉讼。",
        {"s14.4": "0", "s14.5": "0", "s14.6": "0"},
    ),
    ("not one", "全年无一例因政府信息公开引起的行政复议和行政诉讼。", {"s14.4": "0", "s14.5": "0"}),
    (
        "a province's bodies, about",
        "全省各级行政机关主动公开政府信息约285万条。其中，省政府部门主动公开政府信息68万条。",
        {"s14.1.1": "2850000"},
    ),
    (
        "shares of the ways are no counts",
        "全省共受理政府信息公开申请13248件。其中，网络申请占56%，信函申请占21%。",
        {"s14.3.1": "13248"},
    ),
    (
        "a heading in the line",
        "依申请公开。全年共受理12件（当面2件，信函3件，网络7件），办结12件。",
        {"s14.3.1": "12", "s14.3.1.1": "2", "s14.3.1.4": "3", "s14.3.1.3": "7", "s14.3.2": "12"},
    ),
    (
        "conferences with the leader",
        "全年共召开新闻发布会25场，其中主要领导出席3场。",
        {"s14.2.2.1": "25", "s14.2.2.1.1": "3"},
    ),
    (
        "kinds of all information",
        "共主动公开政府信息1100余条，其中工作动态800条；依申请公开12条，不予公开3条。",
        {"s14.1.1": "1100"},
    ),
    ("catalogues and visits", "编制政府信息公开目录120条，专栏访问量12000人次，接待公众查阅政府信息3200人次。", {}),
    ("what was asked about", "收到的政府信息公开申请中，涉及征地拆迁类35件、财政资金类12件。", {}),
    ("newly, behind the thing", "本机关2016年共主动公开政府信息新增22条。", {"s14.1.1": "22"}),
    ("one clerk of each kind", "政府信息公开工作配备专职和兼职工作人员各1名。", {"s14.8.3.1": "1", "s14.8.3.2": "1"}),
    ("clerks of both kinds together", "政府信息公开工作配备专职和兼职工作人员5名。", {}),
    (
        "channels of an office",
        "我厅主动公开信息651条，其中通过厅门户网站公开398条，占61.2%，通过报刊、广播等其他方式公开253条。",
        {"s14.1.1": "651", "s14.1.2.2": "398", "s14.1.2.5": "253"},
    ),
    ("as the rules require", "我局按照《条例》要求主动公开政府信息320条。", {"s14.1.1": "320"}),
    (
        "the requests of the paragraph before",
        "全年共收到政府信息公开申请40件。\n在申请办理方面，我局完善登记、审核、办理、答复、归档各个环节，加强与申请人的沟通，"
        "优化服务流程，依法依规答复，不断提高办理的质量和效率。已办结38件，其中同意公开20件，信息不存在18件。",
        {"s14.3.1": "40", "s14.3.2": "38", "s14.3.3.2": "20", "s14.3.3.6": "18"},
    ),
    (
        "other matters of the paragraph after",
        "全年共收到政府信息公开申请40件。\n全年承办建议提案56件，已答复56件；县长信箱留言120条，已办结118条。",
        {"s14.3.1": "40"},
    ),
    ("a range is no count", "每年收到政府信息公开申请3-5件。", {}),
    # -- what is not the code's
    ("one disclosure body among many", "其他部门主动公开政府信息82条。", {}),
    ("published is not disclosed by law", "门户网站发布各类信息4612条，微信公众号推送信息320条。", {}),
    ("visits", "政府网站访问量达6645864次，依申请公开专栏浏览量1200次。", {}),
    ("answered on the hotline", "政风热线回应百姓热点问题277次。", {}),
    ("copies of a book", "编印《政府信息公开工作手册》500册。", {}),
    ("requests withdrawn", "申请人撤回政府信息公开申请2件。", {}),
    ("reports to higher bodies", "向市政府办公室报送政府信息公开工作信息35条。", {}),
    ("what others were asked", "协助市政府办公室答复政府信息公开申请征求意见3件。", {}),
    ("inspection", "开展政府信息公开检查4次，通报问题12个。", {}),
    ("rate of review", "政府信息公开行政复议纠错率为2.5%。", {}),
    ("old years in brackets", "收到政府信息公开申请71件（2015年为60件，2014年为52件）。", {"s14.3.1": "71"}),
    ("limits of time", "收到申请后15个工作日内答复，最长不超过30个工作日。", {}),
    ("leader’s inspection", "主要负责同志参加政风行风热线3次。", {}),
    ("training given elsewhere", "参加省政府办公厅组织的政府信息公开培训2次。", {}),
    ("posts of a village", "村（社区）公开栏公开信息12000条。", {}),
    ("a target", "要求各单位主动公开政府信息不少于50条。", {}),
    ("of the year before", "2015年收到政府信息公开申请60件。", {}),
    ("compared with the year before", "收到政府信息公开申请71件，比2015年的60件增加11件。", {"s14.3.1": "71"}),
    ("growth is no count", "主动公开政府信息500条，同比增长20%，较上年增加83条。", {"s14.1.1": "500"}),
    ("of all years together", "《条例》施行以来，全市累计主动公开政府信息158000条。", {}),
    ("the stock at the year's end", "截至2016年底，累计公开政府信息5万余条。", {}),
    ("a plan", "下一步，计划举办政府信息公开培训班2期。", {}),
    ("a plan for the next year", "2017年将召开政府信息公开工作会议2次。", {}),
    ("one field's information", "公开教育信息347条，公开环保信息86条。", {}),
    ("a special column", "通过“重点领域”专栏主动公开政府信息120条。", {}),
    ("licences", "受理行政许可申请1200件，办结1190件。", {}),
    ("hotline", "市长热线受理群众来电5058件，办结5000件。", {}),
    ("a mailbox", "县长信箱收到群众来信302件，答复298件。", {}),
    ("proposals", "承办市人大代表建议173件，政协提案249件，均已答复。", {}),
    ("consumer complaints", "受理申诉举报案件47件，申诉办结率98%。", {}),
    ("other meetings", "全年召开县政府常务会议12次，座谈会3次。", {}),
    ("other training", "举办农民技能培训班12期，培训农民1200人次。", {}),
    ("rates", "政府信息公开申请按时答复率100%。", {}),
    ("rules cleaned up", "清理规范性文件45件，其中废止12件。", {}),
    ("a way of asking denied", "本年度未收到通过网络提交的政府信息公开申请。", {}),
    ("nothing late", "没有发生超期答复政府信息公开申请的情况。", {}),
    ("a reply in time", "全年未出现依申请公开答复不及时的情况。", {}),
    ("no appeal is not no request", "政府信息公开方面，未收到行政复议申请。", {"s14.4": "0"}),
    ("no price list", "政府信息公开没有收费标准。", {}),
    ("no wrong found", "没有发生在行政复议或者行政诉讼中被确认违法的情况。", {}),
    ("no secret let out", "全年未发生政府信息公开泄密事件。", {}),
    ("no channel is no zero", "政府网站没有依申请公开栏目。", {}),
    ("some bodies only", "市直部门共收到政府信息公开申请35件。", {}),
    ("two bodies in one line", "市发展局收到政府信息公开申请12件，市教育局收到政府信息公开申请9件。", {}),
    (
        "the whole before a body",
        "全市共收到政府信息公开申请500件，其中市公安局收到政府信息公开申请120件。",
        {"s14.3.1": "500"},
    ),
    ("a request that asks for review is no request", "因政府信息公开申请行政复议2件。", {"s14.4": "2"}),
    ("articles of law", "按照《条例》第二十条、第二十一条，主动公开政府信息。", {}),
    ("nothing refused is not nothing asked", "政府信息公开申请中没有不予公开的情况。", {}),
    ("gazette", "编发公报24期，刊登规范性文件112件、政策解读83件。", {}),
]

FORM_2021: list[Row] = [
    (
        "all of one kind, the counted thing between",
        "共收到8份政府信息公开申请，均为自然人申请。",
        {"f21.t3.r1.tot": "8", "f21.t3.r1.np": "8"},
    ),
    ("received, a publication by request", "今年共收到3条依申请政府信息公开，均已答复。", {"f21.t3.r1.tot": "3"}),
    ("received, it came to one", "2023年度和平街道发生依申请公开1次。", {"f21.t3.r1.tot": "1"}),
    ("new requests", "2023年新收政府信息公开申请256件。", {"f21.t3.r1.tot": "256"}),
    (
        "new requests, of whom",
        "全区共收到政府信息公开申请256件，其中自然人申请240件，商业企业10件，法律服务机构6件。",
        {"f21.t3.r1.tot": "256", "f21.t3.r1.np": "240", "f21.t3.r1.biz": "10", "f21.t3.r1.law": "6"},
    ),
    (
        "people and bodies without a total",
        "三、收到和处理政府信息公开申请情况\n全年共收到自然人申请30件、法人或其他组织申请6件，均已答复。",
        {"f21.t3.r1.np": "30"},
    ),
    (
        "organisations have no column of their own",
        "收到政府信息公开申请81件，其中自然人80件，法人或其他组织1件。",
        {"f21.t3.r1.tot": "81", "f21.t3.r1.np": "80"},
    ),
    (
        "the flow of requests",
        "2023年新收政府信息公开申请10件，上年结转2件，办结11件，结转下年度继续办理1件。",
        {"f21.t3.r1.tot": "10", "f21.t3.r2.tot": "2", "f21.t3.r3.7.tot": "11", "f21.t3.r4.tot": "1"},
    ),
    (
        "carried, said otherwise",
        "全年收到政府信息公开申请50件，结转上年度申请5件，另有3件顺延至下年度办理。",
        {"f21.t3.r1.tot": "50", "f21.t3.r2.tot": "5", "f21.t3.r4.tot": "3"},
    ),
    (
        "results",
        "办结政府信息公开申请251件，其中，予以公开80件、部分公开20件、不予公开15件、无法提供100件、不予处理30件、其他处理6件。",
        {
            "f21.t3.r3.7.tot": "251",
            "f21.t3.r3.1.tot": "80",
            "f21.t3.r3.2.tot": "20",
            "f21.t3.r3.3.tot": "15",
            "f21.t3.r3.4.tot": "100",
            "f21.t3.r3.5.tot": "30",
            "f21.t3.r3.6.tot": "6",
        },
    ),
    (
        "results with shares",
        "依申请公开办理结果：予以公开42件，占51.85%；无法提供31件，占38.27%；不予处理1件，占1.23%。",
        {"f21.t3.r3.1.tot": "42", "f21.t3.r3.4.tot": "31", "f21.t3.r3.5.tot": "1"},
    ),
    (
        "results taken together are neither",
        "依申请公开中，予以公开及部分公开42件，不予公开5件。",
        {"f21.t3.r3.3.tot": "5"},
    ),
    (
        "results with their reasons",
        "依申请公开中，因本机关不掌握等原因无法提供89件，信访举报投诉等不予处理的申请286件，其他9件。",
        {"f21.t3.r3.4.tot": "89", "f21.t3.r3.5.tot": "286", "f21.t3.r3.6.tot": "9"},
    ),
    (
        "one reason",
        "依申请公开答复中，本机关不掌握相关政府信息12件，没有现成信息需要另行制作3件，补正后申请内容仍不明确1件。",
        {"f21.t3.r3.4.1.tot": "12", "f21.t3.r3.4.2.tot": "3", "f21.t3.r3.4.3.tot": "1"},
    ),
    (
        "reasons of refusal",
        "依申请公开答复中，属于三类内部事务信息2件，属于四类过程性信息3件，属于行政执法案卷1件，属于行政查询事项4件。",
        {"f21.t3.r3.3.5.tot": "2", "f21.t3.r3.3.6.tot": "3", "f21.t3.r3.3.7.tot": "1", "f21.t3.r3.3.8.tot": "4"},
    ),
    ("replies", "全年答复政府信息公开申请805件。", {"f21.t3.r3.7.tot": "805"}),
    ("none", "2023年，本机关未收到政府信息公开申请，无上年结转申请。", {"f21.t3.r1.tot": "0", "f21.t3.r2.tot": "0"}),
    (
        "rules",
        "全年制发行政规范性文件5件，废止行政规范性文件2件，现行有效行政规范性文件30件。",
        {"f21.t2.a1.norm.made": "5", "f21.t2.a1.norm.repealed": "2", "f21.t2.a1.norm.valid": "30"},
    ),
    (
        "rules, thing first",
        "行政规范性文件制发5件，废止2件，现行有效30件。",
        {"f21.t2.a1.norm.made": "5", "f21.t2.a1.norm.repealed": "2", "f21.t2.a1.norm.valid": "30"},
    ),
    ("regulations", "本年制发规章3件，现行有效规章41件。", {"f21.t2.a1.rule.made": "3", "f21.t2.a1.rule.valid": "41"}),
    ("disclosed rules are not made ones", "主动公开行政规范性文件60件。", {}),
    ("disclosed information has no cell", "全年主动公开政府信息13561条。", {}),
    (
        "decisions",
        "作出行政许可决定1203件，作出行政处罚决定87件。",
        {"f21.t2.a5.licence.decided": "1203", "f21.t2.a6.penalty.decided": "87"},
    ),
    ("administrative fees", "行政事业性收费本年收费金额96171.6万元。", {"f21.t2.a8.fee.amount": "96171.6"}),
    ("handling fee has no cell", "2023年收取政府信息公开信息处理费0元。", {}),
    ("no handling fee has no cell", "本年度无收取信息处理费情况。", {}),
    (
        "review",
        "因政府信息公开被申请行政复议3件，其中结果维持2件、结果纠正1件。",
        {"f21.t4.rev.tot": "3", "f21.t4.rev.upheld": "2", "f21.t4.rev.corrected": "1"},
    ),
    ("litigation is two columns", "因政府信息公开引起的行政复议案件2件、行政诉讼案件7件。", {"f21.t4.rev.tot": "2"}),
    (
        "litigation, told apart",
        "政府信息公开行政诉讼中，未经复议直接起诉5件，结果维持4件，尚未审结1件；复议后起诉2件，结果维持2件。",
        {
            "f21.t4.dir.tot": "5",
            "f21.t4.dir.upheld": "4",
            "f21.t4.dir.pending": "1",
            "f21.t4.aft.tot": "2",
            "f21.t4.aft.upheld": "2",
        },
    ),
    ("no dispute", "全年未发生因政府信息公开引发的行政复议和行政诉讼案件。", {"f21.t4.rev.tot": "0"}),
    ("meetings have no cell", "召开政府信息公开工作会议2次，举办培训班3期。", {}),
    ("another year", "2022年收到政府信息公开申请60件。", {}),
    ("a share of a body", "其中，市公安局受理的政府信息公开申请占12.3%。", {}),
    ("network questions", "网络问政平台收到网络问政1257条，已办结1157条，受理中100条。", {}),
    (
        "requests by their short name",
        "我局收到政府信息依申请公开办理事项1件，已在规定时间内办结答复。",
        {"f21.t3.r1.tot": "1"},
    ),
    ("requests, 依申请信息", "2023年，我办受理依申请信息56条。", {"f21.t3.r1.tot": "56"}),
    (
        "requests, 依申请公开件",
        "2023年共收到依申请公开件30件，上年度结转办理件1件，共办结24件，结转到2024年办理7件。",
        {"f21.t3.r1.tot": "30", "f21.t3.r2.tot": "1", "f21.t3.r3.7.tot": "24", "f21.t3.r4.tot": "7"},
    ),
    (
        "carried, said 转结",
        "答复政府信息公开申请98件（含上年度转结申请8件，另有5件申请转结下年度继续办理）。",
        {"f21.t3.r3.7.tot": "98", "f21.t3.r2.tot": "8", "f21.t3.r4.tot": "5"},
    ),
    (
        "nothing carried over",
        "收到8份政府信息公开申请，予以公开8件。无下年度结转。",
        {"f21.t3.r1.tot": "8", "f21.t3.r3.1.tot": "8", "f21.t3.r4.tot": "0"},
    ),
    (
        "a share and no unit",
        "答复政府信息公开申请145件，其中予以公开96件，占66.2%；部分公开7，占4.8%。",
        {"f21.t3.r3.7.tot": "145", "f21.t3.r3.1.tot": "96", "f21.t3.r3.2.tot": "7"},
    ),
    (
        "last year in a comparison",
        "共收到信息公开申请22起，比2022年（31起）下降29%，答复22起，其中公开1起，属于行政执法案卷5起。",
        {"f21.t3.r1.tot": "22", "f21.t3.r3.7.tot": "22", "f21.t3.r3.1.tot": "1", "f21.t3.r3.3.7.tot": "5"},
    ),
    (
        "who asked, to the last",
        "收到政府信息公开申请35件，其中自然人申请30件、商业企业2件、法律服务机构1件、其他2件。",
        {"f21.t3.r1.tot": "35", "f21.t3.r1.np": "30", "f21.t3.r1.biz": "2", "f21.t3.r1.law": "1", "f21.t3.r1.oth": "2"},
    ),
    (
        "results with their reasons in brackets",
        "办结依申请公开件15件：不予公开3件（属于国家秘密1件，属于三类内部事务信息2件），"
        "无法提供12件（本机关不掌握相关政府信息10件，没有现成信息需要另行制作2件）。",
        {
            "f21.t3.r3.7.tot": "15",
            "f21.t3.r3.3.tot": "3",
            "f21.t3.r3.3.1.tot": "1",
            "f21.t3.r3.3.5.tot": "2",
            "f21.t3.r3.4.tot": "12",
            "f21.t3.r3.4.1.tot": "10",
            "f21.t3.r3.4.2.tot": "2",
        },
    ),
    (
        "handling in short",
        "受理依申请公开事项133件。其中，不予处理0件，逾期未补正2件，结转下年度继续办理16件。",
        {"f21.t3.r1.tot": "133", "f21.t3.r3.5.tot": "0", "f21.t3.r3.6.1.tot": "2", "f21.t3.r4.tot": "16"},
    ),
    (
        "both disputes with their outcomes",
        "因政府信息公开被申请行政复议5件，维持3件，纠正1件，尚未审结1件；被提起行政诉讼4件，"
        "其中未经复议直接起诉3件，维持2件、其他结果1件；复议后起诉1件，结果维持1件。",
        {
            "f21.t4.rev.tot": "5",
            "f21.t4.rev.upheld": "3",
            "f21.t4.rev.corrected": "1",
            "f21.t4.rev.pending": "1",
            "f21.t4.dir.tot": "3",
            "f21.t4.dir.upheld": "2",
            "f21.t4.dir.other": "1",
            "f21.t4.aft.tot": "1",
            "f21.t4.aft.upheld": "1",
        },
    ),
    ("no dispute of any name", "未发生由政府信息公开引发的举报、投诉、行政复议和行政诉讼等。", {"f21.t4.rev.tot": "0"}),
    ("kinds of information", "主动公开政府信息141条，作为依申请公开信息28条，不予公开信息8条。", {}),
    ("letters by name of a mailbox", "县长信箱收到信件183条，答复183条，答复率达100%。", {}),
    ("messages", "收到248条网民留言，办结留言230条，公开答复4条。", {}),
]

FORM_2019: list[Row] = [
    (
        "regulations and rules disclosed",
        "主动公开规章13件，行政规范性文件60件，市政府其他文件162件。",
        {"f19.t2.a1.rule.disclosed": "13", "f19.t2.a1.norm.disclosed": "60"},
    ),
    (
        "rules, newly and in all",
        "本年新公开规范性文件3件，对外公开规范性文件总数56件。",
        {"f19.t2.a1.norm.disclosed": "3", "f19.t2.a1.norm.total": "56"},
    ),
    ("rules newly made", "本年新制作规范性文件8件。", {"f19.t2.a1.norm.made": "8"}),
    (
        "the whole paragraph",
        "2020年全市共受理政府信息依申请公开3721件，同比增长126.47%，上年结转公开申请15件，其中自然人2870件。"
        "予以公开1298件，占34.88%，部分公开20件，不予公开12件，其他9件，结转下年度继续办理5件。",
        {
            "f19.t3.r1.tot": "3721",
            "f19.t3.r2.tot": "15",
            "f19.t3.r1.np": "2870",
            "f19.t3.r3.1.tot": "1298",
            "f19.t3.r3.2.tot": "20",
            "f19.t3.r3.3.tot": "12",
            "f19.t3.r3.6.tot": "9",
            "f19.t3.r4.tot": "5",
        },
    ),
    (
        "replies, in brackets",
        "答复政府信息公开申请805件（含上年度结转申请18件，另有72件申请按照《条例》顺延到下年度答复）。",
        {"f19.t3.r3.7.tot": "805", "f19.t3.r2.tot": "18", "f19.t3.r4.tot": "72"},
    ),
    (
        "decisions in a row",
        "作出行政许可决定12035件、行政处罚决定873件、行政强制21件。",
        {
            "f19.t2.a5.licence.decided": "12035",
            "f19.t2.a6.penalty.decided": "873",
            "f19.t2.a6.coercion.decided": "21",
        },
    ),
    (
        "done over the year, in a sentence of its own",
        "共收到政府信息公开申请128件，上年结转4件。全年办结126件，结转下年6件。",
        {"f19.t3.r1.tot": "128", "f19.t3.r2.tot": "4", "f19.t3.r3.7.tot": "126", "f19.t3.r4.tot": "6"},
    ),
    (
        "an office received",
        "二是依申请公开情况。2020年度市自然资源局接收到申请书55份。",
        {"f19.t3.r1.tot": "55"},
    ),
    ("repealed rules have no cell", "公布废止规范性文件45件。", {}),
    (
        "procurement",
        "政府集中采购项目12个，采购总金额356.2万元。",
        {"f19.t2.a9.procure.projects": "12", "f19.t2.a9.procure.amount": "356.2"},
    ),
]


def told(text: str, form: FormId, kind: SectionKind | None = None) -> dict[str, str]:
    sections = [Section(number=1, heading="一", kind=kind, start=0, end=len(text))] if kind else []
    indicators, figures = read_prose(text, skip=[], sections=sections, form=form, report_year=YEARS[form])
    for indicator in indicators:
        assert isinstance(indicator.evidence, Span)
        assert text[indicator.evidence.start : indicator.evidence.end] == indicator.raw
        assert any(figure.code == indicator.code for figure in figures) or len(indicators) > 1
    return {indicator.code: f"{indicator.value}" for indicator in indicators}


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in STAT], ids=[row[0] for row in STAT])
def test_the_words_of_the_years_to_2018(text: str, expected: dict[str, str]) -> None:
    assert told(text, "stat-2014") == expected


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in FORM_2019], ids=[row[0] for row in FORM_2019])
def test_the_words_of_2019_and_2020(text: str, expected: dict[str, str]) -> None:
    assert told(text, "form-2019") == expected


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in FORM_2021], ids=[row[0] for row in FORM_2021])
def test_the_words_since_2021(text: str, expected: dict[str, str]) -> None:
    assert told(text, "form-2021") == expected


def test_the_part_on_problems_and_plans_states_no_indicator() -> None:
    assert told("全年收到政府信息公开申请71件。", "stat-2014", "problems") == {}
    assert told("全年收到政府信息公开申请71件。", "stat-2014", "requests") == {"s14.3.1": "71"}


def test_table_lines_are_left_to_the_tables() -> None:
    text = "概况\n主动公开政府信息数 | 27条\n全年收到政府信息公开申请3件。"
    indicators, figures = read_prose(text, skip=[(3, 18)], sections=[], form="stat-2014", report_year=2016)
    assert [indicator.code for indicator in indicators] == ["s14.3.1"]
    assert len(figures) == 1


@pytest.mark.parametrize(
    ("form", "year", "code"),
    [
        ("local", 2017, "s14.3.1"),
        ("local", 2020, "f19.t3.r1.tot"),
        (None, 2024, "f21.t3.r1.tot"),
        ("prose-2008", 2009, "s14.3.1"),
    ],
)
def test_without_a_national_form_the_year_tells_the_codes(form: FormId | None, year: int, code: str) -> None:
    indicators, _ = read_prose("共收到政府信息公开申请7件。", skip=[], sections=[], form=form, report_year=year)
    assert [indicator.code for indicator in indicators] == [code]


def test_without_form_and_year_there_are_figures_only() -> None:
    indicators, figures = read_prose("共收到政府信息公开申请7件。", skip=[], sections=[], form=None, report_year=None)
    assert not indicators
    assert [figure.code for figure in figures] == [None]


def test_the_stock_of_the_first_year_is_the_years() -> None:
    text = "本局到2008年底累计主动公开政府信息91条。"
    for year, codes in ((2008, ["s14.1.1"]), (2009, [])):
        indicators, _ = read_prose(text, skip=[], sections=[], form="prose-2008", report_year=year)
        assert [indicator.code for indicator in indicators] == codes


def test_every_code_of_the_data_is_a_cell_of_its_form() -> None:
    forms = {"s14": "stat-2014", "f19": "form-2019", "f21": "form-2021"}
    for meaning in load_meanings().entries:
        for family, code in meaning.codes.items():
            assert code in load_forms()[forms[family]].cells, f"{meaning.name}: {code}"  # type: ignore[index]
