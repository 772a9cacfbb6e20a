/** Serial ports. */
package dev.cortado.drivers.serial;
