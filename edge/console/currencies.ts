import { isoExponent } from '../../shared/protocol/currency.ts';

/** Codes of ISO 4217 that are money people pay with; precious metals, funds and test codes are left out. */
const CODES =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC ' +
  'CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ' +
  'ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK ' +
  'MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE ' +
  'SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF ' +
  'XPF YER ZAR ZMW ZWG';

/** Younger than the runtime's own names. */
const NAMES: Readonly<Record<string, string>> = {
  SLE: 'Sierra Leonean Leone',
  VED: 'Venezuelan Digital Bolívar',
  XCG: 'Caribbean Guilder',
  ZWG: 'Zimbabwe Gold',
};

export interface CurrencyChoice {
  readonly value: string;
  readonly label: string;
}

/** Every currency with its name and digits, for the choice at first run. */
export function listCurrencies(): CurrencyChoice[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  return CODES.split(' ').map((code) => {
    const exponent = isoExponent(code);
    return {
      value: code,
      label: `${code} ${NAMES[code] ?? names.of(code) ?? ''}, ${exponent} ${exponent === 1 ? 'decimal' : 'decimals'}`,
    };
  });
}
