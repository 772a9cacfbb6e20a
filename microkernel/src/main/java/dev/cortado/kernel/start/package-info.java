/** From the loader's information to the first thread. */
package dev.cortado.kernel.start;
