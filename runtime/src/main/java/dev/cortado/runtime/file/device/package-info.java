/** The character devices that programs expect in {@code /dev}, by the numbers that Linux gives. */
package dev.cortado.runtime.file.device;
