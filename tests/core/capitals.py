"""Capitals with the zone they lie in, and large cities by their English, German and French names."""

from __future__ import annotations

_CAPITALS = """
Abu Dhabi=Asia/Dubai; Abuja=Africa/Lagos; Accra=Africa/Accra; Addis Ababa=Africa/Addis_Ababa;
Algiers=Africa/Algiers; Amman=Asia/Amman; Amsterdam=Europe/Amsterdam; Andorra la Vella=Europe/Andorra;
Ankara=Europe/Istanbul; Antananarivo=Indian/Antananarivo; Apia=Pacific/Apia; Ashgabat=Asia/Ashgabat;
Asmara=Africa/Asmara; Astana=Asia/Almaty; Asunción=America/Asuncion; Athens=Europe/Athens;
Baghdad=Asia/Baghdad; Baku=Asia/Baku; Bamako=Africa/Bamako; Bandar Seri Begawan=Asia/Brunei;
Bangkok=Asia/Bangkok; Bangui=Africa/Bangui; Banjul=Africa/Banjul; Basseterre=America/St_Kitts;
Beijing=Asia/Shanghai; Beirut=Asia/Beirut; Belgrade=Europe/Belgrade; Belmopan=America/Belize;
Berlin=Europe/Berlin; Bern=Europe/Zurich; Bishkek=Asia/Bishkek; Bissau=Africa/Bissau;
Bogotá=America/Bogota; Brasília=America/Sao_Paulo; Bratislava=Europe/Bratislava;
Brazzaville=Africa/Brazzaville; Bridgetown=America/Barbados; Brussels=Europe/Brussels;
Bucharest=Europe/Bucharest; Budapest=Europe/Budapest; Buenos Aires=America/Argentina/Buenos_Aires;
Cairo=Africa/Cairo; Canberra=Australia/Sydney; Caracas=America/Caracas; Castries=America/St_Lucia;
Chisinau=Europe/Chisinau; Colombo=Asia/Colombo; Conakry=Africa/Conakry; Copenhagen=Europe/Copenhagen;
Dakar=Africa/Dakar; Damascus=Asia/Damascus; Dhaka=Asia/Dhaka; Dili=Asia/Dili; Djibouti=Africa/Djibouti;
Dodoma=Africa/Dar_es_Salaam; Doha=Asia/Qatar; Dublin=Europe/Dublin; Dushanbe=Asia/Dushanbe;
Freetown=Africa/Freetown; Funafuti=Pacific/Funafuti; Gaborone=Africa/Gaborone;
Georgetown=America/Guyana; Guatemala City=America/Guatemala; Hanoi=Asia/Ho_Chi_Minh;
Harare=Africa/Harare; Havana=America/Havana; Helsinki=Europe/Helsinki; Honiara=Pacific/Guadalcanal;
Islamabad=Asia/Karachi; Jakarta=Asia/Jakarta; Jerusalem=Asia/Jerusalem; Juba=Africa/Juba;
Kabul=Asia/Kabul; Kampala=Africa/Kampala; Kathmandu=Asia/Kathmandu; Khartoum=Africa/Khartoum;
Kigali=Africa/Kigali; Kingston=America/Jamaica; Kingstown=America/St_Vincent; Kinshasa=Africa/Kinshasa;
Kuala Lumpur=Asia/Kuala_Lumpur; Kuwait City=Asia/Kuwait; Kyiv=Europe/Kyiv; La Paz=America/La_Paz;
Libreville=Africa/Libreville; Lilongwe=Africa/Blantyre; Lima=America/Lima; Lisbon=Europe/Lisbon;
Ljubljana=Europe/Ljubljana; Lomé=Africa/Lome; London=Europe/London; Luanda=Africa/Luanda;
Lusaka=Africa/Lusaka; Luxembourg=Europe/Luxembourg; Madrid=Europe/Madrid; Majuro=Pacific/Majuro;
Malabo=Africa/Malabo; Malé=Indian/Maldives; Managua=America/Managua; Manama=Asia/Bahrain;
Manila=Asia/Manila; Maputo=Africa/Maputo; Maseru=Africa/Maseru; Mbabane=Africa/Mbabane;
Mexico City=America/Mexico_City; Minsk=Europe/Minsk; Mogadishu=Africa/Mogadishu; Monaco=Europe/Monaco;
Monrovia=Africa/Monrovia; Montevideo=America/Montevideo; Moroni=Indian/Comoro; Moscow=Europe/Moscow;
Muscat=Asia/Muscat; N'Djamena=Africa/Ndjamena; Nairobi=Africa/Nairobi; Nassau=America/Nassau;
Naypyidaw=Asia/Yangon; New Delhi=Asia/Kolkata; Niamey=Africa/Niamey; Nicosia=Asia/Nicosia;
Nouakchott=Africa/Nouakchott; Nuku'alofa=Pacific/Tongatapu; Oslo=Europe/Oslo; Ottawa=America/Toronto;
Ouagadougou=Africa/Ouagadougou; Panama City=America/Panama; Paramaribo=America/Paramaribo;
Paris=Europe/Paris; Phnom Penh=Asia/Phnom_Penh; Podgorica=Europe/Podgorica;
Port Louis=Indian/Mauritius; Port Moresby=Pacific/Port_Moresby; Port Vila=Pacific/Efate;
Port-au-Prince=America/Port-au-Prince; Port of Spain=America/Port_of_Spain;
Porto-Novo=Africa/Porto-Novo; Prague=Europe/Prague; Praia=Atlantic/Cape_Verde;
Pretoria=Africa/Johannesburg; Pyongyang=Asia/Pyongyang; Quito=America/Guayaquil;
Rabat=Africa/Casablanca; Reykjavik=Atlantic/Reykjavik; Riga=Europe/Riga; Riyadh=Asia/Riyadh;
Rome=Europe/Rome; Roseau=America/Dominica; San José=America/Costa_Rica; San Marino=Europe/San_Marino;
San Salvador=America/El_Salvador; Sana'a=Asia/Aden; Santiago=America/Santiago;
Santo Domingo=America/Santo_Domingo; São Tomé=Africa/Sao_Tome; Sarajevo=Europe/Sarajevo;
Seoul=Asia/Seoul; Singapore=Asia/Singapore; Skopje=Europe/Skopje; Sofia=Europe/Sofia;
St. George's=America/Grenada; St. John's=America/Antigua; Stockholm=Europe/Stockholm;
Sucre=America/La_Paz; Suva=Pacific/Fiji; Taipei=Asia/Taipei; Tallinn=Europe/Tallinn;
Tarawa=Pacific/Tarawa; Tashkent=Asia/Tashkent; Tbilisi=Asia/Tbilisi; Tegucigalpa=America/Tegucigalpa;
Tehran=Asia/Tehran; Thimphu=Asia/Thimphu; Tirana=Europe/Tirane; Tokyo=Asia/Tokyo;
Tripoli=Africa/Tripoli; Tunis=Africa/Tunis; Ulaanbaatar=Asia/Ulaanbaatar; Vaduz=Europe/Vaduz;
Valletta=Europe/Malta; Vatican City=Europe/Vatican; Victoria=Indian/Mahe; Vienna=Europe/Vienna;
Vientiane=Asia/Vientiane; Vilnius=Europe/Vilnius; Warsaw=Europe/Warsaw; Washington=America/New_York;
Wellington=Pacific/Auckland; Windhoek=Africa/Windhoek; Yamoussoukro=Africa/Abidjan;
Yaoundé=Africa/Douala; Yaren=Pacific/Nauru; Yerevan=Asia/Yerevan; Zagreb=Europe/Zagreb
"""
CAPITALS = {
    name.strip(): zone.strip() for name, _, zone in (entry.partition("=") for entry in _CAPITALS.split(";"))
}

