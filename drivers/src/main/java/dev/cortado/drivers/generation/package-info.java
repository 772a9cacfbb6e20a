/** Whether a machine is a copy of another one, or of itself at an earlier time. */
package dev.cortado.drivers.generation;
