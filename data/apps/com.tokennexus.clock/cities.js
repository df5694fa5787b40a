// SPDX-License-Identifier: GPL-3.0-or-later

/** Cities people look for that the time zone database files under another name. */
export const OTHER_CITIES = {
  'Abu Dhabi': 'Asia/Dubai', 'Atlanta': 'America/New_York', 'Austin': 'America/Chicago', 'Bangalore': 'Asia/Calcutta',
  'Barcelona': 'Europe/Madrid', 'Beijing': 'Asia/Shanghai', 'Birmingham': 'Europe/London', 'Boston': 'America/New_York',
  'Brasília': 'America/Sao_Paulo', 'Calgary': 'America/Edmonton', 'Canberra': 'Australia/Sydney', 'Cape Town': 'Africa/Johannesburg',
  'Chennai': 'Asia/Calcutta', 'Cologne': 'Europe/Berlin', 'Dallas': 'America/Chicago', 'Delhi': 'Asia/Calcutta',
  'Edinburgh': 'Europe/London', 'Frankfurt': 'Europe/Berlin', 'Geneva': 'Europe/Zurich', 'Gothenburg': 'Europe/Stockholm',
  'Hamburg': 'Europe/Berlin', 'Hanoi': 'Asia/Saigon', 'Ho Chi Minh City': 'Asia/Saigon', 'Houston': 'America/Chicago',
  'Hyderabad': 'Asia/Calcutta', 'Islamabad': 'Asia/Karachi', 'Kathmandu': 'Asia/Katmandu', 'Kolkata': 'Asia/Calcutta',
  'Kyiv': 'Europe/Kiev', 'Kyoto': 'Asia/Tokyo', 'Las Vegas': 'America/Los_Angeles', 'Lyon': 'Europe/Paris',
  'Manchester': 'Europe/London', 'Marseille': 'Europe/Paris', 'Mecca': 'Asia/Riyadh', 'Miami': 'America/New_York',
  'Milan': 'Europe/Rome', 'Montreal': 'America/Toronto', 'Mumbai': 'Asia/Calcutta', 'Munich': 'Europe/Berlin',
  'Naples': 'Europe/Rome', 'New Delhi': 'Asia/Calcutta', 'Nuuk': 'America/Godthab', 'Osaka': 'Asia/Tokyo', 'Ottawa': 'America/Toronto',
  'Philadelphia': 'America/New_York', 'Porto': 'Europe/Lisbon', 'Portland': 'America/Los_Angeles', 'Pune': 'Asia/Calcutta',
  'Quebec': 'America/Toronto', 'Rio de Janeiro': 'America/Sao_Paulo', 'Rotterdam': 'Europe/Amsterdam', 'Salt Lake City': 'America/Denver',
  'San Diego': 'America/Los_Angeles', 'San Francisco': 'America/Los_Angeles', 'Seattle': 'America/Los_Angeles', 'Seville': 'Europe/Madrid',
  'Shenzhen': 'Asia/Shanghai', 'St. Petersburg': 'Europe/Moscow', 'Tel Aviv': 'Asia/Jerusalem', 'The Hague': 'Europe/Amsterdam',
  'Toulouse': 'Europe/Paris', 'Valencia': 'Europe/Madrid', 'Washington': 'America/New_York', 'Wellington': 'Pacific/Auckland',
  'Yangon': 'Asia/Rangoon', 'UTC': 'UTC',
};
