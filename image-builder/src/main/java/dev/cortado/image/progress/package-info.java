/** Telling people what goes on. */
package dev.cortado.image.progress;
