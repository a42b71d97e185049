/** Pictures that vendors name by an address: fetched by one strict rule (I-29), told by their bytes, carried as text. */
export { addressProblem, type Allowed } from './address.ts'
export { base64Of } from './base64.ts'
export { fetchImage, type Fetched, type ImageProblem } from './fetch-image.ts'
export { imageType } from './sniff.ts'
