/**
 * What builds of one user share: the results of compiles, and the machine's memory. Nothing here
 * knows what a compile is.
 */
package dev.cortado.image.cache;
