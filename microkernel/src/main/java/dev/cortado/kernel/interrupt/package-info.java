/** Interrupt controllers, and from a vector to its handler. */
package dev.cortado.kernel.interrupt;
