/** The processor: its instructions that Java has no words for, and what it says of itself. */
package dev.cortado.kernel.cpu;
