/** The parts of an address in sixteen languages; where a country has its own word for one, that word. */

interface Kinds {
  readonly state_name_type?: string;
  readonly zip_name_type?: string;
  readonly locality_name_type?: string;
  readonly sublocality_name_type?: string;
}

interface LabelWords {
  readonly country: string;
  readonly name: string;
  readonly line1: string;
  readonly line2: string;
  readonly city: string;
  readonly district: string;
  readonly suburb: string;
  readonly neighborhood: string;
  readonly postalCode: string;
  readonly state: string;
  readonly province: string;
  readonly region: string;
  readonly county: string;
  readonly prefecture: string;
  readonly department: string;
  readonly emirate: string;
  readonly island: string;
}

/** In the order of `LabelWords`. */
const rows = {
  en: 'Country|Full name|Address|Apartment, floor (optional)|City|District|Suburb|Neighbourhood|Postal code|State|Province|Region|County|Prefecture|Department|Emirate|Island',
  fr: 'Pays|Nom complet|Adresse|Appartement, étage (facultatif)|Ville|District|Banlieue|Quartier|Code postal|État|Province|Région|Comté|Préfecture|Département|Émirat|Île',
  es: 'País|Nombre completo|Dirección|Piso, puerta (opcional)|Ciudad|Distrito|Barrio|Barrio|Código postal|Estado|Provincia|Región|Condado|Prefectura|Departamento|Emirato|Isla',
  de: 'Land|Vollständiger Name|Straße und Hausnummer|Adresszusatz (optional)|Ort|Stadtteil|Vorort|Ortsteil|Postleitzahl|Bundesland|Provinz|Region|Grafschaft|Präfektur|Departement|Emirat|Insel',
  pt: 'País|Nome completo|Endereço|Complemento (opcional)|Cidade|Distrito|Subúrbio|Bairro|Código postal|Estado|Província|Região|Condado|Prefeitura|Departamento|Emirado|Ilha',
  it: 'Paese|Nome e cognome|Indirizzo|Interno, piano (facoltativo)|Città|Distretto|Sobborgo|Quartiere|CAP|Stato|Provincia|Regione|Contea|Prefettura|Dipartimento|Emirato|Isola',
  nl: 'Land|Volledige naam|Straat en huisnummer|Toevoeging (optioneel)|Plaats|District|Buitenwijk|Wijk|Postcode|Staat|Provincie|Regio|Graafschap|Prefectuur|Departement|Emiraat|Eiland',
  pl: 'Kraj|Imię i nazwisko|Adres|Mieszkanie, piętro (opcjonalnie)|Miejscowość|Dzielnica|Przedmieście|Osiedle|Kod pocztowy|Stan|Prowincja|Region|Hrabstwo|Prefektura|Departament|Emirat|Wyspa',
  tr: 'Ülke|Ad ve soyad|Adres|Daire, kat (isteğe bağlı)|Şehir|İlçe|Semt|Mahalle|Posta kodu|Eyalet|İl|Bölge|Kontluk|Prefektörlük|Departman|Emirlik|Ada',
  ar: 'البلد|الاسم الكامل|العنوان|الشقة، الطابق (اختياري)|المدينة|الحي|الضاحية|الحي|الرمز البريدي|الولاية|المحافظة|المنطقة|المقاطعة|المحافظة|المقاطعة|الإمارة|الجزيرة',
  he: 'מדינה|שם מלא|כתובת|דירה, קומה (לא חובה)|עיר|רובע|פרבר|שכונה|מיקוד|מדינה|מחוז|אזור|מחוז|מחוז|מחוז|אמירות|אי',
  zh: '国家或地区|姓名|详细地址|楼层、门牌号（选填）|城市|区|郊区|街区|邮政编码|州|省|地区|县|都道府县|省|酋长国|岛屿',
  ja: '国・地域|氏名|住所|建物名・部屋番号（任意）|市区町村|地区|地区|町名|郵便番号|州|省・州|地域|郡|都道府県|県|首長国|島',
  ko: '국가/지역|이름|주소|동, 호수 (선택)|시|구|구|동|우편번호|주|도/시|지역|카운티|현|주|토후국|섬',
  hi: 'देश|पूरा नाम|पता|फ़्लैट, मंज़िल (वैकल्पिक)|शहर|ज़िला|उपनगर|मोहल्ला|पिन कोड|राज्य|प्रांत|क्षेत्र|काउंटी|प्रीफ़ेक्चर|विभाग|अमीरात|द्वीप',
  sw: 'Nchi|Jina kamili|Anwani|Nyumba, ghorofa (si lazima)|Mji|Wilaya|Kitongoji|Mtaa|Msimbo wa posta|Jimbo|Mkoa|Eneo|Kaunti|Mkoa|Idara|Emirati|Kisiwa',
} as const;

const names = [
  'country',
  'name',
  'line1',
  'line2',
  'city',
  'district',
  'suburb',
  'neighborhood',
  'postalCode',
  'state',
  'province',
  'region',
  'county',
  'prefecture',
  'department',
  'emirate',
  'island',
] as const satisfies readonly (keyof LabelWords)[];

/** Words of one kind of administrative area that stand for those we have no word of their own for. */
const states: Readonly<Record<string, keyof LabelWords>> = {
  area: 'region',
  county: 'county',
  department: 'department',
  district: 'district',
  do_si: 'province',
  emirate: 'emirate',
  island: 'island',
  oblast: 'region',
  parish: 'district',
  prefecture: 'prefecture',
  province: 'province',
  region: 'region',
  state: 'state',
};

const districts: Readonly<Record<string, keyof LabelWords>> = {
  neighborhood: 'neighborhood',
  suburb: 'suburb',
  townland: 'neighborhood',
  village_township: 'neighborhood',
};

const english = { zip: 'ZIP code', pin: 'PIN code', eircode: 'Eircode' };

/** Each part's label by the country's own kind of it; English where a language is not among ours. */
export function addressLabels(language: string) {
  const isOurs = Object.hasOwn(rows, language);
  const row = rows[(isOurs ? language : 'en') as keyof typeof rows].split('|');
  const words = Object.fromEntries(
    names.map((name, at) => [name, row[at]]),
  ) as unknown as LabelWords;
  const isEnglish = !isOurs || language === 'en';
  return {
    country: words.country,
    name: () => words.name,
    line1: () => words.line1,
    line2: () => words.line2,
    city: ({ locality_name_type: kind = '' }: Kinds) => {
      if (isEnglish && kind === 'post_town') return 'Town or city';
      return words[kind === 'district' || kind === 'suburb' ? kind : 'city'];
    },
    district: ({ sublocality_name_type: kind = '' }: Kinds) => words[districts[kind] ?? 'district'],
    state: ({ state_name_type: kind = '' }: Kinds) => words[states[kind] ?? 'province'],
    postalCode: ({ zip_name_type: kind = '' }: Kinds) =>
      (isEnglish && english[kind as keyof typeof english]) || words.postalCode,
  } as const;
}
