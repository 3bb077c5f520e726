import { RustDLLError } from '../errors/errors';
import type { Image } from '../file/formats/image';
import { readImage } from '../file/headers';
import { CliError } from './cli-error';

/** Reads the headers of a library for a command. @throws CliError if it is none */
export function openImage(file: string): Image {
  try {
    return readImage(file);
  } catch (error) {
    if (!(error instanceof RustDLLError)) throw error;
    throw new CliError(error.message, '', { cause: error });
  }
}