_CITIES = """
Asia/Shanghai: Beijing, Peking, Pékin, Shanghai, Schanghai
Asia/Shanghai: Guangzhou, Kanton, Canton, Shenzhen, Chongqing, Tianjin
Asia/Hong_Kong: Hong Kong, Hongkong
Asia/Tokyo: Tokyo, Tokio, Osaka, Nagoya, Kyoto, Yokohama
Asia/Seoul: Seoul, Séoul, Busan
Asia/Kolkata: Mumbai, Bombay, Delhi, New Delhi, Neu-Delhi
Asia/Kolkata: Bangalore, Bengaluru, Chennai, Kolkata, Kalkutta, Hyderabad
Asia/Karachi: Karachi, Karatschi, Lahore
Asia/Dhaka: Dhaka, Dacca
Asia/Jakarta: Jakarta, Bandung
Asia/Manila: Manila, Manille, Quezon City
Asia/Bangkok: Bangkok
Asia/Ho_Chi_Minh: Hanoi, Hanoï, Ho Chi Minh City, Ho-Chi-Minh-Stadt, Saigon
Asia/Singapore: Singapore, Singapur, Singapour
Asia/Kuala_Lumpur: Kuala Lumpur
Asia/Tehran: Tehran, Teheran, Téhéran
Asia/Baghdad: Baghdad, Bagdad
Asia/Riyadh: Riyadh, Riad, Jeddah
Asia/Dubai: Dubai, Dubaï, Abu Dhabi
Asia/Jerusalem: Tel Aviv, Jerusalem, Jérusalem, Haifa
Europe/Istanbul: Istanbul, Ankara, Izmir
Europe/Moscow: Moscow, Moskau, Moscou, Saint Petersburg, Sankt Petersburg
Europe/Kyiv: Kyiv, Kiev, Kiew
Europe/London: London, Londres, Manchester, Leeds, Glasgow, Edinburgh, Liverpool
Europe/Paris: Paris, Lyon, Marseille, Toulouse, Nice, Nizza, Strasbourg, Straßburg
Europe/Berlin: Berlin, Hamburg, Hambourg, Munich, München
Europe/Berlin: Cologne, Köln, Koeln, Frankfurt, Francfort, Stuttgart
Europe/Vienna: Vienna, Wien, Vienne, Graz, Salzburg
Europe/Zurich: Zurich, Zürich, Geneva, Genf, Genève, Basel, Bâle, Bern, Berne, Lausanne
Europe/Rome: Rome, Rom, Roma, Milan, Mailand, Milano, Naples
Europe/Rome: Neapel, Turin, Florence, Florenz, Venice, Venedig, Venise
Europe/Madrid: Madrid, Barcelona, Barcelone, Seville, Sevilla, Séville
Europe/Lisbon: Lisbon, Lissabon, Lisbonne, Porto
Europe/Brussels: Brussels, Brüssel, Bruxelles, Antwerp, Antwerpen, Anvers
Europe/Amsterdam: Amsterdam, Rotterdam, The Hague, Den Haag, La Haye
Europe/Warsaw: Warsaw, Warschau, Varsovie, Krakow, Krakau, Cracovie
Europe/Prague: Prague, Prag
Europe/Budapest: Budapest
Europe/Athens: Athens, Athen, Athènes
Europe/Stockholm: Stockholm, Gothenburg, Göteborg
Europe/Copenhagen: Copenhagen, Kopenhagen, Copenhague
Europe/Bucharest: Bucharest, Bukarest, Bucarest
Africa/Cairo: Cairo, Kairo, Le Caire, Alexandria, Alexandrie
Africa/Lagos: Lagos
Africa/Johannesburg: Johannesburg, Cape Town, Kapstadt, Le Cap
Africa/Nairobi: Nairobi
Africa/Casablanca: Casablanca, Marrakesh, Marrakesch
Africa/Kinshasa: Kinshasa
America/New_York: New York, New York City, Boston, Washington, Miami, Philadelphia, Philadelphie, Atlanta
America/Chicago: Chicago, Houston, Dallas, Austin, Minneapolis
America/Denver: Denver, Salt Lake City
America/Phoenix: Phoenix, Tucson
America/Los_Angeles: Los Angeles, San Francisco, Seattle, San Diego, Portland, Las Vegas
America/Toronto: Toronto, Montreal, Montréal, Ottawa
America/Vancouver: Vancouver
America/Edmonton: Calgary, Edmonton
America/Mexico_City: Mexico City, Mexiko-Stadt, Guadalajara
America/Sao_Paulo: Sao Paulo, São Paulo, Rio de Janeiro, Brasilia
America/Argentina/Buenos_Aires: Buenos Aires
America/Bogota: Bogota, Bogotá
America/Lima: Lima
America/Santiago: Santiago
America/Caracas: Caracas
Australia/Sydney: Sydney
Australia/Melbourne: Melbourne
Australia/Brisbane: Brisbane
Australia/Perth: Perth
Pacific/Auckland: Auckland, Wellington
"""
LARGE_CITIES = [
    (name.strip(), zone)
    for zone, row in (line.split(":") for line in _CITIES.strip().splitlines())
    for name in row.split(",")
]
