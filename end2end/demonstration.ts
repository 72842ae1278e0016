import { prepareDemonstration } from './reverie';

export default prepareDemonstration;
