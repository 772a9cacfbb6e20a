/** The power of a PC: its button, and the ways to switch it off. */
package dev.cortado.drivers.power;
