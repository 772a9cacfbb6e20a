/** How a machine that cannot start its image says why. */
package dev.cortado.boot.failure;
