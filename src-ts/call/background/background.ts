/** Calls in the background, for those who make their functions. Few programs make such calls, so it is loaded at need. */

export { lentOf, type Lent, storeLents } from '../../values/lent/copying';
export { makeBackgroundC } from './c-function';
export { makeBackground } from './function';
export { OPTIONS, type Wishes, wishesOf } from './options';
export { type BackgroundFunction, type Packing, submitting } from './submitting';
