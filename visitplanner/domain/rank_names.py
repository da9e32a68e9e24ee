"""Ranks and offices in the languages of guests' pages, as the ministries of each write them.

Russian and English stand in `domain.ranks`, from where papers take them.
"""

from collections.abc import Mapping

TABLE = """
head_of_state
  Chef d’État|Jefe de Estado
  رئيس الدولة|国家元首
head_of_government
  Chef de gouvernement|Jefe de Gobierno
  رئيس الحكومة|政府首脑
vice_president
  Vice-président|Vicepresidente
  نائب رئيس الجمهورية|副总统
deputy_head_of_government
  Vice-Premier ministre|Viceprimer Ministro
  نائب رئيس الحكومة|副总理
foreign_minister
  Ministre des Affaires étrangères|Ministro de Relaciones Exteriores
  وزير الخارجية|外交部长
cabinet_minister
  Ministre (membre du gouvernement)|Ministro (del Gobierno)
  وزير (في الحكومة)|部长
speaker
  Président du Parlement|Presidente del Parlamento
  رئيس البرلمان|议长
special_envoy
  Représentant spécial du chef de l’État|Representante especial del Jefe de Estado
  الممثل الخاص لرئيس الدولة|国家元首特别代表
deputy_minister
  Vice-ministre|Viceministro
  نائب الوزير|副部长
ambassador
  Ambassadeur extraordinaire et plénipotentiaire|Embajador Extraordinario y Plenipotenciario
  سفير فوق العادة ومفوض|特命全权大使
nuncio
  Nonce apostolique|Nuncio Apostólico
  السفير البابوي|教廷大使
high_commissioner
  Haut-commissaire|Alto Comisionado
  المفوض السامي|高级专员
envoy
  Envoyé extraordinaire et ministre plénipotentiaire
  Enviado Extraordinario y Ministro Plenipotenciario
  مبعوث فوق العادة ووزير مفوض|特命全权公使
internuncio
  Internonce|Internuncio
  القاصد الرسولي|教廷公使
representative
  Représentant|Representante
  ممثل|代表
charge
  Chargé d’affaires en pied|Encargado de Negocios
  قائم بالأعمال|代办
charge_ai
  Chargé d’affaires par intérim|Encargado de Negocios a. i.
  قائم بالأعمال بالنيابة|临时代办
minister
  Ministre (d’ambassade)|Ministro (de embajada)
  وزير مفوض|公使
minister_counsellor
  Ministre-conseiller|Ministro Consejero
  وزير مستشار|公使衔参赞
defence_attache
  Attaché de défense|Agregado de Defensa
  ملحق الدفاع|国防武官
trade_representative
  Représentant commercial|Representante Comercial
  الممثل التجاري|商务代表
counsellor
  Conseiller|Consejero
  مستشار|参赞
commercial_counsellor
  Conseiller commercial|Consejero Comercial
  مستشار تجاري|商务参赞
consul_general
  Consul général|Cónsul General
  قنصل عام|总领事
first_secretary
  Premier secrétaire|Primer Secretario
  سكرتير أول|一等秘书
consul
  Consul|Cónsul
  قنصل|领事
second_secretary
  Deuxième secrétaire|Segundo Secretario
  سكرتير ثانٍ|二等秘书
vice_consul
  Vice-consul|Vicecónsul
  نائب قنصل|副领事
third_secretary
  Troisième secrétaire|Tercer Secretario
  سكرتير ثالث|三等秘书
attache
  Attaché|Agregado
  ملحق|随员
honorary_consul
  Consul honoraire|Cónsul Honorario
  قنصل فخري|名誉领事
expert
  Expert|Experto
  خبير|专家
technical
  Personnel administratif et technique|Personal administrativo y técnico
  الموظفون الإداريون والفنيون|行政和技术人员
"""
"""Code; French and Spanish; Arabic and Chinese."""

RANK_NAMES: Mapping[str, Mapping[str, str]] = {
    code: dict(zip(("fr", "es", "ar", "zh"), names, strict=True))
    for code, *names in (row.split("|") for row in TABLE.strip().replace("\n  ", "|").splitlines())
}
"""Code → language → name."""

PLAIN: Mapping[str, str] = {
    "cabinet_minister": "Minister (of a government)",
    "minister": "Minister (of an embassy)",
}
"""English names for lists in which two ranks would read the same."""


def rank_name_in(code: str, language: str, *, ru: str, en: str) -> str:
    """The name of a rank in one of six languages, told from its like."""
    if language == "ru":
        return ru
    return RANK_NAMES[code].get(language) or PLAIN.get(code, en)
