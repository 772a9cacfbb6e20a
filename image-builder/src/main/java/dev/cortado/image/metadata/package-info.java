/** Reachability metadata of libraries that bring none along. */
package dev.cortado.image.metadata;
