/** The demo's popup. */
import { Popup } from '../../popup/popup.tsx';
import { startDemo } from './start.tsx';

startDemo('popup', ({ snapshot }) => <Popup snapshot={snapshot} old={new Set()} />);
