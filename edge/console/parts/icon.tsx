/** Strokes on a grid of 24 units, drawn with currentcolor: the same hand as the apps' icons. Decorative: words stand beside them. */
const SHAPES = {
  tick: 'M4.5 12.5l5 5 10-11',
  warning: 'M12 4L2.8 19.5h18.4zM12 10v4.5M12 17.2v.1',
  info: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 11v5.5M12 7.6v.1',
  menu: 'M4 7h16M4 12h16M4 17h16',
  overview: 'M4 20V11M10 20V4M16 20v-6M21 20H3',
  payments:
    'M5 3v18l2.3-1.6L9.7 21l2.3-1.6 2.3 1.6 2.4-1.6L19 21V3l-2.3 1.6L14.3 3 12 4.6 9.7 3 7.3 4.6zM9 9h6M9 13.5h6',
  accounts:
    'M5 5h14a2.5 2.5 0 012.5 2.5v9A2.5 2.5 0 0119 19H5a2.5 2.5 0 01-2.5-2.5v-9A2.5 2.5 0 015 5zM2.5 10h19M6.5 15h4',
  merchants:
    'M4 10.5V19a1.5 1.5 0 001.5 1.5h13A1.5 1.5 0 0020 19v-8.5M3 8.5L5 3.5h14l2 5a3 3 0 01-6 0 3 3 0 01-6 0 3 3 0 01-6 0zM9.5 20.5v-5h5v5',
  offline:
    'M2.5 9.2A15 15 0 0112 5.8c1.5 0 3 .2 4.3.6M21.5 9.2a15 15 0 00-1.6-1.1M6 13.2a9.5 9.5 0 015.2-2.4M18 13.2a9.6 9.6 0 00-1.3-.9M9.2 16.8a4.5 4.5 0 015.6 0M12 19.6v.1M4 3.5l16.5 17',
  participants: 'M3 20.5h18M5 20.5V9M9.7 20.5V9M14.3 20.5V9M19 20.5V9M3 9l9-5.5L21 9z',
  administrators: 'M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 20.5a7.5 7.5 0 0115 0',
  keys: 'M8 10.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM11.2 11.8L20 3M16.5 6.5l3 3M13.5 9.5l2 2',
  'api-keys': 'M8 6.5L2.8 12 8 17.5M16 6.5l5.2 5.5-5.2 5.5M13.6 4.5l-3.2 15',
  settings:
    'M4 7h9M17.2 7H20M4 17h2.8M11 17h9M15 4.8a2.2 2.2 0 100 4.4 2.2 2.2 0 000-4.4zM9 14.8a2.2 2.2 0 100 4.4 2.2 2.2 0 000-4.4z',
  passkey:
    'M9 4a4 4 0 100 8 4 4 0 000-8zM2.5 20.5a6.5 6.5 0 0110.5-5.1M17.5 9.8a2.7 2.7 0 100 5.4 2.7 2.7 0 000-5.4zM17.5 15.2v6.3l1.8-1.4M17.5 18.5h1.7',
  back: 'M15 5l-7 7 7 7',
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={SHAPES[name]} />
    </svg>
  );
}
