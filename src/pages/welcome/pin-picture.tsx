const PUZZLE =
  'M0 4h4.2a2.4 2.4 0 1 1 3.6 0H12v4.2a2.4 2.4 0 1 1 0 3.6V16H7.8a2.4 2.4 0 1 0-3.6 0H0v-4.2a2.4 2.4 0 1 0 0-3.6z';
const PIN = 'M4 0h8v1.6l-1.4 1.2v4l2.4 2.6V11H8.8v5L8 17l-.8-1v-5H3V9.4l2.4-2.6v-4L4 1.6z';

/** A drawn toolbar: the puzzle piece and the menu that it opens, with the pin beside us. The text says the same. */
export const PinPicture = () => (
  <svg class="pin-picture" viewBox="0 0 360 132" aria-hidden="true">
    <rect class="bar" x="0.5" y="0.5" width="359" height="39" rx="8" />
    <rect class="field" x="14" y="9" width="238" height="22" rx="11" />
    <g class="spot" transform="translate(276 20)">
      <circle r="17" />
      <path transform="translate(-6.5 -9.5)" d={PUZZLE} />
    </g>
    <g class="soft-part">
      <circle cx="316" cy="20" r="8" />
      <circle cx="340" cy="13" r="1.6" />
      <circle cx="340" cy="20" r="1.6" />
      <circle cx="340" cy="27" r="1.6" />
    </g>
    <rect class="menu" x="118.5" y="48.5" width="200" height="80" rx="8" />
    <g class="soft-part">
      <rect x="134" y="62" width="18" height="18" rx="5" />
      <rect x="162" y="67" width="84" height="8" rx="4" />
    </g>
    <image href="/icons/icon-32.png" x="133" y="97" width="20" height="20" />
    <rect class="name" x="162" y="103" width="98" height="8" rx="4" />
    <g class="spot" transform="translate(292 107)">
      <circle r="16" />
      <path transform="translate(-8 -8.5)" d={PIN} />
    </g>
  </svg>
);
