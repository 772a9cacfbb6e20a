/** Clocks and the timer. */
package dev.cortado.kernel.time;
