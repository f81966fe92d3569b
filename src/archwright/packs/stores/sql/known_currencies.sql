-- The currencies that a store can be opened in, by ISO 4217, and how many digits of an amount are minor units.
create function public.known_currencies() returns table (code text, exponent smallint, name text)
language sql immutable parallel safe set search_path = '' as $$
  select known.code, known.exponent::smallint, known.name
  from (
    values
      ('AED', 2, 'UAE dirham'), ('ARS', 2, 'Argentine peso'), ('AUD', 2, 'Australian dollar'),
      ('BGN', 2, 'Bulgarian lev'), ('BHD', 3, 'Bahraini dinar'), ('BRL', 2, 'Brazilian real'),
      ('CAD', 2, 'Canadian dollar'), ('CHF', 2, 'Swiss franc'), ('CLP', 0, 'Chilean peso'),
      ('CNY', 2, 'Chinese yuan'), ('COP', 2, 'Colombian peso'), ('CZK', 2, 'Czech koruna'),
      ('DKK', 2, 'Danish krone'), ('EGP', 2, 'Egyptian pound'), ('EUR', 2, 'Euro'),
      ('GBP', 2, 'Pound sterling'), ('HKD', 2, 'Hong Kong dollar'), ('HUF', 2, 'Hungarian forint'),
      ('IDR', 2, 'Indonesian rupiah'), ('ILS', 2, 'Israeli new shekel'), ('INR', 2, 'Indian rupee'),
      ('ISK', 0, 'Icelandic króna'), ('JOD', 3, 'Jordanian dinar'), ('JPY', 0, 'Japanese yen'),
      ('KES', 2, 'Kenyan shilling'), ('KRW', 0, 'South Korean won'), ('KWD', 3, 'Kuwaiti dinar'),
      ('MAD', 2, 'Moroccan dirham'), ('MXN', 2, 'Mexican peso'), ('MYR', 2, 'Malaysian ringgit'),
      ('NGN', 2, 'Nigerian naira'), ('NOK', 2, 'Norwegian krone'), ('NZD', 2, 'New Zealand dollar'),
      ('OMR', 3, 'Omani rial'), ('PEN', 2, 'Peruvian sol'), ('PHP', 2, 'Philippine peso'),
      ('PKR', 2, 'Pakistani rupee'), ('PLN', 2, 'Polish złoty'), ('QAR', 2, 'Qatari riyal'),
      ('RON', 2, 'Romanian leu'), ('SAR', 2, 'Saudi riyal'), ('SEK', 2, 'Swedish krona'),
      ('SGD', 2, 'Singapore dollar'), ('THB', 2, 'Thai baht'), ('TND', 3, 'Tunisian dinar'),
      ('TRY', 2, 'Turkish lira'), ('TWD', 2, 'New Taiwan dollar'), ('UAH', 2, 'Ukrainian hryvnia'),
      ('USD', 2, 'US dollar'), ('VND', 0, 'Vietnamese đồng'), ('ZAR', 2, 'South African rand')
  ) as known (code, exponent, name)
$$;
